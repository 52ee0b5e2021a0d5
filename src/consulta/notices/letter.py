"""The mail of a notice: what happened, where to read it, why it came, and how to be told no more."""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.core import addresses
from consulta.core.languages import django_code
from consulta.core.plaintext import one_line
from consulta.notices import wording
from consulta.notices.models import Follow, Notice
from consulta.notices.telling import Kind

SUMMARY = (Kind.SUMMARY_AGREED, Kind.SUMMARY_NOT_AGREED, Kind.SUMMARY_CARRIED)


class Why(StrEnum):
    """Why an address is told."""

    CONSULTATION = "consultation"
    GROUP = "group"
    EVERYTHING = "everything"
    RESPONDED = "responded"


@dataclass(frozen=True, slots=True)
class To:
    """Who gets the mail, in which language, why, and the secret of the link that ends it."""

    email: str
    language: str
    why: Why
    end_token: str


def why_followed(follow: Follow) -> Why:
    """Say what it is that *follow* follows."""
    if follow.consultation_id is not None:
        return Why.CONSULTATION
    return Why.EVERYTHING if follow.group_id is None else Why.GROUP


def write(notice: Notice, to: To, *, end: str) -> EmailMessage:
    """Write the mail about *notice*; *end* is the path of the button that ends such mails."""
    consultation, end_address = notice.consultation, settings.BASE_URL + end
    with translation.override(django_code(to.language)):
        topic = consultation_queries.topic(consultation, to.language).text
        context = {
            "title": wording.title(notice, topic),
            "sentence": wording.sentence(notice),
            "in_utc": wording.in_utc(notice),
            "reason": wording.reason(notice).text,
            "address": settings.BASE_URL + _path(notice, to.language),
            "why": to.why,
            "end_address": end_address,
        }
        body = render_to_string("notices/notice.txt", context)
        subject = one_line(context["title"])[:200]
    mail = EmailMessage(subject=subject, body=body.strip() + "\n", to=[to.email])
    mail.extra_headers = headers(consultation, end=end_address, language=to.language)
    return mail


def headers(consultation: Consultation, *, end: str, language: str) -> dict[str, str]:
    """What a mail about *consultation* says of itself; *end* ends such mails by one press (RFC 8058)."""
    return {
        "List-Id": f"<{consultation.slug}.consultations.{settings.MAIL_DOMAIN}>",
        "List-Unsubscribe": f"<{end}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
    }


def _path(notice: Notice, language: str) -> str:
    """The page that shows what the mail tells of."""
    slug, meeting = notice.consultation.slug, notice.parameters.get("meeting")
    if notice.kind == Kind.REPORT:
        return addresses.report(slug, language=language)
    if notice.kind in SUMMARY:
        return addresses.summary(slug, language=language)
    if notice.kind == Kind.CONTEST_ANSWERED:
        return addresses.contest(notice.parameters["number"], language=language)
    if notice.kind in (Kind.MEETING_WEEK, Kind.MEETING_SOON, Kind.MEETING_MOVED) and meeting:
        return addresses.meeting(meeting, language=language)
    return addresses.consultation(slug, language=language)
