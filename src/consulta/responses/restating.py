"""Restating: who responds, told by the questionnaire that was asked for. Only while nothing was shown."""

from django.db import transaction

from consulta.core.lifecycle import State
from consulta.core.submission import Submission
from consulta.responses import content, intake, turn
from consulta.responses.asking_answers import BLANK
from consulta.responses.models import Response, Version
from consulta.stakeholders.models import Respondent, StakeholderGroup

_FIELDS = ("kind", "name", "organisation_name", "stakeholder_group", "country", "language")


def awaited(response: Response) -> bool:
    """Whether *response* is nothing yet but questionnaires without answers, which nobody accepted."""
    versions = list(response.versions.order_by("ordinal"))
    return (
        response.state in (State.RECEIVED, State.HELD)
        and response.published_version_id is None
        and all(BLANK in version.hold_reasons for version in versions)
        and versions[-1].screening == Version.Screening.WAITING
    )


@transaction.atomic
def restate(response: Response, submission: Submission) -> None:
    """Let *submission* say who responds, as the first letter would have with the form filled in.

    Whoever was known by a proved address when the letter came speaks for whom they spoke before.
    """
    response = turn.take(response)
    respondent = response.respondent
    if respondent.confirmed_how == Respondent.Confirmation.CHANNEL:
        return
    group = StakeholderGroup.objects.filter(slug=submission.respondent.stakeholder_group).first()
    for version in response.versions.filter(respondent_then={}):  # what they committed to stands
        version.respondent_then = content.private(version, answers=(), files=())["respondent"]
        version.save(update_fields=["respondent_then"])
    said = intake.claimed(submission, group=group, is_sample=response.is_sample)
    for field in _FIELDS:
        setattr(respondent, field, getattr(said, field))
    respondent.full_clean()
    respondent.save(update_fields=_FIELDS)
