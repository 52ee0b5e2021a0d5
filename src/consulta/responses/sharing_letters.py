"""Letters to people who write a draft together. None carries a word of the draft."""

from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import translation

from consulta.consultations.models import Consultation, ConsultationText
from consulta.core import addresses
from consulta.core.languages import django_code
from consulta.core.plaintext import one_line
from consulta.mailroom import outbox
from consulta.responses import letters
from consulta.responses.models import Colleague


def invitation(colleague: Colleague, token: str, *, lead: Colleague) -> None:
    """Ask *colleague* to write with *lead*."""
    _send("share_invited", colleague, token, {"lead": lead.name})


def lead(colleague: Colleague, token: str) -> None:
    """Tell whoever leads that the draft is shared now, with their own link."""
    _send("share_lead", colleague, token, {})


def handed_over(colleague: Colleague, token: str, *, former: Colleague) -> None:
    """Tell *colleague* that they lead the draft now, with a new link of their own."""
    _send("share_handed", colleague, token, {"former": former.name})


def own_link(colleague: Colleague, token: str) -> None:
    """Mail a colleague the link that they are using."""
    _send("share_link", colleague, token, {})


def topic(consultation: Consultation, language: str) -> str:
    """The topic in *language*, else in the original."""
    found = ConsultationText.objects.filter(consultation=consultation)
    texts = {text.language: text.topic for text in found}
    return texts.get(language) or texts.get(consultation.original_language) or ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to somebody who is no respondent. *secrets* never show at the desk."""

    template: str
    to: str
    language: str
    subject: Model
    secrets: tuple[str, ...]


def post(letter: Letter, words: dict[str, Any]) -> None:
    """Put *letter* into the outbox. Raises NotMailableError."""
    with translation.override(django_code(letter.language)):
        text = render_to_string(f"responses/letters/{letter.template}.txt", words)
    subject, _, body = text.strip().partition("\n")
    message = EmailMessage(subject=one_line(subject)[:200], body=body.lstrip("\n"), to=[letter.to])
    message.extra_headers["Auto-Submitted"] = "auto-generated"  # RFC 3834
    outbox.send(message, secrets=letter.secrets, subject=letter.subject)


def about(consultation: Consultation, language: str) -> dict[str, Any]:
    """What every such letter says of the consultation."""
    path = addresses.consultation(consultation.slug, language=language)
    return {
        "topic": topic(consultation, language),
        "closes_at": consultation.closes_at,
        "consultation_address": letters.link(path),
    }


def _send(template: str, colleague: Colleague, token: str, words: dict[str, Any]) -> None:
    draft, language = colleague.draft, colleague.language
    path = addresses.draft(token, language=language)
    told = about(draft.consultation, language) | {"draft_address": letters.link(path)}
    letter = Letter(template, colleague.email, language, draft, (token,))
    post(letter, told | words)
