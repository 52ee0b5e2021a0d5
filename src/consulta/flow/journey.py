"""The journey of one response. Read this file first.

Each line is one room: a module with one job. A response only moves forward; what may follow what is
in :mod:`consulta.core.lifecycle`. By date, the journey goes on: `reports.assembly`, `reports.release`,
`reports.delivery`, `repository.deposit`.
"""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import terms
from consulta.core.submission import Submission
from consulta.responses import (
    intake,
    lateness,
    moderation,
    publication,
    receipt,
    revision,
    screening,
    signatories,
)
from consulta.responses.models import Response, Version
from consulta.responses.receipt import Receipt


@transaction.atomic
def submission_arrives(submission: Submission, *, by_mail: bool = True) -> Receipt:
    """Something arrived, by web, e-mail, API or desk: all channels meet here.

    *by_mail*: whether the receipt is also mailed. Returns the receipt. Sent twice, it is one
    response; the second receipt has a private link of its own. Raises what
    :func:`consulta.responses.intake.register` raises.
    """
    registered = intake.register(submission)
    if not registered.is_new:
        return receipt.again(registered.response)
    given = receipt.acknowledge(registered.response, version=registered.version, by_mail=by_mail)
    if not lateness.refuse(registered.response, by_mail=by_mail):
        screening.screen_now(registered.response)
    return given


@transaction.atomic
def version_arrives(response: Response, submission: Submission) -> Version:
    """A respondent changed a response: the new words are screened while the old ones stand."""
    version = revision.revise(response, submission)
    if revision.changed(version):
        signatories.ask_anew(version)
    screening.screen_now(version.response)
    return version


@transaction.atomic
def accept_and_publish(response: Response, *, by: User) -> None:
    """Accept what is held or waits for its sender, and show it at once.

    Where the rule shows all responses together after the close, it waits for that.
    """
    moderation.accept(response, by=by)
    if not terms.sealed(response.consultation, timezone.now()):
        publication.publish(response, by=by)
