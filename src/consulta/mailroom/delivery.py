"""Hand over what is due in the outbox. Run by the worker, as often as it likes."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from consulta.mailroom import carriers, signing
from consulta.mailroom.models import OutgoingMail

#: Mails that are claimed, and whose outcomes are noted, together: a deliverer that is killed sends
#: at most so many again.
BATCH = 20
ROUND = 100  # mails of one call
#: A claimed mail is tried again after this, should its deliverer have died.
LEASE = timedelta(minutes=10)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
#: How long all mail waits when nobody could be reached; it costs them no try.
SILENCE = timedelta(seconds=30)
#: A mail that could not be handed over for so long has failed.
GIVE_UP = timedelta(days=5)
#: How long a mail that failed can be sent again; then its message is wiped.
REMEMBERED = timedelta(days=30)
State = OutgoingMail.State

log = logging.getLogger(__name__)


@dataclass
class Outcomes:
    """What became of the mails of one batch; reasons by mail."""

    sent: list[OutgoingMail] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    postponed: dict[int, str] = field(default_factory=dict)
    untried: list[int] = field(default_factory=list)
    cut_off: bool = False  # nobody could be reached: no use in going on


def deliver_due(now: datetime) -> int:
    """Hand over the mails that are due at *now*, oldest first; how many were taken.

    Several may run at once: mails are claimed first. A deliverer killed between handing over and
    noting it sends those of its batch again after the lease, never others.
    """
    if not _due(now).exists():
        return 0
    taken = 0
    with carriers.for_address(settings.EMAIL_URL) as carrier:
        for _batch in range(ROUND // BATCH):
            batch = _claim(now)
            outcomes = _hand_over(batch, carrier)
            _note(batch, outcomes, now)
            taken += len(outcomes.sent)
            if outcomes.cut_off or len(batch) < BATCH:
                break
    return taken


def pause(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 1, 2, 4 … minutes, at most 4 hours."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 16)), LONGEST_PAUSE)


def forget(now: datetime) -> int:
    """Wipe the messages of mails that failed a month ago: they hold secrets; how many."""
    old = OutgoingMail.objects.filter(
        state=State.FAILED, raw__isnull=False, next_attempt_at__lte=now - REMEMBERED
    )
    return old.update(raw=None)


def _due(now: datetime) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(state=State.QUEUED, next_attempt_at__lte=now)


@transaction.atomic
def _claim(now: datetime) -> list[OutgoingMail]:
    """Take some mails for this deliverer, with the try already counted."""
    mails = list(_due(now).select_for_update().order_by("next_attempt_at", "pk")[:BATCH])
    for mail in mails:
        mail.attempts += 1
    taken = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails])
    taken.update(attempts=F("attempts") + 1, next_attempt_at=now + LEASE)
    return mails


def _hand_over(batch: list[OutgoingMail], carrier: carriers.Carrier) -> Outcomes:
    """Sign and try one after the other; where nobody can be reached the rest is not tried.

    The row keeps its message as it was written: a later try is signed anew.
    """
    outcomes = Outcomes()
    for position, mail in enumerate(batch):
        mail.raw = signing.signed(bytes(mail.raw or b""), at=timezone.now())
        try:
            carrier.hand_over(mail)
        except carriers.RefusedForGoodError as error:
            outcomes.failed[mail.pk] = str(error)
        except carriers.RefusedForNowError as error:
            outcomes.postponed[mail.pk] = str(error)
        except carriers.UnreachableError as error:
            log.warning("mail cannot be handed over at present: %s", error)
            outcomes.postponed[mail.pk] = str(error)
            outcomes.untried = [each.pk for each in batch[position + 1 :]]
            outcomes.cut_off = True
            break
        else:
            outcomes.sent.append(mail)
    return outcomes


@transaction.atomic
def _note(batch: list[OutgoingMail], outcomes: Outcomes, now: datetime) -> None:
    """Write down what became of a batch; a sent mail's message is wiped in the same step."""
    sent = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in outcomes.sent])
    sent.update(state=State.SENT, sent_at=timezone.now(), raw=None, last_error="")
    untried = OutgoingMail.objects.filter(pk__in=outcomes.untried, attempts__gt=0)
    untried.update(attempts=F("attempts") - 1, next_attempt_at=now)
    if outcomes.cut_off:
        _due(now).update(next_attempt_at=now + SILENCE)
    for mail in batch:
        if reason := outcomes.failed.get(mail.pk):
            _fail(mail, reason, now)
        elif reason := outcomes.postponed.get(mail.pk):
            _postpone(mail, reason, now)


def _fail(mail: OutgoingMail, reason: str, now: datetime) -> None:
    """The message stays for a while: a person may have it sent again."""
    mail.state = State.FAILED
    mail.next_attempt_at = now
    mail.last_error = reason[:500]
    mail.save(update_fields=["state", "next_attempt_at", "last_error"])


def _postpone(mail: OutgoingMail, reason: str, now: datetime) -> None:
    if now - (mail.again_at or mail.created_at) >= GIVE_UP:
        _fail(mail, reason, now)
        return
    mail.next_attempt_at = now + pause(mail.attempts)
    mail.last_error = reason[:500]
    mail.save(update_fields=["next_attempt_at", "last_error"])
