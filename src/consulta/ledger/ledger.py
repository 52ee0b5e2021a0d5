"""Write to the record: `ledger.record("response_published", response, by=user)`."""

import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from consulta.core import merkle
from consulta.core.fingerprint import canonical
from consulta.ledger.acts import ACTS, Shows, UnknownActError
from consulta.ledger.models import Entry, Unsequenced

#: Who acted when it was no user: who takes part in a meeting, the respondent, a rule, the system itself.
ROLES = frozenset({"participant", "respondent", "rules", "system"})
_ID = re.compile(r"[a-z_][a-z0-9_.]*:[0-9A-Za-z-]+")
_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class NotForTheLedgerError(ValueError):
    """The ledger takes ids and hashes only: what it holds can never be taken back."""


class OutsideTransactionError(RuntimeError):
    """An act and its entry commit together: call record inside the act's transaction."""


def record(
    act: str,
    subject: Model | None,
    *,
    by: Model | str | None,
    commitments: Mapping[str, str] | None = None,
    shows: str | None = None,
) -> Entry:
    """Add one entry to the ledger, within the act's own transaction.

    *by*: a saved user or one of ROLES (None is "system"). *commitments*: name
    to SHA-256 in hexadecimal, salted where the content is private. *shows* overrides what ACTS
    says of the act. Raises UnknownActError, NotForTheLedgerError, OutsideTransactionError.
    """
    if act not in ACTS:
        raise UnknownActError(f"{act} is not an act that the ledger knows; add it to ACTS")
    if not connection.in_atomic_block:
        raise OutsideTransactionError(f"record {act} inside transaction.atomic()")
    entry = _entry(act, subject, by=by, commitments=dict(commitments or {}))
    entry.shows = Shows(shows) if shows else ACTS[act]
    entry.save(force_insert=True)
    Unsequenced.objects.create(entry=entry, pages=entry.shows == Shows.PAGES)
    return entry


def record_many(
    acts: Iterable[tuple[str, Model, Model | str | None, Mapping[str, str]]],
) -> None:
    """Add one entry for each of *acts* (act, subject, by, commitments), as :func:`record` does."""
    if not connection.in_atomic_block:
        raise OutsideTransactionError("record inside transaction.atomic()")
    entries = []
    for act, subject, by, commitments in acts:
        if act not in ACTS:
            raise UnknownActError(f"{act} is not an act that the ledger knows; add it to ACTS")
        entry = _entry(act, subject, by=by, commitments=dict(commitments))
        entry.shows = ACTS[act]
        entries.append(entry)
    Entry.objects.bulk_create(entries)
    Unsequenced.objects.bulk_create(
        Unsequenced(entry=entry, pages=entry.shows == Shows.PAGES) for entry in entries
    )


def instant(at: datetime) -> str:
    """*at* as the ledger writes it: UTC, microseconds, always 27 characters."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond:06d}Z"


def subject_of(model: Model | None) -> str:
    """How the ledger names a thing: `responses.response:17`, empty for none."""
    if model is None:
        return ""
    if model.pk is None:
        raise NotForTheLedgerError(f"save the {model._meta.model_name} before recording an act")
    return f"{model._meta.label_lower}:{model.pk}"


def _by(actor: Model | str | None) -> str:
    if actor is None:
        return "system"
    if isinstance(actor, Model):
        return subject_of(actor).rpartition(".")[2]
    if actor in ROLES or _ID.fullmatch(actor):
        return actor
    raise NotForTheLedgerError("an entry names who acted by an id, never by a name")


def _entry(
    act: str, subject: Model | None, *, by: Model | str | None, commitments: dict[str, str]
) -> Entry:
    _check(commitments)
    entry = Entry(uid=uuid.uuid4(), act=act, at=timezone.now(), by=_by(by))
    entry.subject = subject_of(subject)
    entry.body = canonical(
        {
            "act": act,
            "at": instant(entry.at),
            "by": entry.by,
            "commitments": commitments,
            "id": str(entry.uid),
            "subject": entry.subject,
        }
    )
    entry.leaf_hash = merkle.leaf_hash(entry.body).hex()
    return entry


def _check(commitments: Mapping[str, str]) -> None:
    for name, value in commitments.items():
        if not _NAME.fullmatch(name) or not _COMMITMENT.fullmatch(value):
            raise NotForTheLedgerError(f"commitment {name!r} is not a SHA-256 in hexadecimal")
