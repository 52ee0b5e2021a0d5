"""The mailroom's books as the desk reads them: what went out, what came in, and trying again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from consulta.ledger import ledger
from consulta.mailroom import incoming as incoming_book
from consulta.mailroom import letterbox, post
from consulta.mailroom.models import IncomingMail, OutgoingMail

PAGE = 50
#: The lines of the sum of mails that stand by themselves; all else are enquiries.
OWN_LINES = ("responses", "versions", "robots", "repeats", "spam", "waiting")
M = TypeVar("M", OutgoingMail, IncomingMail)


def outgoing(
    mails: QuerySet[OutgoingMail] | None = None, *, state: str = "", before: int | None = None
) -> tuple[Sequence[OutgoingMail], int | None]:
    """Mails sent or to be sent, the newest first, without their bytes; where the next page begins.

    *mails*: those that may be seen; all without it.
    """
    mails = OutgoingMail.objects.all() if mails is None else mails
    mails = mails.defer("raw", "masked_text").order_by("-pk")
    mails = mails.filter(state=state) if state else mails
    mails = mails.filter(pk__lt=before) if before else mails
    return _page(list(mails[: PAGE + 1]))


def incoming(*, before: int | None = None) -> tuple[Sequence[IncomingMail], int | None]:
    """Mails as they came, the newest first; where the next page begins."""
    mails = IncomingMail.objects.order_by("-pk")
    mails = mails.filter(pk__lt=before) if before else mails
    return _page(list(mails[: PAGE + 1]))


def sums() -> dict[str, int]:
    """How many mails came and what they were: *mails* is the sum of the seven others. One query.

    An enquiry is any mail of a person that is no response: a question, an answer that confirms.
    """
    counted = incoming_book.counts()
    mails = counted.pop("mails")
    enquiries = sum(count for line, count in counted.items() if line not in OWN_LINES)
    lines = {line: counted.get(line, 0) for line in OWN_LINES}
    return {"mails": mails, **lines, "enquiries": enquiries}


def letter(pk: int) -> IncomingMail:
    """One mail that came. Raises IncomingMail.DoesNotExist."""
    return IncomingMail.objects.get(pk=pk)


class NotKeptError(ObjectDoesNotExist):
    """The bytes of a letter are not on this machine, or are not a letter's."""


def kept(mail: IncomingMail) -> bytes:
    """The letter as it came. Raises NotKeptError."""
    try:
        return letterbox.read(mail.path)[1]
    except (OSError, letterbox.NotALetterError) as error:
        raise NotKeptError(mail.path) from error


def via(mail: IncomingMail) -> str:
    """By which way a letter reached us: smtp, lmtp, imap or webhook; empty where it is not known."""
    try:
        return letterbox.read(mail.path)[0].via
    except (OSError, letterbox.NotALetterError):
        return ""


def naming(number: str) -> Sequence[IncomingMail]:
    """The letters that became, changed, confirmed or asked about the response with this number."""
    rows = IncomingMail.objects.filter(result__contains=f'"number": "{number}"')
    return list(rows.order_by("arrived_at")[:PAGE])


def opened(mail: IncomingMail) -> post.Letter | None:
    """What a letter says; None where it cannot be opened or is not on this machine."""
    try:
        return post.open_letter(kept(mail))
    except (NotKeptError, post.UnreadableLetterError):
        return None


def mail(pk: int, mails: QuerySet[OutgoingMail] | None = None) -> OutgoingMail:
    """One of *mails* (all without it) with its masked text. Raises OutgoingMail.DoesNotExist."""
    mails = OutgoingMail.objects.all() if mails is None else mails
    return mails.defer("raw").get(pk=pk)


def failed_count() -> int:
    """How many mails could not be handed over for good."""
    return OutgoingMail.objects.filter(state=OutgoingMail.State.FAILED).count()


@dataclass(frozen=True, slots=True)
class Stuck:
    """Mails that wait because they could not be handed over: how many, since when, and why."""

    count: int
    since: datetime
    error: str


def stuck() -> Stuck | None:
    """What waits, where a mail could not be handed over when it was last tried; else None."""
    queued = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED)
    tried = queued.exclude(last_error="").order_by("-next_attempt_at")
    error = tried.values_list("last_error", flat=True).first()
    if error is None:
        return None
    oldest = queued.order_by("created_at").values_list("created_at", flat=True)[0]
    return Stuck(queued.count(), oldest, error)


@transaction.atomic
def try_now(pk: int, *, by: Model) -> bool:
    """Have a mail handed over at the next turn; False where it was sent, or its message was wiped.

    One that waits is tried before its pause is over; one that failed is sent again, which the
    ledger records. Its recipient gets the same mail, with the same private link.
    """
    mail = OutgoingMail.objects.select_for_update().defer("raw").filter(pk=pk)
    found = mail.exclude(raw=None).exclude(state=OutgoingMail.State.SENT).first()
    if found is None:
        return False
    if found.state == OutgoingMail.State.FAILED:
        _send_again(found)
        ledger.record("mail_sent_again", found, by=by)
    else:
        mail.update(next_attempt_at=timezone.now())
    return True


def send_all_again(*, by: Model) -> int:
    """Have every mail that failed, and still has its message, sent again; how many."""
    return sum(try_now(pk, by=by) for pk in list(_failed().values_list("pk", flat=True)))


def failed_that_can_go_again() -> int:
    """How many mails failed and still have their message."""
    return _failed().count()


def can_go_again(mail: OutgoingMail) -> bool:
    """Whether a mail waits, or failed and still has its message."""
    return mail.state == OutgoingMail.State.QUEUED or _failed().filter(pk=mail.pk).exists()


def _failed() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(state=OutgoingMail.State.FAILED).exclude(raw=None)


def _send_again(mail: OutgoingMail) -> None:
    mail.state = OutgoingMail.State.QUEUED
    mail.again_at = mail.next_attempt_at = timezone.now()
    mail.attempts = 0
    mail.save(update_fields=["state", "again_at", "next_attempt_at", "attempts"])


def _page(found: list[M]) -> tuple[list[M], int | None]:
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None
