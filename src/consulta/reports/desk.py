"""What the desk asks while a report is written: answers to read beside, coverage, progress."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet

from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.core.numbering import western
from consulta.reports import queries
from consulta.reports.models import Citation, Edition, Paragraph, Sentence
from consulta.responses.models import Answer, Response, Version

BESIDE = 10
COVERED = 100


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked for among the answers: words or a number, a stakeholder group, which page."""

    words: str = ""
    group: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Beside:
    """Some answers, how many there are in all, and whether more follow."""

    answers: Sequence[Answer]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """A published response and the sentences that cite it, none while it is not cited."""

    response: Response
    sentences: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the report in one language is: sentences written, responses cited of those published."""

    language: str
    sentences: int
    cited: int
    published: int


def answers(consultation: Consultation, position: int | None, look: Look) -> Beside:
    """Published answers to one question (None: to any), looked through; two queries and two more."""
    rows = Answer.objects.filter(
        version__screening=Version.Screening.PUBLISHED,
        version__response__consultation=consultation,
        version__response__state=State.PUBLISHED,
    )
    if position is not None:
        rows = rows.filter(question=position)
    rows = _looked(rows, look)
    start = (max(1, look.page) - 1) * BESIDE
    found = (
        rows.select_related("version__response__public_group", "version__response__respondent")
        .prefetch_related("redactions", "translations")
        .order_by("version__response__serial", "question")
    )
    total = rows.count()
    return Beside(list(found[start : start + BESIDE]), total, total > start + BESIDE)


def coverage(
    consultation: Consultation, language: str, *, page: int = 1, only_uncited: bool = False
) -> tuple[list[Covered], bool]:
    """Published responses with the sentences that cite them, and whether more follow. Two queries."""
    rows: QuerySet[Response] = Response.objects.filter(
        consultation=consultation, state=State.PUBLISHED
    ).select_related("public_group", "respondent")
    if only_uncited:
        rows = queries.uncited(consultation, language)
    start = (max(1, page) - 1) * COVERED
    found = list(rows.order_by("serial")[start : start + COVERED + 1])
    shown = {response.pk: Covered(response) for response in found[:COVERED]}
    citations = Citation.objects.filter(
        version__response__in=list(shown),
        sentence__paragraph__language=language,
        sentence__paragraph__part=Paragraph.Part.REPORT,
    ).select_related("version", "sentence__paragraph__question")
    asked = F("sentence__paragraph__question__position").asc(nulls_first=True)  # introduction first
    in_report = (asked, "sentence__paragraph__position", "sentence__position")
    for citation in citations.order_by(*in_report):
        shown[citation.version.response_id].sentences.append(citation.sentence)
    return list(shown.values()), len(found) > COVERED


def progress(consultation: Consultation) -> dict[str, Progress]:
    """How far the report is, by language of the consultation. Three queries."""
    published = Response.objects.filter(consultation=consultation, state=State.PUBLISHED).count()
    written = _by_language(
        Sentence.objects.filter(
            paragraph__consultation=consultation, paragraph__part=Paragraph.Part.REPORT
        ),
        "paragraph__language",
        "pk",
    )
    cited = _by_language(
        Citation.objects.filter(
            sentence__paragraph__consultation=consultation,
            sentence__paragraph__part=Paragraph.Part.REPORT,
            version__response__state=State.PUBLISHED,
        ),
        "sentence__paragraph__language",
        "version__response",
    )
    return {
        code: Progress(code, written.get(code, 0), cited.get(code, 0), published)
        for code in consultation.languages
    }


def paragraph(consultation: Consultation, pk: int) -> Paragraph:
    """One paragraph with sentences and citations. Raises Paragraph.DoesNotExist."""
    rows = Paragraph.objects.filter(consultation=consultation, part=Paragraph.Part.REPORT)
    return queries.with_sentences(rows.select_related("consultation")).get(pk=pk)


def edition(consultation: Consultation, pk: int) -> Edition:
    """One edition of *consultation*, without its content, with its files. Raises Edition.DoesNotExist."""
    rows = Edition.objects.filter(consultation=consultation).defer("content")
    return rows.prefetch_related("files").get(pk=pk)


def editions(consultation: Consultation) -> Sequence[Edition]:
    """All editions without their content, the latest first, with their files. Two queries."""
    rows = Edition.objects.filter(consultation=consultation).defer("content")
    return list(rows.select_related("frozen_by").prefetch_related("files").order_by("-frozen_at"))


def _looked(rows: QuerySet[Answer], look: Look) -> QuerySet[Answer]:
    typed = look.words.strip()
    if look.group:
        rows = rows.filter(version__response__public_group__slug=look.group)
    if typed and western(typed).replace("-", "").isdigit():
        return rows.filter(version__response__number__contains=western(typed))
    return rows.filter(text__icontains=typed) if typed else rows


def _by_language(rows: QuerySet, by: str, what: str) -> dict[str, int]:  # type: ignore[type-arg]
    counted = rows.order_by().values_list(by).annotate(count=Count(what, distinct=True))
    return dict(counted)
