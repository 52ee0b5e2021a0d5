"""Recovery: a respondent lost the private link and asks for a new one, which goes by mail only."""

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from consulta.core import addresses
from consulta.core.languages import django_code
from consulta.core.plaintext import one_line
from consulta.mailroom import outbox
from consulta.responses import letters, links, receipt, revision
from consulta.responses.models import Draft, Response, ReturnLink


@transaction.atomic
def send_link(number: str, *, email: str) -> bool:
    """Mail a new private link for the response *number* if *email* is its sender's.

    An address that was never confirmed gets the confirmation mail instead, which has no word of the
    response. Returns whether they match; the page must not tell.
    """
    response = (
        Response.objects.select_related("consultation", "respondent").filter(number=number).first()
    )
    if response is None or not email or response.respondent.email.lower() != email.lower():
        return False
    if not response.respondent.confirmed:
        receipt.ask_again(response)
        return True
    now = timezone.now()
    token = links.give(response, ReturnLink.Purpose.RESPONDENT, now=now)
    path = addresses.mine(token, language=response.respondent.language)
    context = {"mine_address": letters.link(path), "may_change": revision.possible(response, now)}
    letters.write(response, "link", context=context, secrets=[token])
    return True


@transaction.atomic
def send_draft_link(draft: Draft, token: str, *, email: str, language: str) -> None:
    """Mail the return link of *draft* to its writer. Raises NotMailableError."""
    context = {
        "draft_address": letters.link(addresses.draft(token, language=language)),
        "expires_at": draft.expires_at,
        "closes_at": draft.consultation.closes_at,
    }
    with translation.override(django_code(language)):
        text = render_to_string("responses/letters/draft.txt", context)
    subject, _, body = text.strip().partition("\n")
    message = EmailMessage(subject=one_line(subject)[:200], body=body.lstrip("\n"), to=[email])
    outbox.send(message, secrets=[token], subject=draft)
