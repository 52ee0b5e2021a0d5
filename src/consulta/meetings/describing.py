"""What is said of a meeting beside its dates, that it was cancelled, that it was split in parts.

Whatever becomes of a meeting, its number and its documents stay. Every act raises NotAllowedError.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.models import Meeting, MeetingPart
from consulta.meetings.moving import MoveNeedsReasonError

#: What a secretary says of a meeting at any time.
SAID = (
    *("practical", "conference_url", "hours_from", "hours_until", "timezone"),
    *("mode", "place"),
)


class CancelledError(ValueError):
    """The meeting was cancelled: convene another one."""


class EndsBeforeItBeginsError(ValueError):
    """The last hour of the day comes before the first."""


class UnknownZoneError(ValueError):
    """No time zone is called so: write such as Europe/Zurich."""


class PartTooEarlyError(ValueError):
    """A later part begins after the part before has ended. *after*: on that day."""

    def __init__(self, after: date | None) -> None:
        super().__init__(str(after))
        self.after = after


@transaction.atomic
def describe(meeting: Meeting, values: Mapping[str, Any], *, by: User) -> Meeting:
    """Say of *meeting* what *values* say: any of SAID. Raises EndsBeforeItBeginsError,
    UnknownZoneError, ValidationError.
    """
    standing = _in_turn(meeting, by)
    for name in SAID:
        if name in values:
            setattr(standing, name, values[name])
    begins, ends = standing.hours_from, standing.hours_until
    if begins and ends and ends <= begins:
        raise EndsBeforeItBeginsError
    if standing.timezone and standing.timezone not in available_timezones():
        raise UnknownZoneError(standing.timezone)
    standing.full_clean()
    standing.save()
    ledger.record("meeting_described", standing, by=by)
    return standing


@transaction.atomic
def cancel(meeting: Meeting, *, reason: str, by: User) -> Meeting:
    """Cancel *meeting*, which then stays on record with the reason.

    Raises CancelledError, MoveNeedsReasonError.
    """
    standing = _in_turn(meeting, by)
    if standing.cancelled_at is not None:
        raise CancelledError
    if not reason.strip():
        raise MoveNeedsReasonError
    standing.cancelled_at, standing.cancellation_reason = timezone.now(), reason.strip()
    standing.full_clean()
    standing.save()
    ledger.record("meeting_cancelled", standing, by=by)
    return standing


@transaction.atomic
def split(part: MeetingPart, *, by: User) -> MeetingPart:
    """Put a later *part* of its meeting on record, under the same number.

    Raises CancelledError, MoveNeedsReasonError, PartTooEarlyError; ValidationError.
    """
    standing = _in_turn(part.meeting, by)
    if standing.cancelled_at is not None:
        raise CancelledError
    if not part.reason.strip():
        raise MoveNeedsReasonError
    earlier = MeetingPart.objects.filter(meeting=standing).order_by("ordinal").last()
    ended = earlier.ends_on if earlier else standing.ends_on or standing.starts_on
    if ended is None or part.starts_on <= ended:
        raise PartTooEarlyError(ended)
    last = MeetingPart.objects.filter(meeting=standing).aggregate(last=Max("ordinal"))["last"]
    part.ordinal = (last or 1) + 1
    part.decided_at, part.decided_by, part.language = timezone.now(), by, by.language
    part.full_clean()
    part.save()
    ledger.record("meeting_split", part, by=by)
    return part


def _in_turn(meeting: Meeting, by: User) -> Meeting:
    permissions.require(by, Act.MOVE_MEETING, meeting.group)
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
