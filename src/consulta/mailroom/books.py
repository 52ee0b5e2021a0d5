"""The mailroom's books as the desk reads them: what went out, what came in, and trying again."""

from collections.abc import Sequence
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from consulta.mailroom import letterbox, post
from consulta.mailroom.models import IncomingMail, OutgoingMail

PAGE = 50
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


@transaction.atomic
def try_now(pk: int) -> bool:
    """Have a queued mail handed over at the next turn instead of after its pause; whether it was queued.

    A mail that failed for good holds no bytes any more: its act must be done again.
    """
    queued = OutgoingMail.objects.filter(pk=pk, state=OutgoingMail.State.QUEUED)
    return bool(queued.update(next_attempt_at=timezone.now()))


def _page(found: list[M]) -> tuple[list[M], int | None]:
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None
