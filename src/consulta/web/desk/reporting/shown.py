"""What the pages of the report show, as plain values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation, Question
from consulta.core.multilingual import Text
from consulta.reports import desk, following, locking, reviewing
from consulta.reports.models import Edition, Lock, Paragraph
from consulta.reports.reviewing import Standing
from consulta.responses import content
from consulta.responses.models import Answer
from consulta.stakeholders import queries as stakeholders
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link
from consulta.web.ui.templatetags.ui import filesize


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the outline (0: the introduction), and what is written under it."""

    position: int
    text: str
    language: str
    respondents: int
    paragraphs: list[Paragraph]
    standing: Standing
    lock: Lock | None
    waiting: int
    stale: int


@dataclass(frozen=True, slots=True)
class BesideRow:
    """An answer to read beside the paragraph; *pk* names it where a passage of it is cited."""

    pk: int
    number: str
    respondent: str
    group: str
    country: str
    text: str
    language: str
    question: int | None
    words: str = ""  # what was typed as the words of a passage


def due(consultation: Consultation, now: datetime) -> Any:
    """The milestone of the report with its verdict; None where the procedure has none."""
    rows = consultations.clock_view(consultation, now).rows
    return next((row for row in rows if row.name == "report_published"), None)


def outline(
    consultation: Consultation,
    paragraphs: list[Paragraph],
    answered: dict[int | None, int],
    language: str,
) -> list[Asked]:
    """The introduction and every question, each with its paragraphs, who edits it and its review."""
    known = _Known(
        paragraphs,
        reviewing.standing(consultation, language, paragraphs),
        locking.standing(consultation, language, timezone.now()),
    )
    asked = [_asked(0, Text(_("Introduction"), current()), 0, None, known)]
    for question in consultations.questions(consultation):
        text = consultations.question_text(question, language)
        total = answered.get(question.position, 0)
        asked.append(_asked(question.position, text, total, question.pk, known))
    return asked


@dataclass(frozen=True, slots=True)
class _Known:
    """What was asked once for a whole outline."""

    paragraphs: list[Paragraph]
    standing: dict[int | None, Standing]
    locks: dict[int | None, Lock]


def _asked(position: int, text: Text, total: int, pk: int | None, known: _Known) -> Asked:
    under = _under(known.paragraphs, pk)
    said = [sentence for paragraph in under for sentence in paragraph.sentences.all()]
    return Asked(
        position,
        text.text,
        text.language,
        total,
        under,
        known.standing.get(pk, Standing()),
        known.locks.get(pk),
        sum(following.is_waiting(sentence) for sentence in said),
        sum(following.is_stale(sentence) for sentence in said),
    )


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


def beside(answer: Answer, names: dict[str, str], words: str = "") -> BesideRow:
    """One answer with who sent it; redacted passages stay out. *words*: of a passage, as typed."""
    response = answer.version.response
    group = response.public_group
    return BesideRow(
        answer.pk,
        response.number,
        response.public_name,
        names.get(group.slug, group.slug) if group else "",
        response.public_country,
        content.public_text(answer),
        answer.version.language,
        answer.question,
        words,
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
