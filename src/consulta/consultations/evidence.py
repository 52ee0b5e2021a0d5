"""The evidence of every verdict: entries of the ledger, documents, meetings and sources.

Everything named here can be looked up by everyone. One query for as many consultations as a page
shows; what a room above knows (the editions of the report) is handed in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.db.models import Model

from consulta.consultations import clock
from consulta.consultations.models import Consultation
from consulta.core.rules import MilestoneRule
from consulta.ledger import reading
from consulta.ledger.ledger import subject_of
from consulta.ledger.models import Entry
from consulta.meetings.models import Meeting

#: The acts that show a date of a milestone, or the reason of a deviation.
ACTS = (
    "consultation_opened", "deadline_extended", "report_released", "milestone_recorded",
    "deviation_recorded", "meeting_convened", "meeting_moved", "meeting_confirmed",
)  # fmt: skip
ADDRESSES = ("https://", "http://")


class Kind(StrEnum):
    """What sort of thing shows a date."""

    ENTRY = "entry"
    EDITION = "edition"
    MEETING = "meeting"
    RECORD = "record"
    SOURCE = "source"


class Shows(StrEnum):
    """What a piece of evidence shows: the date itself, the one it is counted from, or a reason."""

    DATE = "date"
    ANCHOR = "anchor"
    REASON = "reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that shows a date. *about*: the meeting or edition; *text*: a source in words.

    *record* is the address of a record of the archive, *href* that of a source which is a page.
    """

    kind: Kind
    shows: Shows = Shows.DATE
    entry: Entry | None = None
    about: Model | None = None
    text: str = ""
    record: str = ""
    href: str = ""


#: By the milestone's name, what shows its date.
Found = Mapping[str, Sequence[Evidence]]
#: By a consultation's id, the released editions of its report, the first one first.
Editions = Mapping[int, Sequence[Model]]
_NO_EDITIONS: Editions = MappingProxyType({})


def of(consultation: Consultation, *, editions: Sequence[Model] = ()) -> Found:
    """Return the evidence of each milestone of one whole *consultation*."""
    return of_each([consultation], editions={consultation.pk: editions})[consultation.pk]


def of_each(
    consultations: Iterable[Consultation], *, editions: Editions = _NO_EDITIONS
) -> dict[int, Found]:
    """Return the evidence of each milestone, by the consultation's id. One query for all of them."""
    asked = {
        (row.pk, rule.name): list(_asked(row, rule, editions.get(row.pk, ())))
        for row in consultations
        for rule in clock.rules(row).rules
    }
    subjects = (subject_of(thing) for things in asked.values() for _shows, thing in things)
    entries = reading.about(subjects, ACTS)
    found: dict[int, dict[str, Sequence[Evidence]]] = {}
    for (pk, name), things in asked.items():
        found.setdefault(pk, {})[name] = [
            each for shows, thing in things for each in _told(thing, shows, entries)
        ]
    return dict(found)


_Asked = tuple[Shows, Model]


def _asked(row: Consultation, rule: MilestoneRule, editions: Sequence[Model]) -> Iterator[_Asked]:
    """Yield what may show the date of one milestone, and what it is counted from."""
    if rule.name in (clock.OPENING, clock.RESPONSES_DUE) and not row.is_record:
        yield Shows.DATE, row
    if rule.name == clock.REPORT:
        yield from ((Shows.DATE, edition) for edition in editions)
    for related in (row.extensions, row.facts):
        yield from ((Shows.DATE, each) for each in related.all() if each.milestone == rule.name)
    yield from _meeting(row, rule.sets, Shows.DATE)
    yield from _meeting(row, rule.anchor, Shows.ANCHOR)
    for deviation in row.deviations.all():
        if deviation.milestone == rule.name:
            yield Shows.REASON, deviation


def _meeting(row: Consultation, anchor: str, shows: Shows) -> Iterator[_Asked]:
    name = anchor.partition(".")[0]
    meeting = getattr(row, name) if name in clock.MEETINGS else None
    if meeting is not None:
        yield shows, meeting
        yield from ((shows, move) for move in meeting.moves.all())


def _told(thing: Model, shows: Shows, entries: Mapping[str, Sequence[Entry]]) -> Iterator[Evidence]:
    """Yield the thing itself where it can be looked up, and the acts on it that show this date."""
    yield from _itself(thing, shows)
    for entry in entries.get(subject_of(thing), ()):
        yield Evidence(kind=Kind.ENTRY, shows=shows, entry=entry)


def _itself(thing: Model, shows: Shows) -> Iterator[Evidence]:
    source, record = str(getattr(thing, "source", "")), str(getattr(thing, "document", ""))
    if isinstance(thing, Meeting):
        yield Evidence(kind=Kind.MEETING, shows=shows, about=thing, text=source)
    elif thing._meta.model_name == Kind.EDITION:
        yield Evidence(kind=Kind.EDITION, shows=shows, about=thing)
    elif record:
        yield Evidence(kind=Kind.RECORD, shows=shows, record=record, text=source)
    elif source:
        href = source if source.startswith(ADDRESSES) and not source.strip().count(" ") else ""
        yield Evidence(kind=Kind.SOURCE, shows=shows, text=source, href=href)
