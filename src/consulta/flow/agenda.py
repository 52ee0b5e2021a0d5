"""The agenda of a group's next meeting, drawn up from the record: what must come back, and why.

The officer takes each matter over as an item, puts it under one that is there, or leaves it out for a
reason. Nothing stands on an agenda that nobody took over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from consulta.accounts.models import User
from consulta.consultations.models import Consultation
from consulta.core.multilingual import text_in
from consulta.flow import agenda_consulted, agenda_sources
from consulta.flow.agenda_values import ORDER, Kind, Matter
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings import agenda, matters
from consulta.meetings.agenda import AgendaError
from consulta.meetings.models import AgendaItem, AgendaMatter, Document, Meeting

#: Until when follow-ups count as due where the meeting has no date yet.
_FAR = date.max


class NotDueError(AgendaError):
    """This matter does not come back to the meeting (any more)."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A matter, what became of it at this meeting, and whether the meeting before left it out.

    *newer*: documents that came since the item was taken over.
    """

    matter: Matter
    settled: AgendaMatter | None
    left_out_before: AgendaMatter | None
    newer: Sequence[Document] = ()

    @property
    def item(self) -> AgendaItem | None:
        """The item under which it is dealt with, if any."""
        return self.settled.item if self.settled else None

    @property
    def is_open(self) -> bool:
        """Whether nobody has said anything of it yet."""
        return self.settled is None


def proposed(meeting: Meeting) -> list[Proposed]:
    """Return what must come back to *meeting*, in the usual order, settled or not.

    Words in the language being spoken. As many queries for ten matters as for a hundred.
    """
    before = earlier(meeting)
    known = matters.settled([meeting, *before])
    found = []
    for matter in _every(meeting, before):
        own = known.get((meeting.pk, matter.key))
        found.append(Proposed(matter, own, _left_out(matter.key, before, known)))
    there = _titles(meeting)
    return _with_newer(
        [
            one
            for one in found
            if one.settled or not (_is_done(one, before, known) or _stands(one.matter, there))
        ]
    )


def behind(meeting: Meeting, items: Sequence[AgendaItem]) -> dict[int, list[Matter]]:
    """Return for each of *items* what is dealt with under it and why it comes back, by the item's id."""
    if not any(matters.keys_of(items).values()):
        return {}
    found: dict[int, list[Matter]] = {}
    for one in proposed(meeting):
        if one.item is not None:
            found.setdefault(one.item.pk, []).append(one.matter)
    return found


def earlier(meeting: Meeting) -> list[Meeting]:
    """Return the group's own meetings before *meeting*, the latest first; cancelled ones were none."""
    rows = Meeting.objects.filter(
        group=meeting.group,
        kind=Meeting.Kind.GROUP,
        cancelled_at__isnull=True,
        starts_on__lt=meeting.starts_on or _FAR,
    )
    return list(rows.exclude(pk=meeting.pk).select_related("group").order_by("-starts_on"))


@transaction.atomic
def take_over(
    meeting: Meeting,
    key: str,
    *,
    under: AgendaItem | None = None,
    reason: str = "",
    by: User,
) -> AgendaItem:
    """Put the matter *key* on the agenda: as an item of its own, or under one that is there.

    Raises NotDueError, and what adding or changing an item raises.
    """
    permissions.require(by, Act.MOVE_MEETING, meeting.group)
    one = _one(meeting, key)
    if one.item is not None:
        return one.item
    if under is None:
        item = _add(meeting, one.matter, reason=reason, by=by)
    else:
        item = add_documents(under, one.matter.documents, reason=reason, by=by)
    matters.put_under(meeting, key, item, by=by)
    _tidy(meeting, by=by)
    return item


@transaction.atomic
def take_all(meeting: Meeting, *, reason: str = "", by: User) -> int:
    """Take over everything of which nobody has said anything yet, in the usual order; return how many."""
    permissions.require(by, Act.MOVE_MEETING, meeting.group)
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    waiting = [one.matter for one in proposed(meeting) if one.is_open]
    for matter in waiting:
        item = _add(meeting, matter, reason=reason, by=by)
        matters.put_under(meeting, matter.key, item, by=by)
    _tidy(meeting, by=by)
    if waiting:
        ledger.record("agenda_drawn_up", meeting, by=by)
    return len(waiting)


def leave_out(meeting: Meeting, key: str, *, reason: str, by: User) -> AgendaMatter:
    """Leave a matter out for a reason. Raises NotDueError and what matters.leave_out raises."""
    permissions.require(by, Act.MOVE_MEETING, meeting.group)
    _one(meeting, key)
    return matters.leave_out(meeting, key, reason=reason, by=by)


@transaction.atomic
def add_newer(meeting: Meeting, key: str, *, reason: str = "", by: User) -> None:
    """Put the documents that came since under the item of the matter *key*. Raises NotDueError."""
    one = _one(meeting, key)
    if one.item is None:
        raise NotDueError(key)
    add_documents(one.item, one.newer, reason=reason, by=by)


