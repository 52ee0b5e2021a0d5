"""Move a meeting. The date first planned stays on record; `flow` has consultations judge again."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups import queries as group_queries
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.models import Decision, Meeting, MeetingMove

#: How far ahead a meeting is moved at most, and how long a slip in the last move can be mended.
FURTHEST, MENDABLE = timedelta(days=3653), timedelta(days=7)


class MeetingHeldError(ValueError):
    """The meeting has begun: what was held cannot be moved."""


class PastDayError(ValueError):
    """A meeting is moved to a day to come; what was held already is recorded as a fact."""


class TooFarError(ValueError):
    """The day lies more than ten years ahead: a slip of the keyboard."""


class BeforeDecisionError(ValueError):
    """The meeting would come before the one that *decided* to consult, which began on that day."""

    def __init__(self, decided: date) -> None:
        super().__init__(decided.isoformat())
        self.decided = decided


class MoveNeedsReasonError(ValueError):
    """A meeting is moved for a reason that stays on record."""


class SameDayError(ValueError):
    """The meeting begins on that day already."""


@transaction.atomic
def move(
    meeting: Meeting, *, to: date, reason: str, by: User, is_provisional: bool = False
) -> MeetingMove:
    """Have *meeting* begin on the day *to*; it keeps its length. Raises NotAllowedError and as `check`."""
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
    permissions.require(by, Act.MOVE_MEETING, meeting.group)
    check(meeting, to=to, reason=reason)
    moved = MeetingMove(meeting=meeting, old_starts_on=meeting.starts_on, new_starts_on=to)
    moved.reason, moved.language = reason.strip(), by.language
    moved.decided_at, moved.decided_by = timezone.now(), by
    moved.full_clean()
    moved.save()
    put(meeting, to=to)
    meeting.is_provisional = is_provisional
    meeting.full_clean()
    meeting.save()
    ledger.record("meeting_moved", moved, by=by)
    return moved


def check(meeting: Meeting, *, to: date, reason: str) -> None:
    """Refuse a move of *meeting* to the day *to* that cannot be made.

    Raises MeetingHeldError, MoveNeedsReasonError, SameDayError, PastDayError, TooFarError.
    """
    today = group_queries.today()
    if meeting.starts_on and meeting.starts_on <= today and not _is_slip(meeting, today):
        raise MeetingHeldError(meeting.slug)
    if not reason.strip():
        raise MoveNeedsReasonError(meeting.slug)
    if meeting.starts_on == to:
        raise SameDayError(meeting.slug)
    if to < today:
        raise PastDayError(meeting.slug)
    if to > today + FURTHEST:
        raise TooFarError(meeting.slug)


def check_order(meeting: Meeting, decided: Meeting | None, *, to: date) -> None:
    """Refuse a day before *decided*, the meeting that decided to consult. Raises BeforeDecisionError."""
    if decided is None or decided.pk == meeting.pk or decided.starts_on is None:
        return
    if to < decided.starts_on:
        raise BeforeDecisionError(decided.starts_on)


def put(meeting: Meeting, *, to: date) -> None:
    """Have *meeting* begin on the day *to*, without saving it."""
    if meeting.first_planned_on is None:
        meeting.first_planned_on = meeting.starts_on
    if meeting.starts_on and meeting.ends_on:
        meeting.ends_on += to - meeting.starts_on
    meeting.starts_on = to
    meeting.ends_on = meeting.ends_on or to


def _is_slip(meeting: Meeting, today: date) -> bool:
    """Whether it has begun only by its last move, made lately, and nothing was settled there."""
    last = meeting.moves.last()
    if last is None or last.old_starts_on is None or last.old_starts_on <= today:
        return False
    is_recent = timezone.now() - last.decided_at < MENDABLE
    return is_recent and not Decision.objects.filter(meeting=meeting).exists()
