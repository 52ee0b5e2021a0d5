"""Figures: who answered each question, and who chose which option. They count respondents, never votes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from consulta.consultations import applied
from consulta.consultations.models import Consultation
from consulta.core import regions
from consulta.core.lifecycle import State
from consulta.core.regions import NOT_SHOWN, Regions
from consulta.responses.models import Answer, Version

#: Under which those are counted who answered a question without choosing any of its options.
NONE_CHOSEN = ""

Counts = Counter[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Who answered one question (None: the whole): respondents, however much each of them wrote.

    Keys are codes; NOT_SHOWN where a respondent withheld it or gave none. *by_option*: the slug of an
    option to respondents by stakeholder group; empty where the question offers none. Who chose two
    options stands under both.
    """

    question: int | None
    total: int = 0
    by_group: Counts = field(default_factory=Counter)
    by_region: Counts = field(default_factory=Counter)
    by_country: Counts = field(default_factory=Counter)
    by_language: Counts = field(default_factory=Counter)
    by_option: dict[str, Counts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    """So many respondents who share a question, what they chose, and who they are."""

    question: int | None
    choices: list[str] | None
    group: str
    country: str
    language: str
    count: int


def of(consultation: Consultation) -> dict[int | None, Figures]:
    """The figures by question; those that nobody answered are left out. One query."""
    listed = regions_of(consultation)
    found: dict[int | None, list[_Line]] = {}
    for line in _lines(_published(consultation)):
        found.setdefault(line.question, []).append(line)
    return {question: _counted(question, lines, listed) for question, lines in found.items()}


def of_question(consultation: Consultation, question: int | None) -> Figures:
    """The figures of one question (None: the whole). One query."""
    rows = _published(consultation).filter(question=question)
    return _counted(question, list(_lines(rows)), regions_of(consultation))


def totals(consultation: Consultation) -> dict[int | None, int]:
    """How many respondents answered each question. One query."""
    rows = _published(consultation).values_list("question").annotate(count=Count("pk"))
    return dict(rows)


def regions_of(consultation: Consultation) -> Regions:
    """The regions into which the body of the consultation's procedure groups countries."""
    return regions.for_body(applied.present(consultation.procedure).body)


def _published(consultation: Consultation) -> QuerySet[Answer]:
    return Answer.objects.filter(
        version__screening=Version.Screening.PUBLISHED,
        version__response__consultation=consultation,
        version__response__state=State.PUBLISHED,
    ).order_by()


def _lines(rows: QuerySet[Answer]) -> Iterator[_Line]:
    """The answers *rows*, counted by the database."""
    columns = (
        "question",
        "choices",
        "version__response__public_group__slug",
        "version__response__public_country",
        "version__response__public_language",
    )
    for question, choices, group, country, language, count in rows.values_list(*columns).annotate(
        count=Count("pk")
    ):
        yield _Line(
            question, choices, group or NOT_SHOWN, country or NOT_SHOWN, language or "", count
        )


def _counted(question: int | None, lines: list[_Line], listed: Regions) -> Figures:
    made = Figures(question, total=sum(line.count for line in lines))
    for line in lines:
        made.by_group[line.group] += line.count
        made.by_region[listed.region(line.country)] += line.count
        made.by_country[line.country] += line.count
        made.by_language[line.language] += line.count
        for option in _options(line.choices):
            made.by_option.setdefault(option, Counter())[line.group] += line.count
    return made


def _options(choices: list[str] | None) -> list[str]:
    """Under which options a line is counted: none where the question offers none."""
    return [] if choices is None else choices or [NONE_CHOSEN]


def largest_first(counts: Mapping[str, int], *, last: tuple[str, ...] = ()) -> list[str]:
    """The keys of *counts*, the largest first; those of *last* come at the end, whatever they count."""
    return sorted(counts, key=lambda key: (key in last, -counts[key], key))
