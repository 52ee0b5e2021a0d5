"""Cross-tabs: published responses counted by two of what is known of them.

Counted by the database, but for codes: those stand at passages, and count a respondent once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.db.models import Count, FilteredRelation, Q, QuerySet

from consulta.analysis.coding import counting
from consulta.analysis.coding import queries as coding
from consulta.analysis.coding.queries import Frame
from consulta.analysis.models import Code
from consulta.consultations import options
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation, Question
from consulta.core.lifecycle import State
from consulta.core.regions import NOT_SHOWN, OTHER, Regions
from consulta.reports.figures import NONE_CHOSEN, largest_first, regions_of
from consulta.responses.models import Response

GROUP, REGION, COUNTRY, LANGUAGE, OPTION = "group", "region", "country", "language", "option"
#: What coders gave: at any question, or at one.
CODE = "code"
#: Of whom several may count in two cells, so that sums mean nothing.
_SEVERAL = (OPTION, CODE)
#: Under which those are counted who did not answer the question of which an option is asked.
NOT_ANSWERED = "-"
#: Under which those are counted to whom no coder gave a code.
NOT_CODED = "-"
_COLUMNS = {
    GROUP: "public_group__slug",
    REGION: "public_country",
    COUNTRY: "public_country",
    LANGUAGE: "public_language",
}


class UnknownDimensionError(LookupError):
    """Responses cannot be counted by this, or by the same twice; the argument is what was asked for."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """By what is counted: one of the kinds; *question* is the one whose option, or code, is meant."""

    kind: str
    question: Question | None = None

    @property
    def code(self) -> str:
        """How an address names it: `group`, or `option-5`."""
        return f"{self.kind}-{self.question.position}" if self.question else self.kind


@dataclass(frozen=True, slots=True)
class CrossTab:
    """So many respondents in each cell; *rows* and *columns* are codes in the order to show them.

    *respondents* is how many published responses were counted. Where an option or a code is asked
    nothing is added up: who chose two stands in two cells, and responses are views, never votes.
    """

    by: Dimension
    across: Dimension
    rows: list[str]
    columns: list[str]
    cells: Counter[tuple[str, str]]
    respondents: int

    @property
    def adds_up(self) -> bool:
        """Whether sums of rows and columns mean anything."""
        return not {self.by.kind, self.across.kind} & {*_SEVERAL}

    def line(self, row: str) -> list[int]:
        """The counts of one row."""
        return [self.cells[row, column] for column in self.columns]


def dimensions(consultation: Consultation) -> list[Dimension]:
    """By what the responses to *consultation*, loaded whole, can be counted."""
    asked = [q for q in consultations.questions(consultation) if options.offered(q)]
    plain = [Dimension(kind) for kind in (GROUP, REGION, COUNTRY, LANGUAGE)]
    chosen = [Dimension(OPTION, question) for question in asked]
    return [*plain, *chosen, *_coded(consultation)]


def of(consultation: Consultation, by: str, across: str) -> CrossTab:
    """Count by two dimensions, named by their codes: as many queries for any number of responses.

    Raises UnknownDimensionError.
    """
    known = {dimension.code: dimension for dimension in dimensions(consultation)}
    if by not in known or across not in known or by == across:
        raise UnknownDimensionError(f"{by}, {across}")
    pair, listed = (known[by], known[across]), regions_of(consultation)
    frame = coding.frame(consultation) if CODE in (pair[0].kind, pair[1].kind) else None
    cells: Counter[tuple[str, str]] = Counter()
    respondents = 0
    for first, second, count in _counted(consultation, pair, frame):
        respondents += count
        found = product(_keys(pair[0], first, listed), _keys(pair[1], second, listed))
        for cell in found:
            cells[cell] += count
    rows = _order(pair[0], ((row, n) for (row, _column), n in cells.items()), listed, frame)
    columns = _order(pair[1], ((column, n) for (_row, column), n in cells.items()), listed, frame)
    return CrossTab(pair[0], pair[1], rows, columns, cells, respondents)


def _coded(consultation: Consultation) -> list[Dimension]:
    """Codes at any question, and at each one where the consultation asks several."""
    if not coding.frame(consultation).codes:
        return []
    asked = list(consultations.questions(consultation))
    each = [Dimension(CODE, question) for question in asked] if len(asked) > 1 else []
    return [Dimension(CODE), *each]


def _counted(
    consultation: Consultation, pair: Sequence[Dimension], frame: Frame | None
) -> Iterable[tuple[Any, Any, int]]:
    rows: QuerySet[Response] = Response.objects.filter(
        consultation=consultation, state=State.PUBLISHED
    ).order_by()
    columns = []
    for place, dimension in enumerate(pair):
        if dimension.kind == CODE:
            columns.append("pk")
            continue
        if dimension.question is None:
            columns.append(_COLUMNS[dimension.kind])
            continue
        asked = Q(published_version__answers__question=dimension.question.position)
        named = f"answer_{place}"
        rows = rows.annotate(
            **{named: FilteredRelation("published_version__answers", condition=asked)}
        )
        columns.append(f"{named}__choices")
    # a column counted twice (region and country are one) is asked once
    found = rows.values(*dict.fromkeys(columns)).annotate(count=Count("pk"))
    told = [_told(consultation, dimension, frame) for dimension in pair]
    return (
        (told[0](row[columns[0]]), told[1](row[columns[1]]), row["count"])
        for row in found.iterator()
    )


def _told(
    consultation: Consultation, dimension: Dimension, frame: Frame | None
) -> Callable[[Any], Any]:
    """What a column says: itself, or for a response's id the codes that it counts under."""
    if dimension.kind != CODE or frame is None:
        return lambda value: value
    position = dimension.question.position if dimension.question else None
    codes = counting.of_responses(consultation, frame, position=position)
    return lambda pk: sorted(str(ordinal) for ordinal in codes.get(pk, ()))


def _keys(dimension: Dimension, value: Any, listed: Regions) -> list[str]:
    """Under which codes a value is counted."""
    if dimension.kind == CODE:
        return value or [NOT_CODED]
    if dimension.kind == OPTION:
        return [NOT_ANSWERED] if value is None else list(value) or [NONE_CHOSEN]
    if dimension.kind == REGION:
        return [listed.region(value or "")]
    return [value or NOT_SHOWN]


def _order(
    dimension: Dimension,
    counts: Iterable[tuple[str, int]],
    listed: Regions,
    frame: Frame | None,
) -> list[str]:
    """The codes to show: options and regions all of them and as listed, others the largest first."""
    found: Counter[str] = Counter()
    for code, count in counts:
        found[code] += count
    if frame is not None and dimension.kind == CODE:
        return _of_frame(dimension, frame, found)
    if dimension.question is not None:
        offered = [*options.slugs(dimension.question), NONE_CHOSEN, NOT_ANSWERED]
        return [*offered, *sorted(set(found) - set(offered))]
    if dimension.kind == REGION:
        return [*listed.names, *(code for code in (OTHER, NOT_SHOWN) if code in found)]
    return largest_first(found, last=(NOT_SHOWN,))


def _of_frame(dimension: Dimension, frame: Frame, found: Counter[str]) -> list[str]:
    """Codes in the order of the frame: those in use for the question, and others that were given."""
    asked = dimension.question
    codes = [
        str(level.code.ordinal)
        for level in frame.tree
        if found[str(level.code.ordinal)]
        or (
            level.code.state == Code.State.ACTIVE
            and (asked is None or level.code.question_id in (None, asked.pk))
        )
    ]
    return [*codes, NOT_CODED]
