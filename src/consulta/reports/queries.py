"""What pages ask about reports: paragraphs, citations, figures, editions."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Prefetch, QuerySet

from consulta.consultations.models import Consultation, Question
from consulta.core.lifecycle import State
from consulta.meetings.models import Document
from consulta.reports import frozen
from consulta.reports.frozen import CitedIn
from consulta.reports.models import (
    Citation,
    Delivery,
    Edition,
    EditionFile,
    Paragraph,
    ReleaseNote,
    Sentence,
)
from consulta.responses.models import Response


def is_written(consultation: Consultation, language: str) -> bool:
    """Say whether the report has a sentence in *language*."""
    return Sentence.objects.filter(
        paragraph__consultation=consultation,
        paragraph__language=language,
        paragraph__part=Paragraph.Part.REPORT,
    ).exists()


def paragraphs(
    consultation: Consultation,
    language: str,
    *,
    parts: Collection[str] = (Paragraph.Part.REPORT,),
) -> list[Paragraph]:
    """The paragraphs of the report in one language, with sentences and citations, in four queries.

    *parts*: of which document; the brief summary has two.
    """
    rows = Paragraph.objects.filter(consultation=consultation, language=language, part__in=parts)
    return list(with_sentences(rows).order_by("question__position", "position", "pk"))


def with_sentences(rows: QuerySet[Paragraph]) -> QuerySet[Paragraph]:
    """*rows* with their sentences, what these follow and cite, and what was redacted: three queries more."""
    citations = (
        Citation.objects.select_related(
            "version__response__public_group",
            "version__response__respondent",
            "answer__version__response",
        )
        .prefetch_related("answer__redactions")
        .order_by("version__response__serial", "start", "pk")
    )
    sentences = Sentence.objects.order_by("position").select_related("source__paragraph")
    sentences = sentences.prefetch_related(Prefetch("citations", queryset=citations))
    return rows.select_related("question").prefetch_related(
        Prefetch("sentences", queryset=sentences)
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
    rows = Paragraph.objects.filter(consultation=consultation, part=Paragraph.Part.REPORT)
    rows = rows.order_by("language")
    return list(rows.values_list("language", flat=True).distinct())


def cited_in(responses: Iterable[Response]) -> dict[str, list[CitedIn]]:
    """By number: the sentences of released reports that cite each response. Three queries for a page."""
    return frozen.cited_in(responses)


def uncited(consultation: Consultation, language: str) -> QuerySet[Response]:
    """Published responses that no sentence of the report in *language* cites yet."""
    cited = Citation.objects.filter(
        sentence__paragraph__consultation=consultation,
        sentence__paragraph__language=language,
        sentence__paragraph__part=Paragraph.Part.REPORT,
    ).values("version__response_id")
    return (
        Response.objects.filter(consultation=consultation, state=State.PUBLISHED)
        .exclude(pk__in=cited)
        .select_related("public_group", "respondent")
        .order_by("serial")
    )


def editions(consultation: Consultation) -> QuerySet[Edition]:
    """Every edition of the consultation with its files, for the desk."""
    rows = Edition.objects.filter(consultation=consultation).prefetch_related("files")
    return rows.select_related("consultation", "document__meeting__group")


def released(consultation: Consultation) -> list[Edition]:
    """The released editions with their files: the newest of each kind and language first.

    What belongs to the brief summary has a page of its own (`summary_queries.shown`).
    """
    rows = editions(consultation).filter(released_at__isnull=False, restricted_at__isnull=True)
    rows = rows.exclude(kind__in=[Edition.Kind.SUMMARY, Edition.Kind.AGREEMENT])
    return list(rows.order_by("kind", "language", "-ordinal"))


def released_reports(consultations: Iterable[Consultation]) -> dict[int, list[Edition]]:
    """The released consolidated reports by the consultation's id, the first one first. One query."""
    found: dict[int, list[Edition]] = {consultation.pk: [] for consultation in consultations}
    rows = Edition.objects.filter(
        consultation__in=found,
        kind=Edition.Kind.CONSOLIDATED,
        released_at__isnull=False,
        restricted_at__isnull=True,
    )
    rows = rows.select_related("consultation").defer("content")
    for edition in rows.order_by("released_at", "pk"):
        found[edition.consultation_id].append(edition)
    return found


def first_released(consultation: Consultation) -> Edition | None:
    """The consolidated report that was released first: its language met the date of the rule."""
    found = released_reports([consultation])[consultation.pk]
    return found[0] if found else None


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
        pk=pk, edition__released_at__isnull=False, edition__restricted_at__isnull=True
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
    """The questions with their texts and options, in four queries."""
    rows = Question.objects.filter(consultation=consultation).select_related("consultation")
    return list(rows.order_by("position").prefetch_related("texts", "options__texts"))
