"""When a meeting is held, from its first day to the last one of its parts, by its own clock."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from consulta.groups import queries as groups
from consulta.meetings.models import Meeting


def zone(meeting: Meeting) -> str:
    """The time zone of *meeting*: its own, else that of the body's seat."""
    if meeting.timezone:
        return meeting.timezone
    body = meeting.group.body if meeting.group else groups.body()
    return body.timezone if body else "UTC"


def days(meeting: Meeting) -> list[tuple[date, date]]:
    """The first and the last day of the meeting and of each later part; none where it has no date."""
    if meeting.starts_on is None:
        return []
    first = (meeting.starts_on, meeting.ends_on or meeting.starts_on)
    return [first, *((part.starts_on, part.ends_on) for part in meeting.parts.all())]


def ends_at(meeting: Meeting) -> datetime | None:
    """The midnight after the last day; None where no day is known."""
    held = days(meeting)
    if not held:
        return None
    last = max(last for _first, last in held)
    return datetime.combine(last + timedelta(days=1), time(), ZoneInfo(zone(meeting)))


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Whether the last day has passed; a cancelled meeting is over at once."""
    if meeting.cancelled_at is not None:
        return True
    end = ends_at(meeting)
    return end is not None and end <= now


def is_held(meeting: Meeting, now: datetime) -> bool:
    """Whether *now* lies on a day of the meeting or of one of its parts."""
    if meeting.cancelled_at is not None:
        return False
    day = now.astimezone(ZoneInfo(zone(meeting))).date()
    return any(first <= day <= last for first, last in days(meeting))
