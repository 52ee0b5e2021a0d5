"""Accounting: do the rows of the record say what the ledger was told when the acts were done?

Reads only, in batches: the memory does not grow with the register. What is found at fault is looked
at twice, since an act may have been done between two queries.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import rfc8785
from django.conf import settings
from django.db.models import Model, Prefetch

from consulta.core.fingerprint import canonical, fingerprint
from consulta.core.lifecycle import State
from consulta.flow.telling import Told, told
from consulta.ledger.ledger import subject_of
from consulta.ledger.models import Entry
from consulta.reports import contents
from consulta.reports.models import Edition, EditionFile
from consulta.responses import content, naming
from consulta.responses.models import Attachment, Response, Version

#: Between a date that an act writes and the entry of that act.
TOLERANCE = timedelta(seconds=5)
BATCH = 200
EDITIONS = 10  # one edition holds a whole report
ENTRIES = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that does not agree with the ledger.

    *where*: the number of the response, or the subject; *code*: see cli.faults for its sentence.
    """

    where: str
    code: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Account:
    """How much was compared so far."""

    responses: int = 0
    versions: int = 0
    editions: int = 0


def faults(seen: Account) -> Iterator[Fault]:
    """Everything that does not agree; *seen* counts what was compared."""
    for pks in _batches(Response.objects.order_by("pk"), BATCH):
        yield from _twice(_of_responses(pks, seen), pks, _of_responses)
    for pks in _batches(Edition.objects.order_by("pk"), EDITIONS):
        yield from _twice(_of_editions(pks, seen), pks, _of_editions)
    yield from _gone("response_received", Response, "response_gone")
    yield from _gone("edition_frozen", Edition, "edition_gone")


Look = Callable[[list[int], Account], dict[int, list[Fault]]]


def _twice(first: dict[int, list[Fault]], pks: list[int], look: Look) -> Iterator[Fault]:
    """The faults of those rows that are still at fault when looked at again."""
    again = [pk for pk in pks if first.get(pk)]
    second = look(again, Account()) if again else {}
    for pk in again:
        yield from second.get(pk, ())


def _batches(rows: Any, size: int) -> Iterator[list[int]]:
    last = 0
    while pks := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:size]):
        yield pks
        last = pks[-1]


def _of_responses(pks: list[int], seen: Account) -> dict[int, list[Fault]]:
    whole = {row.pk: row for row in _responses(pks)}
    numbers = dict(Response.objects.filter(pk__in=pks).values_list("pk", "number"))
    record = told(f"{Response._meta.label_lower}:{pk}" for pk in pks)
    found = {}
    for pk, number in numbers.items():
        seen.responses += 1
        if pk not in whole:  # its respondent or its consultation is not there
            found[pk] = [Fault(number, "response_not_whole")]
            continue
        seen.versions += len(whole[pk].versions.all())
        found[pk] = list(_of_response(whole[pk], record[subject_of(whole[pk])]))
    return found


def _responses(pks: list[int]) -> Iterable[Response]:
    """Everything that fingerprints are made of, in a constant number of queries."""
    return (
        Response.objects.filter(pk__in=pks)
        .select_related("consultation", "respondent__stakeholder_group")
        .prefetch_related(
            "versions__answers__redactions",
            Prefetch("versions__attachments", queryset=Attachment.objects.defer("text")),
        )
    )


def _of_response(response: Response, record: Told) -> Iterator[Fault]:
    where = response.number
    if record.state is None:
        yield Fault(where, "response_unknown")
    elif response.state != record.state:
        yield Fault(where, "state", {"state": response.state, "ledger": record.state.value})
    yield from (Fault(where, code) for code in _dates(response, record))
    for version in response.versions.all():
        for code in _private(version, record):
            yield Fault(where, code, {"version": version.ordinal})
    kept = {version.private_fingerprint for version in response.versions.all()}
    if record.arrived - kept:
        yield Fault(where, "version_gone")
    yield from (Fault(where, code) for code in _public(response, record))


def _private(version: Version, record: Told) -> Iterator[str]:
    if version.private_fingerprint not in record.arrived:
        yield "private_unknown"
    made = _fingerprint(content.private(version), version.private_salt)
    if not record.is_erased and version.private_fingerprint != made:
        yield "private"
    if version.public_fingerprint and version.public_fingerprint not in record.shown:
        yield "public_unknown"


