"""Erasing mails of ours: what is not sent yet is not sent, what was sent keeps no word and no address."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from consulta.mailroom.models import OutgoingMail

#: Stands where an address was that mails went to.
NOBODY = "erased@erased.invalid"
_EMPTY = {"masked_text": "", "subject": "", "raw": None, "recipient": NOBODY, "last_error": ""}
_QUEUED = Q(state=OutgoingMail.State.QUEUED)


def forget(about: Collection[str], *, before: datetime) -> int:
    """Empty the mails about these subjects; how many. Those that wait since *before* are not sent.

    What the act itself wrote, to tell somebody, goes out; :func:`finish` empties it then. Call it
    inside the act.
    """
    waiting = OutgoingMail.objects.filter(_QUEUED, about__in=about, created_at__lt=before)
    stopped = waiting.update(state=OutgoingMail.State.FAILED, **_EMPTY)
    return stopped + finish(about)


def finish(about: Collection[str]) -> int:
    """Empty the mails about these subjects that were sent or failed; how many. Twice is once."""
    done = OutgoingMail.objects.filter(about__in=about).exclude(_QUEUED)
    return done.exclude(recipient=NOBODY).update(**_EMPTY)


def forget_address(address: str, *, about: str) -> int:
    """Empty the mails to *address* about subjects that begin with *about*, sent or not; how many."""
    mails = OutgoingMail.objects.filter(recipient__iexact=address, about__startswith=about)
    stopped = mails.filter(_QUEUED).update(state=OutgoingMail.State.FAILED, **_EMPTY)
    return stopped + mails.exclude(_QUEUED).update(**_EMPTY)
