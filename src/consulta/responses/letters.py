"""Letters to respondents, in their own language. Each is an outbox row in the act's transaction."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from consulta.consultations.models import ConsultationText
from consulta.core import addresses
from consulta.core.languages import django_code
from consulta.core.plaintext import one_line
from consulta.mailroom import outbox
from consulta.mailroom.models import OutgoingMail
from consulta.responses.models import Response


def write(
    response: Response,
    letter: str,
    *,
    context: dict[str, Any] | None = None,
    secrets: Sequence[str] = (),
    reply_token: str = "",
) -> list[OutgoingMail]:
    """Send the letter called *letter* about *response* to its respondent; nothing without an address.

    The template `responses/letters/{letter}.txt` gives the subject in its first line.
    """
    respondent = response.respondent
    if not respondent.email:
        return []
    with translation.override(django_code(respondent.language)):
        text = render_to_string(
            f"responses/letters/{letter}.txt", _context(response) | (context or {})
        )
    subject, _, body = text.strip().partition("\n")
    message = EmailMessage(
        subject=one_line(subject)[:200], body=body.lstrip("\n"), to=[respondent.email]
    )
    message.extra_headers["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's program answers
    if reply_token:
        message.reply_to = [f"answer+{reply_token}@{settings.MAIL_DOMAIN}"]
    return outbox.send(message, secrets=secrets, subject=response, reply_token=reply_token)


def link(path: str) -> str:
    """The full address of *path*."""
    return f"{settings.BASE_URL}{path}"


def topic(response: Response) -> str:
    """The topic in the respondent's language, else in the original."""
    texts = {
        text.language: text.topic
        for text in ConsultationText.objects.filter(consultation_id=response.consultation_id)
    }
    original = response.consultation.original_language
    return texts.get(response.respondent.language) or texts.get(original) or ""


def _context(response: Response) -> dict[str, Any]:
    language = response.respondent.language
    slug = response.consultation.slug
    return {
        "response": response,
        "topic": topic(response),
        "response_address": link(addresses.response(response.number, language=language)),
        "register_address": link(addresses.register(slug, language=language)),
        "base_url": settings.BASE_URL,
    }
