"""Reminding: what is told because a date comes or has come, found by asking which notice is missing.

Nothing is planned ahead, so nothing is lost when the server was down: what is still useful is told late,
what is not is left. The notice of a date stands on record once; a date that moved may be told again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from consulta.consultations import clock, turn
from consulta.consultations.models import Consultation
from consulta.ledger import ledger
from consulta.notices import telling
from consulta.notices.models import Notice
from consulta.notices.telling import REMINDERS, Kind

#: When in the day a reminder goes out, by the consultation's own clock.
MORNING = time(9)
DAY = timedelta(days=1)
#: For how long after the close it is still news.
CLOSED_IS_NEWS = timedelta(days=7)
OPEN_MEETING = "open_meeting"


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be told of a *milestone* on the day *on*: from the instant *since*, before *until*."""

    kind: Kind
    milestone: str
    on: date
    since: datetime
    until: datetime

    def is_due(self, now: datetime) -> bool:
        """Say whether it is time, and not too late to be of use."""
        return self.since <= now < self.until


def remind_due(now: datetime) -> int:
    """Put on record every notice of a date that is due at *now* and missing; return how many."""
    candidates = list(_candidates(now))
    known = _known(candidates)
    waiting = [c for c in candidates if any(_missing(c, known, now))]
    return sum(_remind(consultation, now) for consultation in waiting)


def dates(consultation: Consultation) -> Iterator[Due]:
    """Yield everything that is told of the dates of *consultation*, as they are set now."""
    if consultation.opens_at and consultation.closes_at:
        yield from _of_responses(consultation, consultation.opens_at, consultation.closes_at)
    meeting = consultation.open_meeting
    if meeting and meeting.starts_on:
        first, zone = meeting.starts_on, consultation.timezone
        yield Due(
            Kind.MEETING_WEEK, OPEN_MEETING, first,
            _morning(first - 7 * DAY, zone), clock.start_of(first - 5 * DAY, zone),
        )  # fmt: skip
        yield Due(
            Kind.MEETING_SOON, OPEN_MEETING, first,
            _morning(first - 2 * DAY, zone), clock.start_of(first, zone),
        )  # fmt: skip


def _of_responses(
    consultation: Consultation, opens_at: datetime, closes_at: datetime
) -> Iterator[Due]:
    """The opening is news until the first reminder; who has just been told of it is not reminded."""
    zone = consultation.timezone
    opens_on, last = (clock.local_day(consultation, at) for at in (opens_at, closes_at))
    week, soon = _morning(last - 7 * DAY, zone), _morning(last - 2 * DAY, zone)
    is_long, is_short = opens_at + DAY <= week, opens_at + DAY > soon
    news = week if is_long else closes_at
    yield Due(Kind.OPENED, clock.OPENING, opens_on, opens_at, news)
    if is_long:
        until = clock.start_of(last - 5 * DAY, zone)
        yield Due(Kind.WEEK_LEFT, clock.RESPONSES_DUE, last, week, until)
    if not is_short:
        yield Due(Kind.DAYS_LEFT, clock.RESPONSES_DUE, last, soon, closes_at)
    after = closes_at + timedelta(microseconds=1)  # open until the close itself
    yield Due(Kind.CLOSED, clock.RESPONSES_DUE, last, after, closes_at + CLOSED_IS_NEWS)


@transaction.atomic
def _remind(consultation: Consultation, now: datetime) -> int:
    """Tell what is due, by the dates as they are once nobody else changes them."""
    turn.take(consultation)
    if consultation.cancelled_at:
        return 0
    missing = list(_missing(consultation, _known([consultation]), now))
    for due in missing:
        notice = telling.tell(
            consultation,
            due.kind,
            at=now,
            of=(due.milestone, due.on),
            **_told(consultation, due, now),
        )
        if due.kind not in REMINDERS:
            ledger.record("notice_told", notice, by="system")  # pages show it
    return len(missing)


def _told(consultation: Consultation, due: Due, now: datetime) -> dict[str, str]:
    days = (due.on - clock.local_day(consultation, now)).days
    if due.milestone == OPEN_MEETING:
        meeting = consultation.open_meeting
        provisional = "1" if meeting and meeting.is_provisional else ""
        slug = meeting.slug if meeting else ""
        return {
            "on": due.on.isoformat(),
            "days": str(days),
            "meeting": slug,
            "provisional": provisional,
        }
    closes_at = consultation.closes_at
    return {"closes_at": closes_at.isoformat() if closes_at else "", "days": str(days)}


def _candidates(now: datetime) -> Iterable[Consultation]:
    """The announced consultations that have a date of which something could be due."""
    ahead = Q(closes_at__gt=now - CLOSED_IS_NEWS)
    ahead |= Q(open_meeting__starts_on__gte=(now - DAY).date())
    announced = Consultation.objects.filter(
        ahead, announced_at__lte=now, cancelled_at__isnull=True, is_record=False
    )
    return announced.select_related("open_meeting").order_by("pk")


Known = set[tuple[int, str, date | None]]


def _known(consultations: Iterable[Consultation]) -> Known:
    """What was told already of the dates of *consultations*; that one is announced is not yet an opening."""
    told = Notice.objects.filter(consultation__in=list(consultations))
    told = told.filter(~Q(milestone="") | Q(kind=Kind.OPENED)).exclude(kind=Kind.ANNOUNCED)
    return set(told.values_list("consultation_id", "kind", "due_on"))


def _missing(consultation: Consultation, known: Known, now: datetime) -> Iterator[Due]:
    """Each date is told of once; that it is open is no news once anything else was told."""
    told = {(kind, on) for pk, kind, on in known if pk == consultation.pk}
    for due in dates(consultation):
        is_told = bool(told) if due.kind is Kind.OPENED else (due.kind, due.on) in told
        if due.is_due(now) and not is_told:
            yield due


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, MORNING, ZoneInfo(zone))
