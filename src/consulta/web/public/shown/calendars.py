"""What calendars show: an entry for each milestone and each meeting, under an identity that stays."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.consultations import queries, wording
from consulta.consultations.clock import MEETINGS, Clock, Row
from consulta.consultations.models import Consultation
from consulta.core import addresses
from consulta.core.icalendar import Event, Status
from consulta.core.multilingual import choose
from consulta.core.rules import MilestoneKind
from consulta.core.slots import Session
from consulta.meetings import extra as extra_meetings
from consulta.meetings import slots
from consulta.meetings import wording as meeting_words
from consulta.meetings.agenda_queries import Listed
from consulta.meetings.models import AgendaItem, Meeting
from consulta.web.ui.languages import current

#: A meeting's row does not say when it was made: until it moves, its entry is older than any move.
FIRST_KNOWN = datetime(2000, 1, 1, tzinfo=UTC)
#: How one takes part from afar.
REMOTE = (Meeting.Mode.VIRTUAL, Meeting.Mode.HYBRID)


def of_consultations(consultations: Iterable[Consultation], now: datetime) -> Iterator[Event]:
    """Yield the dates of whole *consultations* as of the instant *now*."""
    for consultation in consultations:
        clock = queries.clock_view(consultation, now)
        for row in clock.rows:
            if row.on is not None:
                yield _milestone(consultation, clock, row)


def of_meetings(meetings: Iterable[Meeting]) -> Iterator[Event]:
    """Yield groups' meetings that have a date, and extra ones; others stand with their consultation."""
    dated = [m for m in meetings if m.starts_on]
    extra = {row.meeting_id for row in extra_meetings.every()}
    own = [m for m in dated if m.kind == Meeting.Kind.GROUP or m.pk in extra]
    prefetch_related_objects(own, "moves")
    for meeting in own:
        yield _meeting(meeting)


def of_meeting(meeting: Meeting, listed: Sequence[Listed]) -> Iterator[Event]:
    """Yield the days of one meeting, open or of the group, then its *listed* items that have a time."""
    if meeting.starts_on is None:
        return
    prefetch_related_objects([meeting], "moves")
    whole, held = _meeting(meeting), slots.sessions(meeting)
    yield whole
    for row in listed:
        if row.item.begins_at is not None and row.item.length:
            yield _item(whole, row.item, held)


def _item(whole: Event, item: AgendaItem, held: Sequence[Session]) -> Event:
    """An item of the agenda as an entry of its own; one that goes on later ends here with its session."""
    begins = item.begins_at or datetime.min.replace(tzinfo=UTC)
    ends = begins + timedelta(minutes=item.length or 0)
    sitting = [one.ends for one in held if one.begins <= begins < one.ends]
    said = {"number": item.number, "title": choose(item.titles, current()).text}
    return replace(
        whole,
        uid=f"item.{item.pk}@{settings.MAIL_DOMAIN}",
        start=begins,
        end=min([ends, *sitting]),
        last=None,
        zone=slots.zone(item.meeting),
        summary=_("%(number)s %(title)s") % said,
        url=f"{whole.url}#item-{item.pk}",
        sequence=whole.sequence + item.revision - 1,
        changed_at=max(whole.changed_at, item.meeting.agenda_published_at or whole.changed_at),
    )


def _milestone(consultation: Consultation, clock: Clock, row: Row) -> Event:
    language = current()
    path = addresses.consultation(consultation.slug, language=language)
    words = {
        "milestone": wording.milestone_name(row.rule),
        "topic": queries.topic(consultation, language).text,
    }
    meeting = consultation.open_meeting if row.rule.sets == "open_meeting.start" else None
    return Event(
        uid=f"{consultation.slug}.{row.name}@{settings.MAIL_DOMAIN}",
        start=_start(row),
        zone=consultation.timezone,
        last=meeting.ends_on if meeting else None,
        summary=_("%(milestone)s: %(topic)s") % words,
        description="\n".join(_description(clock, row)),
        url=f"{settings.BASE_URL}{path}",
        changed_at=_changed_at(consultation),
        language=language,
        sequence=sequence(consultation, row),
        status=_status(consultation, row),
        place=meeting.place if meeting else "",
        conference=_conference(meeting) if meeting else "",
    )


def _meeting(meeting: Meeting) -> Event:
    moved_at = [move.decided_at for move in meeting.moves.all()]
    address = f"{settings.BASE_URL}{reverse('public:meeting', args=[meeting.slug])}"
    return Event(
        uid=f"meeting.{meeting.slug}@{settings.MAIL_DOMAIN}",
        start=meeting.starts_on or date.min,
        last=meeting.ends_on,
        summary=meeting_words.name(meeting, current()).text,
        description=_("Provisional") if meeting.is_provisional else "",
        url=address,
        changed_at=max(moved_at, default=FIRST_KNOWN),
        language=current(),
        sequence=moves_of(meeting),
        status="TENTATIVE" if meeting.is_provisional else "CONFIRMED",
        place=meeting.place,
        conference=_conference(meeting),
    )


def sequence(consultation: Consultation, row: Row) -> int:
    """Count what was recorded that may have changed this date: it is raised by every move, and never falls.

    Counted from the record, so that it is the same wherever and whenever it is asked.
    """
    reached = (consultation.report_released_at, consultation.delivered_at, row.fact)
    happened = sum(map(bool, (*reached, consultation.cancelled_at)))
    moves = sum(moves_of(meeting) for meeting in _hangs_on(consultation))
    return len(consultation.extensions.all()) + moves + happened


def moves_of(meeting: Meeting) -> int:
    """Count the changes of a meeting's date: two for each move, one for a date that is final.

    A move may make a final date provisional again, so it counts for more than that takes away. A
    meeting of the public record may have moved before it was taken over.
    """
    moves = list(meeting.moves.all())
    first = moves[0].old_starts_on if moves else meeting.starts_on
    was_moved = meeting.first_planned_on is not None and meeting.first_planned_on != first
    return 2 * (len(moves) + was_moved) + (not meeting.is_provisional)


def _start(row: Row) -> date | datetime:
    is_event = row.rule.kind is MilestoneKind.EVENT
    return (None if is_event else row.at) or row.on or date.min


def _description(clock: Clock, row: Row) -> Iterator[str]:
    yield row.rule.sentence(current(), original_language=row.original_language).text
    yield row.rule.clause
    if row.provisional:
        yield _("Provisional")
    if clock.from_public_record:
        yield _("Computed by Consulta from public dates.")


def _status(consultation: Consultation, row: Row) -> Status:
    if consultation.cancelled_at:
        return "CANCELLED"
    return "TENTATIVE" if row.provisional else "CONFIRMED"


def _conference(meeting: Meeting) -> str:
    """Return the page that says how to take part from afar, where one can."""
    if meeting.mode not in REMOTE:
        return ""
    return f"{settings.BASE_URL}{reverse('public:meeting', args=[meeting.slug])}"


def _changed_at(consultation: Consultation) -> datetime:
    """Return when the dates of *consultation* last changed by an act."""
    acts = [consultation.created_at, consultation.announced_at, consultation.cancelled_at]
    acts += [consultation.report_released_at, consultation.delivered_at]
    acts += [extension.decided_at for extension in consultation.extensions.all()]
    for meeting in _hangs_on(consultation):
        acts += [move.decided_at for move in meeting.moves.all()]
    return max(at for at in acts if at is not None)


def _hangs_on(consultation: Consultation) -> list[Meeting]:
    hangs_on = (getattr(consultation, name) for name in MEETINGS)
    return [meeting for meeting in hangs_on if meeting]
