"""A walk through the ledger finds what was changed behind its back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper

from consulta.core import merkle
from consulta.core.signature import is_signed
from consulta.ledger import (
    checkpoints,
    keys,
    ledger,
    proofs,
    sequencer,
    tree,
    triggers,
    verification,
)
from consulta.ledger.models import Checkpoint, Entry, Unsequenced

pytestmark = pytest.mark.django_db


def acts(count: int) -> list[Entry]:
    return [ledger.record("response_received", None, by="respondent") for _ in range(count)]


@pytest.fixture(autouse=True)
def _signed_record(settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    keys.create()
    acts(5)
    sequencer.sequence()
    checkpoints.sign()
    acts(6)
    sequencer.sequence()
    checkpoints.sign()
    acts(2)


@contextmanager
def without_triggers() -> Iterator[CursorWrapper]:
    """What someone with the database's password can do, tracks covered."""
    connection.check_constraints()  # PostgreSQL alters no table with deferred checks pending
    with connection.cursor() as cursor:
        for table in triggers.TABLES:
            for act in triggers.ACTS[connection.vendor]:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_no_{act.lower()}{on}")
        yield cursor
    connection.check_constraints()
    triggers.install()


def whats() -> list[tuple[str, str]]:
    return [(fault.where, fault.what) for fault in verification.walk().faults]


def test_an_untouched_record_holds() -> None:
    walk = verification.walk()
    assert (walk.entries, walk.waiting, walk.checkpoints, walk.faults) == (11, 2, 2, [])
    assert walk.root == merkle.root(tree.size(), tree.stored_node).hex()


def test_one_byte_changed_in_an_entry_is_found() -> None:
    entry = Entry.objects.get(leaf__index=3)
    body = bytes(entry.body).replace(b"respondent", b"respondenT")
    with without_triggers() as cursor:
        cursor.execute("UPDATE ledger_entry SET body = %s WHERE id = %s", [body, entry.pk])
    first, second = Checkpoint.objects.order_by("pk")
    misplaced = "its place in the tree does not follow from the entries"
    assert whats() == [
        ("entry 3", "its bytes are not those that were hashed"),
        ("entry 3", "its columns do not agree with its bytes"),
        ("entry 3", misplaced),
        ("entry 7", misplaced),
        (f"checkpoint {first.pk}", "the first 5 entries are not those that were signed"),
        (f"checkpoint {second.pk}", "the first 11 entries are not those that were signed"),
    ]


def test_a_consistent_forgery_is_found_by_the_signed_checkpoint() -> None:
    """Someone rewrites an entry, its hash and the whole tree, but cannot sign."""
    entry = Entry.objects.get(leaf__index=3)
    forged = ledger._entry("response_declined", None, by="rules", commitments={})
    forged.pk, forged.shows = entry.pk, "register"
    placed = list(Entry.objects.exclude(pk__in=Unsequenced.objects.values("pk")))
    with without_triggers() as cursor:
        cursor.execute("DELETE FROM ledger_leaf")
        forged.save(force_update=True)
    for row in placed:
        Unsequenced.objects.create(entry=row, pages=False)
    sequencer.sequence()
    first, second = Checkpoint.objects.order_by("pk")
    assert whats() == [
        (f"checkpoint {first.pk}", "the first 5 entries are not those that were signed"),
        (f"checkpoint {second.pk}", "the first 11 entries are not those that were signed"),
    ]


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("UPDATE ledger_entry SET act = 'report_released' WHERE id = {entry}", "entry 3"),
        ("UPDATE ledger_entry SET subject = 'x.y:1' WHERE id = {entry}", "entry 3"),
        ("UPDATE ledger_leaf SET pages = 7 WHERE entry_id = {entry}", "entry 3"),
        ("DELETE FROM ledger_leaf WHERE entry_id = {entry}", "entry 3"),
        ("UPDATE ledger_checkpoint SET size = 4 WHERE size = 5", "checkpoint {checkpoint}"),
        ("DELETE FROM ledger_unsequenced WHERE entry_id = {last}", "entry row {last}"),
        ('DELETE FROM ledger_leaf WHERE "index" > 8', "checkpoint {newest}"),
    ],
)
def test_each_change_is_found(sql: str, where: str) -> None:
    names = {
        "entry": Entry.objects.get(leaf__index=3).pk,
        "last": Entry.objects.latest("pk").pk,
        "checkpoint": Checkpoint.objects.earliest("pk").pk,
        "newest": Checkpoint.objects.latest("pk").pk,
    }
    with without_triggers() as cursor:
        cursor.execute(sql.format(**names))
    assert where.format(**names) in {found for found, _ in whats()}


def test_a_checkpoint_by_another_key_is_found(settings: Any, tmp_path: Any) -> None:
    (tmp_path / "ledger_key.pub").write_text("00" * 32 + "\n")
    assert [what for _, what in whats()] == ["its signature is not by a key of this ledger"] * 2


def test_the_key_is_for_its_owner_only(tmp_path: Any) -> None:
    assert (tmp_path / "ledger_key").stat().st_mode & 0o777 == 0o600
    assert [keys.create()] == keys.public_keys()


def test_signing_without_a_key_says_what_to_do(tmp_path: Any) -> None:
    (tmp_path / "ledger_key").unlink()
    with pytest.raises(keys.LedgerKeyMissingError, match="consulta init"):
        checkpoints.sign()


def test_nothing_new_is_signed_twice() -> None:
    assert checkpoints.sign().pk == Checkpoint.objects.latest("pk").pk


def test_each_entry_is_proved_under_the_first_checkpoint_that_covers_it(
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    entry = Entry.objects.get(leaf__index=6)
    with django_assert_max_num_queries(8):
        proof = proofs.inclusion(entry)
    assert proof is not None
    assert (proof["index"], proof["size"]) == (6, 11)
    assert merkle.verify_inclusion(
        merkle.leaf_hash(proof["entry"].encode()),
        index=6,
        size=11,
        path=[bytes.fromhex(step) for step in proof["path"]],
        expected=bytes.fromhex(proof["root"]),
    )
    body = proof["checkpoint"].encode()
    known = keys.public_keys()
    assert is_signed(body, signature=proof["signature"], key=proof["key"], trusted=known)


def test_an_entry_without_a_place_has_no_proof_yet() -> None:
    entry = Entry.objects.latest("pk")
    assert proofs.inclusion(entry) is None
    sequencer.sequence()
    assert proofs.inclusion(entry) is None
    checkpoints.sign()
    assert proofs.inclusion(entry) is not None
