"""What the pages of the table show, as plain values. Responses went through their public part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation, Question
from consulta.core.multilingual import Text
from consulta.core.regions import NOT_SHOWN
from consulta.flow import tabling
from consulta.meetings import queries
from consulta.meetings.models import Document, Meeting
from consulta.reports import figures
from consulta.reports.figures import Figures
from consulta.reports.models import Edition, GroupDiscussion
from consulta.reports.renderers import html
from consulta.responses import attachments
from consulta.responses.content import left_out, public_text, public_translations
from consulta.responses.models import Answer, Attachment, Response
from consulta.stakeholders import queries as stakeholders
from consulta.web.ui import options
from consulta.web.ui.parts import File, Link

_SAFE = (Attachment.Safety.CLEAN, Attachment.Safety.RELEASED)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as members see it; *what*: of what, in words."""

    row: GroupDiscussion
    what: str


@dataclass(frozen=True, slots=True)
class Translation:
    """An answer in another language, with what it is worth."""

    language: str
    text: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer, for the component `answer`, with who gave it and the marks on it."""

    text: str
    lang: str
    redacted: bool
    translations: Sequence[Translation]
    chosen: Sequence[Text]
    number: str
    respondent: str
    group: str
    country: str
    question: str = ""
    question_lang: str = ""
    label: str = ""
    marks: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What a report or a brief summary says here. *body*: escaped by the renderer; empty: nothing."""

    edition: Edition
    body: SafeString


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a question, by stakeholder group and by option; they count views, never votes."""

    total: int
    groups: Sequence[tuple[str, int]]
    options: Sequence[tuple[Text, int]]


def tabs(
    meeting: Meeting, consultation: Consultation, totals: Mapping[int | None, int], chosen: int
) -> list[Link]:
    """One tab for each question, and one for what is said of the whole."""
    here = reverse("members:table_of", args=[meeting.slug, consultation.slug])
    found = [
        Link(
            label=_("Question %(number)s") % {"number": question.position},
            href=f"{here}?question={question.position}",
            current=chosen == question.position,
            count=totals.get(question.position, 0),
        )
        for question in consultations.questions(consultation)
    ]
    whole = Link(
        label=_("The whole"), href=here, current=chosen == 0, count=totals.get(None, 0) or None
    )
    return [whole, *found]


def said(
    answer: Answer, question: Question | None, language: str, marks: Sequence[Mark] = ()
) -> Said:
    """Show an answer with who gave it."""
    response = answer.version.response
    asked = consultations.question_text(question, language) if question else None
    group = response.public_group
    return Said(
        text=public_text(answer),
        lang=answer.version.language,
        redacted=bool(left_out(answer)),
        translations=[
            Translation(t.language, t.text, t.status) for t in public_translations(answer)
        ],
        chosen=options.chosen(question, answer.choices),
        number=response.number,
        respondent=response.public_name,
        group=stakeholders.name(group, language).text if group else "",
        country=response.public_country,
        question=asked.text if asked else _("To the whole consultation"),
        question_lang=asked.language if asked else "",
        label=_("Question %(number)s") % {"number": answer.question} if question else "",
        marks=marks,
    )


def read(edition: Edition | None, question: int) -> Read | None:
    """Show what *edition* says under a question; None where there is no edition."""
    if edition is None:
        return None
    found = tabling.piece(edition, question)
    body = html.body_html(found) if found else ""
    return Read(edition, mark_safe(body))  # noqa: S308  (the renderer escaped it)


def counts(figured: Figures, question: Question | None, language: str) -> Counts:
    """The figures of one question in words of the reader."""
    names = {
        group.slug: stakeholders.name(group, language).text
        for group in stakeholders.stakeholder_groups()
    }
    names |= {NOT_SHOWN: _("Not shown")}
    groups = figures.largest_first(figured.by_group, last=(NOT_SHOWN,))
    chosen = {slug: sum(by.values()) for slug, by in figured.by_option.items() if slug}
    offered = [(slug, options.chosen(question, [slug])[0]) for slug in chosen]
    return Counts(
        figured.total,
        [(names.get(slug, slug), figured.by_group[slug]) for slug in groups],
        [(text, chosen[slug]) for slug, text in offered],
    )


def files(response: Response) -> list[File]:
    """The files that readers may have of a response."""
    version = response.published_version
    return [
        File(
            href=reverse("public:attachment", args=[response.number, file.pk]),
            format=attachments.download_name(file),
            size=file.clean_size,
        )
        for file in (version.attachments.all() if version else ())
        if file.safety in _SAFE
    ]


def documents(laid: Sequence[Document], language: str) -> list[dict[str, object]]:
    """The documents that lie before the meeting, each with its files."""
    found: list[dict[str, object]] = []
    for document in laid:
        title = queries.title(document, language)
        kept = [
            File(
                href=reverse("members:document_file", args=[document.pk, file["name"]]),
                format=str(file["name"]).rpartition(".")[2].upper(),
                language=file.get("language", ""),
                size=file.get("size"),
            )
            for file in document.files
        ]
        found.append({"title": title.text, "lang": title.language, "on": document.posted_at,
                      "note": document.number, "files": kept})  # fmt: skip
    return found


def marks(rows: Sequence[GroupDiscussion]) -> list[Mark]:
    """Show *rows*, each with of what it is."""
    return [Mark(row, what(row)) for row in rows]


def what(row: GroupDiscussion) -> str:
    """Say what a mark is about."""
    if row.summary_id is not None:
        return _("The brief summary")
    if row.response is not None and row.question is not None:
        said_ = {"number": row.response.number, "question": row.question.position}
        return _("What response %(number)s says to question %(question)s") % said_
    if row.response is not None:
        return _("Response %(number)s") % {"number": row.response.number}
    if row.question is not None:
        return _("The responses to question %(question)s") % {"question": row.question.position}
    return _("The responses as a whole")


def day_within(meeting: Meeting, today: date) -> date:
    """The day on which something was most likely discussed: today, or the meeting's nearest day."""
    first, last = meeting.starts_on or today, meeting.ends_on or meeting.starts_on or today
    return min(max(today, first), last)
