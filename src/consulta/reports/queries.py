"""What pages ask about reports: paragraphs, citations, figures, editions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from consulta.consultations.models import Consultation, Question
from consulta.core.lifecycle import State
from consulta.meetings.models import Document
from consulta.reports.models import (
    Citation,
    Delivery,
    Edition,
    EditionFile,
    Paragraph,
    ReleaseNote,
    Sentence,
)
from consulta.responses.models import Answer, Response, Version


@dataclass(frozen=True, slots=True)
class CitedIn:
    """A sentence that cites a response, and under which question it stands (None: introduction)."""

    number: str
    version: int
    question: int | None
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Who answered one question (None: the whole): respondents, never votes."""

    question: int | None
    total: int
    by_group: dict[str, int]  # slug; empty: not shown
    by_country: dict[str, int]  # ISO 3166-1 alpha-2; empty: not shown


def is_written(consultation: Consultation, language: str) -> bool:
    """Say whether the report has a sentence in *language*."""
    return Sentence.objects.filter(
        paragraph__consultation=consultation, paragraph__language=language
    ).exists()


def paragraphs(consultation: Consultation, language: str) -> list[Paragraph]:
    """The paragraphs of the report in one language, with sentences and citations, in three queries."""
    citations = Citation.objects.select_related(
        "version__response__public_group", "version__response__respondent"
    ).order_by("version__response__serial")
    sentences = Sentence.objects.order_by("position").prefetch_related(
        Prefetch("citations", queryset=citations)
    )
    rows = Paragraph.objects.filter(consultation=consultation, language=language)
    return list(
        rows.select_related("question")
        .prefetch_related(Prefetch("sentences", queryset=sentences))
        .order_by("question__position", "position", "pk")
    )


def cited_responses(paragraphs: Iterable[Paragraph]) -> list[Response]:
    """The responses that *paragraphs* cite, in the order of their numbers; no query."""
    found = {
        citation.version.response_id: citation.version.response
        for paragraph in paragraphs
        for sentence in paragraph.sentences.all()
        for citation in sentence.citations.all()
    }
    return sorted(found.values(), key=lambda response: response.serial)


def languages_written(consultation: Consultation) -> list[str]:
    """The languages in which the report has paragraphs."""
    rows = Paragraph.objects.filter(consultation=consultation).order_by("language")
    return list(rows.values_list("language", flat=True).distinct())


def cited_in(responses: Iterable[Response]) -> dict[str, list[CitedIn]]:
    """By number: the sentences of released reports that cite each response. One query for a page."""
    found: dict[str, list[CitedIn]] = {}
    citations = (
        Citation.objects.filter(
            version__response__in=list(responses),
            sentence__paragraph__consultation__report_released_at__isnull=False,
        )
        .select_related("version__response", "sentence__paragraph__question")
        .order_by("sentence__paragraph__question__position", "sentence__position")
    )
    for citation in citations:
        found.setdefault(citation.version.response.number, []).append(_cited(citation))
    return found


def uncited(consultation: Consultation, language: str) -> QuerySet[Response]:
    """Published responses that no sentence of the report in *language* cites yet."""
    cited = Citation.objects.filter(
        sentence__paragraph__consultation=consultation, sentence__paragraph__language=language
    ).values("version__response_id")
    return (
        Response.objects.filter(consultation=consultation, state=State.PUBLISHED)
        .exclude(pk__in=cited)
        .select_related("public_group", "respondent")
        .order_by("serial")
    )


def figures(consultation: Consultation) -> dict[int | None, Figures]:
    """Who answered each question, by group and country: counted once, for the report and the desk."""
    rows = (
        Answer.objects.filter(
            version__screening=Version.Screening.PUBLISHED,
            version__response__consultation=consultation,
            version__response__state=State.PUBLISHED,
        )
        .order_by()
        .values_list(
            "question",
            "version__response__public_group__slug",
            "version__response__public_country",
        )
        .annotate(count=Count("pk"))
    )
    found: dict[int | None, Figures] = {}
    for question, group, country, count in rows:
        earlier = found.get(question) or Figures(question, 0, {}, {})
        found[question] = Figures(
            question,
            earlier.total + count,
            _plus(earlier.by_group, group or "", count),
            _plus(earlier.by_country, country or "", count),
        )
    return found


def editions(consultation: Consultation) -> QuerySet[Edition]:
    """Every edition of the consultation with its files, for the desk."""
    return Edition.objects.filter(consultation=consultation).prefetch_related("files")


def released(consultation: Consultation) -> list[Edition]:
    """The released editions with their files: the newest of each kind and language first."""
    rows = editions(consultation).filter(released_at__isnull=False)
    return list(rows.order_by("kind", "language", "-ordinal"))


def released_reports(consultations: Iterable[Consultation]) -> dict[int, list[Edition]]:
    """The released consolidated reports by the consultation's id, the first one first. One query."""
    found: dict[int, list[Edition]] = {consultation.pk: [] for consultation in consultations}
    rows = Edition.objects.filter(
        consultation__in=found, kind=Edition.Kind.CONSOLIDATED, released_at__isnull=False
    )
    rows = rows.select_related("consultation").defer("content")
    for edition in rows.order_by("released_at", "pk"):
        found[edition.consultation_id].append(edition)
    return found


def failed(consultations: Iterable[Consultation]) -> list[Edition]:
    """The editions whose files could not be made, for the desk. One query for a page."""
    broken = Edition.objects.filter(consultation__in=list(consultations), rendered_at__isnull=True)
    return list(broken.exclude(rendering_error=""))


def edition(pk: int) -> Edition:
    """One edition with its files. Raises Edition.DoesNotExist."""
    return Edition.objects.select_related("consultation").prefetch_related("files").get(pk=pk)


def released_file(pk: int) -> EditionFile:
    """A file of a released edition. Raises EditionFile.DoesNotExist."""
    return EditionFile.objects.select_related("edition__consultation").get(
        pk=pk, edition__released_at__isnull=False
    )


def delivery_of(consultation: Consultation) -> Delivery | None:
    """The delivery to the group, once it was made."""
    return Delivery.objects.filter(consultation=consultation).first()


def delivered_documents(delivery: Delivery) -> Sequence[Document]:
    """The documents of a delivery, in the order of their numbers."""
    return list(delivery.documents.select_related("meeting").order_by("sequence"))


def release_notes(consultation: Consultation) -> Sequence[ReleaseNote]:
    """The recorded explanations of responses that were undecided at release."""
    return list(ReleaseNote.objects.filter(consultation=consultation).order_by("written_at"))


def questions(consultation: Consultation) -> list[Question]:
    """The questions with their texts, in two queries."""
    rows = Question.objects.filter(consultation=consultation)
    return list(rows.order_by("position").prefetch_related("texts"))


def _cited(citation: Citation) -> CitedIn:
    paragraph = citation.sentence.paragraph
    return CitedIn(
        number=citation.version.response.number,
        version=citation.version.ordinal,
        question=paragraph.question.position if paragraph.question else None,
        language=paragraph.language,
        text=citation.sentence.text,
    )


def _plus(counts: dict[str, int], key: str, count: int) -> dict[str, Any]:
    return counts | {key: counts.get(key, 0) + count}
