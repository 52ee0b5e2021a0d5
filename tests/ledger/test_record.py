"""An act leaves one entry, whose bytes anyone can compute again."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from types import SimpleNamespace

import pytest
from django.db import transaction

from consulta.ledger import ledger, sequencer, versions
from consulta.ledger.acts import ACTS, Shows, UnknownActError
from consulta.ledger.models import Entry
from consulta.ledger.versions import RecordVersion

pytestmark = pytest.mark.django_db
MARK = "ab" * 32


def record(act: str = "consultation_opened", **given: object) -> Entry:
    return ledger.record(act, None, **{"by": "system", **given})  # type: ignore[arg-type]


def test_an_entry_is_the_canonical_json_of_the_act() -> None:
    entry = ledger.record(
        "response_received", record(), by="respondent", commitments={"private": MARK}
    )
    entry = Entry.objects.get(pk=entry.pk)
    assert bytes(entry.body).decode() == (
        f'{{"act":"response_received","at":"{ledger.instant(entry.at)}","by":"respondent",'
        f'"commitments":{{"private":"{MARK}"}},"id":"{entry.uid}","subject":"{entry.subject}"}}'
    )
    assert entry.leaf_hash == sha256(b"\x00" + bytes(entry.body)).hexdigest()
    assert entry.subject.startswith("ledger.entry:")


def test_an_instant_is_utc_with_microseconds_always() -> None:
    assert ledger.instant(datetime(2026, 11, 21, 18, tzinfo=UTC)) == "2026-11-21T18:00:00.000000Z"


def test_who_acted_is_written_as_an_id() -> None:
    user = record()
    said = json.loads(bytes(record(by=user).body))
    assert (said["by"], record(by=None).by) == (f"entry:{user.pk}", "system")


@pytest.mark.parametrize(
    "given",
    [
        {"by": "Amina Example"},
        {"by": "amina@example.org"},
        {"by": Entry()},
        {"commitments": {"text": "the words of a response"}},
        {"commitments": {"Name of a person": MARK}},
    ],
)
def test_names_and_free_text_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(ledger.NotForTheLedgerError):
        record(**given)
    assert not Entry.objects.exists()


def test_an_unknown_act_is_refused() -> None:
    with pytest.raises(UnknownActError):
        record("consultation_celebrated")


def test_every_act_is_short_and_in_small_letters() -> None:
    assert [act for act in ACTS if len(act) > 60 or not act.replace("_", "").islower()] == []


def test_an_entry_goes_when_its_act_is_rolled_back() -> None:
    with transaction.atomic():
        record()
        transaction.set_rollback(True)
    assert versions.record_version() == RecordVersion(pages=0, total=0)


def test_an_entry_outside_a_transaction_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(ledger.OutsideTransactionError):
        record()


def test_the_version_counts_every_act_and_apart_those_that_change_pages() -> None:
    record("consultation_opened")
    record("response_received")
    record("consultation_drafted")
    record("response_received", shows=Shows.PAGES)
    before = versions.record_version()
    assert before == RecordVersion(pages=2, total=4)
    sequencer.sequence()
    assert versions.record_version() == before
    record("response_published")
    assert versions.record_version() == RecordVersion(pages=3, total=5)


def test_the_version_is_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        versions.record_version()


def test_recording_is_two_inserts(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(2):
        record()
