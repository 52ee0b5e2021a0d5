"""What the pages of the report show, as plain values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation, Question
from consulta.reports import desk
from consulta.reports.models import Edition, Paragraph
from consulta.reports.queries import Figures
from consulta.responses import content
from consulta.responses.models import Answer
from consulta.stakeholders import queries as stakeholders
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link
from consulta.web.ui.templatetags.ui import country, digits, filesize

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the outline (0: the introduction), and what is written under it."""

    position: int
    text: str
    language: str
    respondents: int
    paragraphs: list[Paragraph]


@dataclass(frozen=True, slots=True)
class BesideRow:
    """An answer to read beside the paragraph, and whether the paragraph cites it already."""

    number: str
    respondent: str
    group: str
    country: str
    text: str
    language: str
    question: int | None


def due(consultation: Consultation, now: datetime) -> Any:
    """The milestone of the report with its verdict; None where the procedure has none."""
    rows = consultations.clock_view(consultation, now).rows
    return next((row for row in rows if row.name == "report_published"), None)


def outline(
    consultation: Consultation,
    paragraphs: list[Paragraph],
    figures: dict[int | None, Figures],
    language: str,
) -> list[Asked]:
    """The introduction and every question, each with its paragraphs, in order."""
    asked = [Asked(0, _("Introduction"), current(), 0, _under(paragraphs, None))]
    for question in consultations.questions(consultation):
        text = consultations.question_text(question, language)
        answered = figures.get(question.position)
        asked.append(
            Asked(
                question.position,
                text.text,
                text.language,
                answered.total if answered else 0,
                _under(paragraphs, question.pk),
            )
        )
    return asked


def asked(consultation: Consultation, position: int) -> Question | None:
    """The question at *position*; None for the introduction. Raises Question.DoesNotExist."""
    if position == 0:
        return None
    for question in consultations.questions(consultation):
        if question.position == position:
            return question
    raise Question.DoesNotExist


def groups() -> dict[str, str]:
    """The names of the stakeholder groups by slug, in the page's language."""
    names = {
        g.slug: stakeholders.name(g, current()).text for g in stakeholders.stakeholder_groups()
    }
    return names | {"": _("Not shown")}


def by_group(figures: Figures, names: dict[str, str]) -> list[Row]:
    """Respondents per stakeholder group, the most first."""
    rows = sorted(figures.by_group.items(), key=lambda row: -row[1])
    return [(names.get(slug, slug), digits(count)) for slug, count in rows]


def by_country(figures: Figures) -> list[Row]:
    """Respondents per country, the most first."""
    rows = sorted(figures.by_country.items(), key=lambda row: (-row[1], row[0]))
    return [(country(code) if code else _("Not shown"), digits(count)) for code, count in rows]


def beside(answer: Answer, names: dict[str, str]) -> BesideRow:
    """One answer with who sent it; redacted passages stay out."""
    response = answer.version.response
    group = response.public_group
    return BesideRow(
        response.number,
        response.public_name,
        names.get(group.slug, group.slug) if group else "",
        response.public_country,
        content.public_text(answer),
        answer.version.language,
        answer.question,
    )


def tabs(consultation: Consultation, language: str, here: str) -> list[Link]:
    """Outline and coverage of the report in one language."""
    pages = (("report_written", _("Outline")), ("report_coverage", _("Which responses are cited")))
    return [
        Link(
            label=label,
            href=reverse(f"desk:{name}", args=[consultation.slug, language]),
            current=name == here,
        )
        for name, label in pages
    ]


def home(consultation: Consultation) -> Link:
    """The way back to the report's first page."""
    return Link(label=_("Report"), href=reverse("desk:report", args=[consultation.slug]))


def files(edition: Edition) -> list[dict[str, str]]:
    """The files of an edition with their addresses, sizes and fingerprints."""
    return [
        {
            "href": reverse(
                "desk:edition_file",
                args=[edition.consultation.slug, edition.pk, file.pk, file.name],
            ),
            "name": file.name,
            "size": filesize(file.size),
            "sha256": file.sha256,
        }
        for file in edition.files.all()
    ]


def percent(progress: desk.Progress) -> int:
    """How many in a hundred published responses the report cites."""
    return round(100 * progress.cited / progress.published) if progress.published else 0


def _under(paragraphs: list[Paragraph], question: int | None) -> list[Paragraph]:
    return [paragraph for paragraph in paragraphs if paragraph.question_id == question]