def _public(response: Response, record: Told) -> Iterator[str]:
    """What readers see now, and the columns that lists and filters show of it."""
    if response.published_version_id is None:
        if record.shown:
            yield "published_version"
        return
    shown = {row.pk: row for row in response.versions.all()}.get(response.published_version_id)
    if shown is None or record.shown[-1:] != [shown.public_fingerprint]:
        yield "published_version"
    elif response.state == State.PUBLISHED and not record.is_erased:
        if shown.public_fingerprint != _fingerprint(content.public(shown), shown.public_salt):
            yield "public"
        if not _columns_agree(response, shown):
            yield "columns"


def _fingerprint(said: dict[str, Any], salt: str) -> str:
    """Empty where salt or content are such that none can be made."""
    try:
        return fingerprint(said, bytes.fromhex(salt))
    except (ValueError, rfc8785.CanonicalizationError):
        return ""


def _columns_agree(response: Response, shown: Version) -> bool:
    may = naming.public(response.respondent)
    group = may.group.pk if may.group else None
    return _name_agrees(response, may) and (
        response.public_country,
        response.public_group_id,
        response.public_language,
    ) == (may.country, group, shown.language)


def _name_agrees(response: Response, may: naming.PublicRespondent) -> bool:
    """Whether the name shown is the respondent's: whole, as rules before these showed it, or as now."""
    if may.why:
        return response.public_name == ""
    return response.public_name in (may.name, naming.written(response.respondent))


def _dates(response: Response, record: Told) -> Iterator[str]:
    """A letter may have come before its entry; the others are written in the act itself."""
    arrival = record.at.get("response_received", [])
    first = next((row for row in response.versions.all() if row.ordinal == 1), None)
    after = bool(arrival) and response.received_at > arrival[0] + TOLERANCE
    if after or (first is not None and first.received_at != response.received_at):
        yield "received_at"
    if not _is_at(response.published_at, record.at.get("response_published", [])[:1]):
        yield "published_at"
    if not _is_at(response.withdrawn_at, record.at.get("response_withdrawn", [])[-1:]):
        yield "withdrawn_at"
    if response.state == State.REMOVED and not _is_at(
        response.removed_at, record.at.get("response_removed", [])[-1:]
    ):
        yield "removed_at"


def _is_at(date: datetime | None, acts: list[datetime]) -> bool:
    if date is None or not acts:
        return date is None and not acts
    return abs(date - acts[0]) <= TOLERANCE


def _gone(act: str, model: type[Model], code: str) -> Iterator[Fault]:
    """Subjects that the ledger received and whose rows are no longer there."""
    kind = f"{model._meta.label_lower}:"
    entries = Entry.objects.filter(act=act, subject__startswith=kind).order_by("pk")
    for pks in _batches(entries, ENTRIES):
        said = Entry.objects.filter(pk__in=pks).order_by("pk").values_list("subject", flat=True)
        ids = [subject.removeprefix(kind) for subject in said]
        known = [pk for pk in ids if pk.isdecimal()]
        rows = model._default_manager.filter(pk__in=known).values_list("pk", flat=True)
        there = set(map(str, rows))
        yield from (Fault(f"{kind}{pk}", code) for pk in ids if pk not in there)


def _of_editions(pks: list[int], seen: Account) -> dict[int, list[Fault]]:
    record = told(f"{Edition._meta.label_lower}:{pk}" for pk in pks)
    found = {}
    for edition in Edition.objects.filter(pk__in=pks).prefetch_related("files"):
        seen.editions += 1
        found[edition.pk] = list(_of_edition(edition, record[subject_of(edition)]))
    return found


def _of_edition(edition: Edition, record: Told) -> Iterator[Fault]:
    where = subject_of(edition)
    if edition.content_sha256 not in record.content:
        yield Fault(where, "edition_unknown")
    body = canonical(edition.content)
    differs = edition.content_sha256 != hashlib.sha256(body).hexdigest()
    if not record.is_erased and (differs or not contents.is_whole(edition)):
        yield Fault(where, "edition")
    files = list(edition.files.all())
    if edition.rendered_at is not None and not files:
        yield Fault(where, "edition_files")
    for file in files:
        if not record.is_erased and not _is_on_disk(file):
            yield Fault(where, "edition_file", {"file": file.name})


def _is_on_disk(file: EditionFile) -> bool:
    path = Path(settings.DATA) / file.path
    if not path.is_file():
        return False
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
