"""What pages show of published responses. Everything here went through the public part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.consultations.models import Question
from consulta.core.multilingual import Text
from consulta.reports import frozen
from consulta.responses import attachments, confidentiality, naming
from consulta.responses.content import left_out, public_text, public_translations
from consulta.responses.models import Answer, Attachment, Redaction, Response
from consulta.stakeholders import queries as stakeholders
from consulta.web.public.shown import passages
from consulta.web.ui import options
from consulta.web.ui.parts import File

EXCERPT = 280  # characters
#: In a list by question a longer answer is cut; its own page shows it whole.
LONGEST = 2000  # characters
_SHOWN = (Attachment.Safety.CLEAN, Attachment.Safety.RELEASED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A response in a list, for the component response_card."""

    number: str
    href: str
    respondent: str
    group: str
    country: str
    language: str
    at: datetime | None
    zone: str
    excerpt: str
    files: int
    late: bool
    confirmed: bool
    state: str = "published"


@dataclass(frozen=True, slots=True)
class Translation:
    """An answer in another language, with its status."""

    language: str
    text: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An answer, for the component answer, with its translations; *is_cut*: only its beginning."""

    question: str = ""
    question_lang: str = ""
    label: str = ""
    text: str
    lang: str
    respondent: str = ""
    href: str = ""
    redacted: bool
    confidential: bool = False  # a passage is left out because the respondent kept it from readers
    is_cut: bool
    translations: Sequence[Translation]
    chosen: Sequence[Text] = ()
    card: Card | None = None
    marked: str = ""  # the text as HTML, where a report cites passages of it


def card(response: Response, language: str) -> Card:
    """Show *response*, loaded whole, in a list; group names in *language*."""
    version = response.published_version
    answers = list(version.answers.all()) if version else []
    text = next((found for a in answers if (found := public_text(a).strip())), "")
    files = [f for f in version.attachments.all() if f.safety in _SHOWN] if version else []
    return Card(
        **_marks(response, language, response.consultation.timezone),
        excerpt=beginning(text, EXCERPT),
        files=len(files),
    )


def answer(
    answer: Answer, questions: Mapping[int, Question], language: str, *, longest: int | None = None
) -> Shown:
    """Show one answer under its question, in words for a reader of *language*."""
    question = questions.get(answer.question) if answer.question is not None else None
    asked = consultations.question_text(question, language) if question else None
    text = public_text(answer)
    cut = longest is not None and len(text) > longest
    return Shown(
        question=asked.text if asked else _("To the whole consultation"),
        question_lang=asked.language if asked else "",
        label=_("Question %(number)s") % {"number": answer.question} if question else "",
        text=beginning(text, longest) if cut and longest else text,
        lang=answer.version.language,
        redacted=bool(_applied(answer)),
        confidential=confidentiality.says_so(answer),
        is_cut=cut,
        translations=() if cut else translations(answer),
        chosen=options.chosen(question, answer.choices),
    )


def marked(
    answer_: Answer,
    questions: Mapping[int, Question],
    language: str,
    cited: Sequence[frozen.Passage],
) -> Shown:
    """Show one answer with the passages marked that a released report cites."""
    shown = answer(answer_, questions, language)
    return replace(shown, marked=passages.marked(shown.text, shown.lang, cited))


def answer_in_list(
    answer: Answer, language: str, *, zone: str, question: Question | None = None
) -> Shown:
    """Show one answer in a list of answers to the same question, with who gave it."""
    response = answer.version.response
    text = public_text(answer)
    cut = len(text) > LONGEST
    return Shown(
        text=beginning(text, LONGEST) if cut else text,
        lang=answer.version.language,
        redacted=bool(_applied(answer)),
        confidential=confidentiality.says_so(answer),
        is_cut=cut,
        translations=() if cut else translations(answer),
        chosen=options.chosen(question, answer.choices),
        card=Card(**_marks(response, language, zone), excerpt="", files=0),
    )


def translations(answer: Answer) -> list[Translation]:
    """Return the translations that may be shown: none made before a passage was redacted."""
    return [Translation(t.language, t.text, t.status) for t in public_translations(answer)]


def files(response: Response) -> list[File]:
    """Return the files that readers may have, each with its real type and size."""
    version = response.published_version
    return [
        File(
            href=reverse("public:attachment", args=[response.number, file.pk]),
            format=attachments.download_name(file),
            size=file.clean_size,
        )
        for file in (version.attachments.all() if version else ())
        if file.safety in _SHOWN
    ]


def beginning(text: str, longest: int) -> str:
    """Return the first *longest* characters of *text*, cut between words where it has spaces."""
    if len(text) <= longest:
        return text
    head, _space, tail = text[:longest].rpartition(" ")
    return f"{(head if head and len(tail) < 40 else text[:longest]).rstrip()}…"


def why_unnamed(response: Response) -> str:
    """Say why no name stands on a published response; empty where one does."""
    reasons = {
        "not-confirmed": _("The sender did not confirm the address, so no name is shown."),
        "mandate-not-confirmed": _(
            "The claim to speak for this government or organisation is not confirmed, so no name "
            "is shown."
        ),
        "withheld": _("The respondent asked that the name be withheld."),
    }
    return reasons.get(naming.public(response.respondent).why, "")


def _applied(answer: Answer) -> list[Redaction]:
    return left_out(answer)


def _marks(response: Response, language: str, zone: str) -> dict[str, Any]:
    group = response.public_group
    return {
        "number": response.number,
        "href": reverse("public:response", args=[response.number]),
        "respondent": response.public_name,
        "group": stakeholders.name(group, language).text if group else "",
        "country": response.public_country,
        "language": response.public_language,
        "at": response.published_at,
        "zone": zone,
        "late": response.late and not response.within_grace,
        "confirmed": response.respondent.confirmed,
    }
