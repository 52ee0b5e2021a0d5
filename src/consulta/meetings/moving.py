"""Move a meeting. The date first planned stays on record; `flow` has consultations judge again."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups import queries as group_queries
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.models import Meeting, MeetingMove


class MeetingHeldError(ValueError):
    """The meeting has begun: what was held cannot be moved."""


class MoveNeedsReasonError(ValueError):
    """A meeting is moved for a reason that stays on record."""


class SameDayError(ValueError):
    """The meeting begins on that day already."""


@transaction.atomic
def move(
    meeting: Meeting, *, to: date, reason: str, by: User, is_provisional: bool = False
) -> MeetingMove:
    """Have *meeting* begin on the day *to*; it keeps its length.

    Raises NotAllowedError, MeetingHeldError, MoveNeedsReasonError, SameDayError.
    """
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
    permissions.require(by, Act.MOVE_MEETING, meeting.group)
    _check(meeting, to=to, reason=reason)
    moved = MeetingMove(meeting=meeting, old_starts_on=meeting.starts_on, new_starts_on=to)
    moved.reason, moved.language = reason.strip(), by.language
    moved.decided_at, moved.decided_by = timezone.now(), by
    moved.full_clean()
    moved.save()
    _put(meeting, to=to)
    meeting.is_provisional = is_provisional
    meeting.full_clean()
    meeting.save()
    ledger.record("meeting_moved", moved, by=by)
    return moved


def _check(meeting: Meeting, *, to: date, reason: str) -> None:
    if meeting.starts_on and meeting.starts_on <= group_queries.today():
        raise MeetingHeldError(meeting.slug)
    if not reason.strip():
        raise MoveNeedsReasonError(meeting.slug)
    if meeting.starts_on == to:
        raise SameDayError(meeting.slug)


def _put(meeting: Meeting, *, to: date) -> None:
    if meeting.first_planned_on is None:
        meeting.first_planned_on = meeting.starts_on
    if meeting.starts_on and meeting.ends_on:
        meeting.ends_on += to - meeting.starts_on
    meeting.starts_on = to
    meeting.ends_on = meeting.ends_on or to
