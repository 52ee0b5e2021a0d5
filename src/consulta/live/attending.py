"""Who is there: marked in the room by the desk, noted remotely as people join and leave."""

from datetime import datetime

from django.db import transaction

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.live import registration_days
from consulta.live.models import Attendance, Mode, Registration
from consulta.live.registration_errors import NotMeetingDayError, NotStandingError
from consulta.meetings.models import Meeting

_RUNNING = {"left_at__isnull": True, "taken_back_at__isnull": True}


@transaction.atomic
def arrive(registration: Registration, *, by: User, now: datetime) -> Attendance:
    """Note that somebody is in the room: whoever waited, or had not confirmed, has a place by coming.

    Twice changes nothing. Raises NotAllowedError, NotStandingError, NotMeetingDayError.
    """
    permissions.require(by, Act.MOVE_MEETING, registration.meeting.group)
    registration = _at_meeting(registration, now)
    if registration.confirmed_at is None or registration.waiting_since is not None:
        registration.confirmed_at = registration.confirmed_at or now
        registration.waiting_since = None
        registration.save(update_fields=["confirmed_at", "waiting_since"])
    return _begin(registration, Mode.IN_PERSON, by=by, now=now)


@transaction.atomic
def take_back(registration: Registration, *, by: User, now: datetime) -> int:
    """Take back that somebody was in the room: it was noted by mistake. How many notes.

    Raises NotAllowedError.
    """
    permissions.require(by, Act.MOVE_MEETING, registration.meeting.group)
    noted = registration.attendances.filter(mode=Mode.IN_PERSON, taken_back_at__isnull=True)
    gone = noted.update(taken_back_at=now)
    if gone:
        ledger.record("attendance_taken_back", registration, by=by)
    return gone


@transaction.atomic
def join(registration: Registration, *, now: datetime) -> Attendance:
    """Note that *registration* follows remotely from now on. Twice changes nothing.

    Raises NotStandingError, NotMeetingDayError.
    """
    registration = _at_meeting(registration, now)
    if not registration.stands:
        raise NotStandingError
    return _begin(registration, Mode.REMOTE, by=None, now=now)


@transaction.atomic
def leave(registration: Registration, *, now: datetime) -> int:
    """Note that *registration* follows no longer; how many notes were running. Twice changes nothing."""
    running = registration.attendances.filter(**_RUNNING, mode=Mode.REMOTE)
    return running.filter(came_at__lte=now).update(left_at=now)


def close_due(now: datetime) -> int:
    """End remote attendance whose leaving nobody told, when the meeting is over; how many."""
    running = Attendance.objects.filter(**_RUNNING, mode=Mode.REMOTE, came_at__lte=now)
    meetings = Meeting.objects.filter(pk__in=running.values("registration__meeting"))
    over = [m for m in meetings.select_related("group__body") if registration_days.is_over(m, now)]
    return running.filter(registration__meeting__in=over).update(left_at=now)


def _at_meeting(registration: Registration, now: datetime) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",)).select_related(
        "meeting__group__body"
    )
    found = rows.get(pk=registration.pk)
    if found.cancelled_at is not None or found.reduced_at is not None:
        raise NotStandingError
    if not registration_days.is_held(found.meeting, now):
        raise NotMeetingDayError
    return found


def _begin(registration: Registration, mode: Mode, *, by: User | None, now: datetime) -> Attendance:
    running = registration.attendances.filter(**_RUNNING, mode=mode).first()
    if running is not None:
        return running
    made = Attendance.objects.create(registration=registration, mode=mode, came_at=now, noted_by=by)
    ledger.record("attendance_noted", registration, by=by or registration)
    return made
