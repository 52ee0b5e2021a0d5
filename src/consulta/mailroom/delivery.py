"""Hand over what is due in the outbox. Run by the worker, as often as it likes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consulta.mailroom import carriers
from consulta.mailroom.models import OutgoingMail

BATCH = 100
#: A claimed mail is tried again after this, should its deliverer have died.
LEASE = timedelta(minutes=10)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
#: A mail that could not be handed over for so long has failed.
GIVE_UP = timedelta(days=5)


def deliver_due(now: datetime) -> int:
    """Hand over the mails that are due at *now*, oldest first; how many were taken.

    Several may run at once: each mail is claimed first. A deliverer killed between handing over
    and noting it sends that one mail again after the lease, never others.
    """
    due = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED, next_attempt_at__lte=now)
    waiting = list(due.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:BATCH])
    if not waiting:
        return 0
    with carriers.for_address(settings.EMAIL_URL) as carrier:
        return _deliver(waiting, carrier, now)


def pause(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 1, 2, 4 … minutes, at most 4 hours."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 16)), LONGEST_PAUSE)


def _deliver(waiting: list[int], carrier: carriers.Carrier, now: datetime) -> int:
    taken = 0
    for pk in waiting:
        mail = _claim(pk, now)
        if mail is None:
            continue
        try:
            carrier.hand_over(mail)
        except carriers.RefusedForGoodError as error:
            _fail(mail, str(error))
        except carriers.RefusedForNowError as error:
            _postpone(mail, str(error), now)
        except carriers.UnreachableError as error:
            _postpone(mail, str(error), now)
            break
        else:
            _mark_sent(mail)
            taken += 1
    return taken


@transaction.atomic
def _claim(pk: int, now: datetime) -> OutgoingMail | None:
    """Take one mail for this deliverer; None when another was faster."""
    mail = (
        OutgoingMail.objects.select_for_update()
        .filter(pk=pk, state=OutgoingMail.State.QUEUED, next_attempt_at__lte=now)
        .first()
    )
    if mail is not None:
        mail.attempts += 1
        mail.next_attempt_at = now + LEASE
        mail.save(update_fields=["attempts", "next_attempt_at"])
    return mail


@transaction.atomic
def _mark_sent(mail: OutgoingMail) -> None:
    """Note it and wipe the message in one step: secrets are not kept."""
    mail.state = OutgoingMail.State.SENT
    mail.sent_at = timezone.now()
    mail.raw = None
    mail.last_error = ""
    mail.save(update_fields=["state", "sent_at", "raw", "last_error"])


@transaction.atomic
def _fail(mail: OutgoingMail, reason: str) -> None:
    mail.state = OutgoingMail.State.FAILED
    mail.raw = None
    mail.last_error = reason[:500]
    mail.save(update_fields=["state", "raw", "last_error"])


@transaction.atomic
def _postpone(mail: OutgoingMail, reason: str, now: datetime) -> None:
    if now - mail.created_at >= GIVE_UP:
        _fail(mail, reason)
        return
    mail.next_attempt_at = now + pause(mail.attempts)
    mail.last_error = reason[:500]
    mail.save(update_fields=["next_attempt_at", "last_error"])
