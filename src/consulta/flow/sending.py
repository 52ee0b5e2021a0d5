"""Sending a draft: it becomes a response, or a new version of one, exactly once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from consulta.core.submission import Sender, Submission
from consulta.flow import journey
from consulta.responses import drafts, intake, receipt
from consulta.responses.errors import CancelledError, ClosedError
from consulta.responses.models import Draft, Response
from consulta.responses.receipt import Receipt


@dataclass(frozen=True, slots=True)
class Posting:
    """How a draft is sent. *terms*: the version shown; *by_mail*: whether the receipt is mailed."""

    arrived_at: datetime
    sender: Sender
    terms: str
    by_mail: bool = True


@transaction.atomic
def send(draft: Draft, posting: Posting) -> Receipt:
    """Send *draft*. Sent twice, by a double click or from two windows, it is one response.

    Raises ClosedError when the close, and the grace for drafts begun before it, have passed;
    NotYetOpenError, CancelledError. The draft is kept in each case.
    """
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.sent_at is not None and draft.response is not None:
        return receipt.again(draft.response)
    submission = drafts.submission(
        draft, arrived_at=posting.arrived_at, sender=posting.sender, terms=posting.terms
    )
    _must_be_in_time(draft, submission)
    if draft.response is None:
        given = journey.submission_arrives(submission, by_mail=posting.by_mail)
    else:
        journey.version_arrives(draft.response, submission)
        given = receipt.again(draft.response)
    drafts.mark_sent(draft, Response.objects.get(number=given.number), now=timezone.now())
    return given


def _must_be_in_time(draft: Draft, submission: Submission) -> None:
    """Through the web form nothing is taken late; by e-mail it is, and marked."""
    consultation = draft.consultation
    if consultation.cancelled_at is not None:
        raise CancelledError(consultation.slug)
    late = consultation.closes_at is not None and submission.arrived_at > consultation.closes_at
    if late and not intake.in_grace(consultation, submission):
        raise ClosedError(consultation.slug)
