"""Confirmation: whose name stands on a response. It never decides whether the response counts."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.groups.permissions import Act
from consulta.responses import links, publication, receipt, screening, turn
from consulta.responses.errors import (
    LinkUnknownError,
    NotConfirmableError,
    ReasonMissingError,
)
from consulta.responses.models import Response, ReturnLink
from consulta.stakeholders import known
from consulta.stakeholders.models import Respondent


@transaction.atomic
def confirm(
    response: Response, *, how: Respondent.Confirmation, by: User | None = None, evidence: str = ""
) -> None:
    """Put the sender's name to *response*: by the button, by answering the mail, or by an officer.

    An officer's confirmation needs recorded evidence (ReasonMissingError). Confirming twice changes
    nothing. The copy of the response follows the first confirmation.
    """
    turn.renew(response)
    respondent = response.respondent
    if respondent.confirmed:
        return
    if by is not None:
        permissions.require(by, Act.CONFIRM_SENDER, response.consultation)
    if how == Respondent.Confirmation.OFFICER and not evidence.strip():
        raise ReasonMissingError
    if how != Respondent.Confirmation.OFFICER and not respondent.email:
        raise NotConfirmableError
    respondent.confirmed_at = timezone.now()
    respondent.confirmed_how = how
    respondent.confirmation_evidence = evidence
    respondent.organisation = respondent.organisation or known.organisation(respondent.email)
    respondent.full_clean()
    respondent.save()
    publication.show_name(response)
    publication.record_change(response, act="response_confirmed", by=by or "respondent")
    _follow_up(response)


@transaction.atomic
def confirm_mandate(response: Response, *, by: User, evidence: str) -> None:
    """Show the claim to speak for a government or an intergovernmental organisation.

    *by* is its focal point or an officer; *evidence* says on what ground (ReasonMissingError).
    """
    permissions.require(by, Act.CONFIRM_SENDER, response.consultation)
    if not evidence.strip():
        raise ReasonMissingError
    turn.renew(response)
    respondent = response.respondent
    respondent.mandate_confirmed_at = timezone.now()
    respondent.mandate_confirmed_by = by
    respondent.confirmation_evidence = "\n".join(
        filter(None, [respondent.confirmation_evidence, evidence])
    )
    respondent.full_clean()
    respondent.save()
    publication.show_name(response)
    publication.record_change(response, act="response_confirmed", by=by)


@transaction.atomic
def show_name(response: Response, *, whole: bool, by: User) -> None:
    """Let the name stand as it was written, or leave out again what looks like a way to reach somebody.

    For a name of which the rules left something out that is neither an address nor a number.
    """
    permissions.require(by, Act.CONFIRM_SENDER, response.consultation)
    turn.renew(response)
    if response.respondent.name_stands == whole:
        return
    response.respondent.name_stands = whole
    response.respondent.save(update_fields=["name_stands"])
    publication.show_name(response)
    act = "mark_dismissed" if whole else "passage_redacted"
    publication.record_change(response, act=act, by=by)


def use_link(token: str) -> Response:
    """Confirm by the button behind the mailed link. Raises LinkUnknownError."""
    link = links.find(token, ReturnLink.Purpose.CONFIRM, now=timezone.now())
    with transaction.atomic():
        confirm(link.response, how=Respondent.Confirmation.BUTTON)
        link.used_at = link.used_at or timezone.now()
        link.save(update_fields=["used_at"])
    return link.response


def use_answer(token: str, *, sender: str) -> Response:
    """Confirm by answering the mail: *token* came in its Reply-To address, *sender* in From.

    Raises LinkUnknownError when unknown, expired, or when another address answered.
    """
    link = links.find(token, ReturnLink.Purpose.CONFIRM, now=timezone.now())
    if sender.strip().lower() != link.response.respondent.email.lower():
        raise LinkUnknownError
    confirm(link.response, how=Respondent.Confirmation.MAIL)
    return link.response


def _follow_up(response: Response) -> None:
    if response.respondent.email:
        token = links.give(response, ReturnLink.Purpose.RESPONDENT, now=timezone.now())
        receipt.send_copy(response, response.versions.latest("ordinal"), mine=token)
    screening.screen_now(response)
    response.refresh_from_db()
