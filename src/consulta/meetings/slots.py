"""When a meeting sits, and the time that each item of its agenda gets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from consulta.accounts.models import User
from consulta.core.slots import Session, Slot, Wanted, share
from consulta.meetings import agenda
from consulta.meetings.models import AgendaItem, Meeting


class NoHoursError(ValueError):
    """The meeting has no days or no hours yet: say in its particulars from when until when it sits."""


def zone(meeting: Meeting) -> str:
    """Return the time zone of *meeting*: its own, else that of the body's seat, else UTC."""
    seat = meeting.group.body.timezone if meeting.group else "UTC"
    return meeting.timezone or seat


def sessions(meeting: Meeting) -> list[Session]:
    """Return when *meeting* sits, each day of each part; nothing while days or hours are not said.

    Hours are those of the clock on the wall: on the day of a clock change a session has an hour more
    or less. One query for the parts.
    """
    if meeting.hours_from is None or meeting.hours_until is None or meeting.starts_on is None:
        return []
    clock = ZoneInfo(zone(meeting))
    return [_session(day, meeting.hours_from, meeting.hours_until, clock) for day in _days(meeting)]


def shared(meeting: Meeting, wanted: Sequence[Wanted]) -> tuple[Slot, ...]:
    """Share the hours of *meeting* among *wanted*. Raises NoHoursError."""
    held = sessions(meeting)
    if not held:
        raise NoHoursError
    return share(held, wanted)


@transaction.atomic
def give(items: Iterable[AgendaItem], slots: Iterable[Slot], *, reason: str = "", by: User) -> None:
    """Give each of *items* its slot, on the record where the agenda is published.

    Raises what :func:`consulta.meetings.agenda.change` raises.
    """
    by_key = {slot.key: slot for slot in slots}
    for item in items:
        if (slot := by_key.get(item.pk)) is not None:
            documents = list(item.documents.all())
            agenda.change(item, _values(slot), documents=documents, reason=reason, by=by)


def local(meeting: Meeting, at: datetime) -> datetime:
    """Return the instant *at* as the clocks of the meeting show it."""
    return at.astimezone(ZoneInfo(zone(meeting)))


def instant(meeting: Meeting, day: date, at: time) -> datetime:
    """Return the instant at which the clocks of the meeting show *at* on *day*."""
    return datetime.combine(day, at, ZoneInfo(zone(meeting))).astimezone(UTC)


def _values(slot: Slot) -> Mapping[str, Any]:
    return {"begins_at": slot.begins, "length": slot.minutes}


def _days(meeting: Meeting) -> Iterator[date]:
    spans = [(meeting.starts_on, meeting.ends_on or meeting.starts_on)]
    spans += [(part.starts_on, part.ends_on) for part in meeting.parts.all()]
    for first, last in spans:
        if first is not None and last is not None:
            yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _session(day: date, begins: time, ends: time, clock: ZoneInfo) -> Session:
    last = day if ends > begins else day + timedelta(days=1)
    return Session(
        datetime.combine(day, begins, clock).astimezone(UTC),
        datetime.combine(last, ends, clock).astimezone(UTC),
    )