def add_documents(
    item: AgendaItem, more: Sequence[Document], *, reason: str = "", by: User
) -> AgendaItem:
    """Put *more* documents under *item*, on the record where the agenda is published."""
    there = list(item.documents.all())
    return agenda.change(item, {}, documents={*there, *more}, reason=reason, by=by)


def settled_items(meeting: Meeting) -> list[AgendaMatter]:
    """Return the matters that stand under an item of the agenda of *meeting*. One query."""
    rows = AgendaMatter.objects.filter(meeting=meeting, item__removed_at__isnull=True)
    return list(rows.filter(item__isnull=False).select_related("item"))


def consultations_on(meeting: Meeting) -> list[Consultation]:
    """Return the consultations that are dealt with under an item of the agenda of *meeting*."""
    keys = [row.key for row in settled_items(meeting) if row.key.startswith("consultation:")]
    return list(Consultation.objects.filter(pk__in=[int(k.partition(":")[2]) for k in keys]))


def _every(meeting: Meeting, before: Sequence[Meeting]) -> Iterator[Matter]:
    by = meeting.ends_on or meeting.starts_on or _FAR
    found = [
        *agenda_sources.of_standing(meeting),
        *agenda_sources.of_topics(before),
        *agenda_consulted.of_consultations(meeting),
        *agenda_consulted.of_summaries(before),
        *agenda_sources.of_follow_ups(meeting, by),
        *agenda_sources.of_positions(meeting, before),
        *agenda_consulted.of_reports(meeting, by),
        *agenda_sources.of_contributions(meeting),
    ]
    yield from sorted(found, key=lambda matter: ORDER.index(matter.kind))


def _one(meeting: Meeting, key: str) -> Proposed:
    for one in proposed(meeting):
        if one.matter.key == key:
            return one
    raise NotDueError(key)


def _left_out(
    key: str, before: Sequence[Meeting], known: dict[tuple[int, str], AgendaMatter]
) -> AgendaMatter | None:
    """What the last meeting that said something of it said, where it left it out."""
    said = (known.get((meeting.pk, key)) for meeting in before)
    last = next((row for row in said if row is not None), None)
    return last if last is not None and last.item is None else None


def _is_done(
    one: Proposed, before: Sequence[Meeting], known: dict[tuple[int, str], AgendaMatter]
) -> bool:
    """A deferred topic or a request for positions that an earlier meeting dealt with is done."""
    if one.matter.kind not in (Kind.TOPIC, Kind.POSITION):
        return False
    rows = (known.get((meeting.pk, one.matter.key)) for meeting in before)
    return any(row is not None and row.item is not None for row in rows)


def _titles(meeting: Meeting) -> set[str]:
    """The titles that stand on the agenda, in every language. One query."""
    items = agenda.items(meeting)
    return {text_in(item.titles, code).text for item in items for code in item.titles}


def _stands(matter: Matter, there: set[str]) -> bool:
    """A standing item that somebody wrote by hand, or took over under an earlier name, is there."""
    if matter.kind not in (Kind.OPENING, Kind.CLOSING):
        return False
    return any(title["text"] in there for title in matter.titles.values())


def _with_newer(found: Sequence[Proposed]) -> list[Proposed]:
    """Say which documents came since the item was taken over. One query."""
    items = {one.item.pk for one in found if one.item}
    links = AgendaItem.documents.through.objects.filter(agendaitem__in=items)
    there = set(links.values_list("agendaitem", "document"))
    return [
        Proposed(one.matter, one.settled, one.left_out_before, _newer(one, there)) for one in found
    ]


def _newer(one: Proposed, there: set[tuple[int, int]]) -> list[Document]:
    if one.item is None:
        return []
    return [doc for doc in one.matter.documents if (one.item.pk, doc.pk) not in there]


def _add(meeting: Meeting, matter: Matter, *, reason: str, by: User) -> AgendaItem:
    item = AgendaItem(
        meeting=meeting,
        number=agenda.next_number(meeting),
        titles=matter.titles,
        purpose=matter.purpose,
        presenter=matter.presenter,
        audience="" if matter.is_public else AgendaItem.Audience.MEMBERS,
    )
    return agenda.add(item, documents=list(matter.documents), reason=reason, by=by)


def _tidy(meeting: Meeting, *, by: User) -> None:
    """While the agenda is a draft, what closes a meeting stands last, and numbers follow the order."""
    standing = agenda.items(meeting)
    if Meeting.objects.get(pk=meeting.pk).agenda_published_at is not None:
        return
    closing = {m.key for m in agenda_sources.of_standing(meeting) if m.kind is Kind.CLOSING}
    keys = matters.keys_of(standing)
    order = sorted(standing, key=lambda item: bool(closing & set(keys[item.pk])))
    agenda.put_in_order(meeting, [item.pk for item in order], by=by)
    agenda.number_in_order(meeting, by=by)
