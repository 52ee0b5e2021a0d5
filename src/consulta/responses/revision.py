"""Revision: a respondent changes a response until the close; every version is kept."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from consulta.core.lifecycle import State
from consulta.core.submission import Submission
from consulta.ledger import ledger
from consulta.responses import content, intake, letters, links, turn
from consulta.responses.errors import ClosedError
from consulta.responses.models import Response, ReturnLink, Version

_CHANGEABLE = (State.RECEIVED, State.HELD, State.ACCEPTED, State.PUBLISHED)


@transaction.atomic
def revise(response: Response, submission: Submission, *, beside: bool = False) -> Version:
    """Keep *submission* as the next version; a published one stands until this one is screened.

    *beside*: it may be no more than thanks, so an earlier one that was not shown yet stands as well,
    until a person decides.

    The same idempotency key twice is one version. Raises ClosedError after the close (grace for
    drafts saved before it), or when the response was withdrawn, declined or removed.
    """
    response = turn.take(response)
    same = response.versions.filter(idempotency_key=submission.idempotency_key).first()
    if same is not None:
        return same
    closes_at = response.consultation.closes_at
    late = closes_at is not None and submission.arrived_at > closes_at
    if response.state not in _CHANGEABLE or (
        late and not intake.in_grace(response.consultation, submission)
    ):
        raise ClosedError(response.number)
    latest = response.versions.latest("ordinal")
    version = intake.add_version(response, submission, ordinal=latest.ordinal + 1)
    if not beside:
        _supersede(response, version)
    commitments = {"private": version.private_fingerprint}
    ledger.record("version_received", response, by="respondent", commitments=commitments)
    letters.write(response, "revised", context={"version": version}, reply_token=_token(response))
    return version


def _token(response: Response) -> str:
    """The secret of the address to which an answer brings the next version; none for a stranger."""
    if not response.respondent.confirmed:
        return ""
    return links.give(response, ReturnLink.Purpose.ANSWER, now=timezone.now())


def possible(response: Response, at: datetime) -> bool:
    """Whether a new version may be begun at the instant *at*: until the close, while it stands."""
    consultation = response.consultation
    return response.state in _CHANGEABLE and consultation.state(at) == consultation.State.OPEN


def _supersede(response: Response, version: Version) -> None:
    """An earlier version that was not shown yet gives way to *version*."""
    response.versions.exclude(pk=version.pk).filter(
        screening__in=[Version.Screening.WAITING, Version.Screening.ACCEPTED]
    ).update(screening=Version.Screening.SUPERSEDED)


def changed(version: Version) -> bool:
    """Whether *version* says anything else than the one before it."""
    earlier = version.response.versions.filter(ordinal__lt=version.ordinal).last()
    return earlier is None or content.private(earlier) != content.private(version)
