"""Tell who registered that a meeting was moved, split, described anew or cancelled: found by a query.

What each was last told is kept as a hash; whoever was told something else is told again.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from consulta.live import invitations, registration_days
from consulta.live import registration_letters as letters
from consulta.live.models import Mode, Registration
from consulta.meetings.models import Meeting

#: How many are told in one go.
AT_ONCE = 200


def tell_due(now: datetime) -> int:
    """Mail the new calendar entry to everyone who has another; how many mails."""
    told = Registration.objects.filter(
        confirmed_at__isnull=False, cancelled_at__isnull=True, reduced_at__isnull=True
    ).exclude(told="", waiting_since__isnull=True)
    meetings = Meeting.objects.filter(pk__in=told.values("meeting")).select_related("group__body")
    return sum(_tell(meeting, now) for meeting in meetings.prefetch_related("parts"))


def _tell(meeting: Meeting, now: datetime) -> int:
    if meeting.cancelled_at is not None:
        return sum(_cancelled(pk, now) for pk in _standing(meeting, Q()))
    if registration_days.is_over(meeting, now):
        return 0
    stale = Q()
    for mode in Mode:
        stale |= Q(mode=mode) & ~Q(told=invitations.said(meeting, mode))
    return sum(_moved(pk, now) for pk in _standing(meeting, stale & ~Q(told="")))


def _standing(meeting: Meeting, which: Q) -> list[int]:
    rows = Registration.objects.filter(which, meeting=meeting, reduced_at__isnull=True)
    rows = rows.filter(confirmed_at__isnull=False, cancelled_at__isnull=True)
    if meeting.cancelled_at is not None:
        rows = rows.filter(~Q(told="") | Q(waiting_since__isnull=False))
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _moved(pk: int, now: datetime) -> bool:
    registration = _taken(pk)
    said = invitations.said(registration.meeting, registration.mode)
    if registration.told in ("", said) or not registration.stands:
        return False
    letters.moved(registration, now=now)
    return True


@transaction.atomic
def _cancelled(pk: int, now: datetime) -> bool:
    """The registration stays on record; nobody waits for a meeting that is not held."""
    registration = _taken(pk)
    if not registration.stands:
        return False
    letters.cancelled(registration, now=now)
    if registration.waiting_since is not None:
        registration.waiting_since = None
        registration.save(update_fields=["waiting_since"])
    return True


def _taken(pk: int) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",))
    return rows.select_related("meeting__group__body").get(pk=pk)
