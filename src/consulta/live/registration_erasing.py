"""Personal data of registrations leave: asked for by law, never confirmed, or after the body's period.

A registration that stood keeps its row, with number and instants; the figures were counted before.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.live import needs, participation, registration_days
from consulta.live.models import PresentingWish, Registration
from consulta.live.registering import CONFIRM_WITHIN
from consulta.mailroom import erasing as mails
from consulta.meetings.models import Meeting

#: What stands in the columns of a registration afterwards.
ERASED: Mapping[str, object] = {"name": "", "organisation_name": "", "email": ""}
_LOOSE: Mapping[str, object] = {
    **dict.fromkeys(("user", "membership", "organisation", "stakeholder_group")),
    **{"country": "", "same_key": "", "token_hash": "", "told": "", "waiting_since": None},
}


@transaction.atomic
def erase(registration: Registration, *, by: User, now: datetime) -> None:
    """Take away by law what is known of one who registered. Raises NotAllowedError."""
    permissions.require(by, Act.ERASE, registration.meeting.group)
    _empty([registration.pk], now=now)
    ledger.record("registration_erased", registration, by=by)


def forget_address(address: str, *, now: datetime) -> int:
    """Take away every registration under *address*; how many. Call it inside the act."""
    found = Registration.objects.filter(email__iexact=address.strip()).values_list("pk", flat=True)
    return _empty(list(found), now=now)


def forget_unconfirmed(now: datetime) -> int:
    """Delete what was typed and never confirmed, once the button works no more; how many."""
    old = Registration.objects.filter(confirmed_at__isnull=True, reduced_at__isnull=True)
    old = old.filter(asked_at__lt=now - CONFIRM_WITHIN, attendances__isnull=True)
    return sum(_delete(registration) for registration in old)


def reduce_due(now: datetime) -> int:
    """Reduce meetings that ended longer ago than the body's period (REGISTRATION_DAYS) to figures.

    How many registrations.
    """
    named = Registration.objects.filter(reduced_at__isnull=True, confirmed_at__isnull=False)
    meetings = Meeting.objects.filter(pk__in=named.values("meeting")).select_related("group__body")
    return sum(_reduce(meeting, now) for meeting in meetings if _is_due(meeting, now))


def _is_due(meeting: Meeting, now: datetime) -> bool:
    over = meeting.cancelled_at or registration_days.ends_at(meeting)
    return over is not None and over + timedelta(days=settings.REGISTRATION_DAYS) <= now


@transaction.atomic
def _reduce(meeting: Meeting, now: datetime) -> int:
    if meeting.cancelled_at is None and participation.kept(meeting) is None:
        participation.keep(meeting)
    rows = Registration.objects.filter(meeting=meeting, reduced_at__isnull=True)
    gone = _empty(list(rows.values_list("pk", flat=True)), now=now)
    ledger.record("registrations_reduced", meeting, by="rules")
    return gone


@transaction.atomic
def _delete(registration: Registration) -> int:
    about = [f"{Registration._meta.label_lower}:{registration.pk}"]
    mails.forget(about, before=registration.asked_at + CONFIRM_WITHIN)
    needs.forget([registration])
    registration.wishes.all().delete()
    return registration.delete()[0]


def _empty(pks: Collection[int], *, now: datetime) -> int:
    """Whoever stood is counted as cancelled where the meeting is still to come: nobody holds a place."""
    rows = Registration.objects.filter(pk__in=pks)
    needs.forget(rows)
    PresentingWish.objects.filter(registration__in=pks).delete()
    mails.forget([f"{Registration._meta.label_lower}:{pk}" for pk in pks], before=now)
    ahead = Q(meeting__ends_on__gte=now.date()) | Q(meeting__ends_on__isnull=True)
    rows.filter(ahead, cancelled_at__isnull=True).update(cancelled_at=now)
    return rows.update(**ERASED, **_LOOSE, reduced_at=now)
