"""What the pages of all verdicts show: tables by rule and year, sums, and dates outside the rule."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from consulta.consultations import overview, queries, wording
from consulta.consultations.clock import Row
from consulta.consultations.overview import Line, Sum
from consulta.core.multilingual import Text
from consulta.web.public.shown.consultations import address


@dataclass(frozen=True, slots=True)
class Cell:
    """One milestone of one consultation; *row* is None where its procedure has no such one."""

    label: str
    row: Row | None
    href: str
    lacks_reason: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One consultation in a table."""

    line: Line
    topic: Text
    href: str
    edition: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """The consultations under one rule, by year."""

    family: str
    title: Text
    columns: Sequence[str]
    years: Sequence[tuple[int | None, Sequence[Shown]]]


@dataclass(frozen=True, slots=True)
class Sums:
    """How often each sentence of one rule was kept, by year and over all years."""

    family: str
    title: Text
    years: Sequence[int | None]
    rows: Sequence[tuple[str, Sequence[tuple[int | None, Sum]], Sum]]


@dataclass(frozen=True, slots=True)
class Outside:
    """A date outside the rule, or planned outside it, with every reason on record."""

    line: Line
    topic: Text
    label: str
    href: str
    row: Row
    lacks_reason: bool


def tables(found: Iterable[overview.Table], language: str) -> list[Table]:
    """Put tables into the words of the page, which is in *language*."""
    return [_table(table, language) for table in found]


def sums(found: Iterable[overview.Table], language: str) -> list[Sums]:
    """Put the sums of each rule into the words of the page."""
    return [
        Sums(
            table.family,
            _title(table, language),
            table.years,
            [
                (
                    wording.milestone_name(rule),
                    [(year, table.sums[rule.name].get(year, Sum())) for year in table.years],
                    table.whole(rule.name),
                )
                for rule in table.rules
            ],
        )
        for table in found
    ]


def deviations(found: Iterable[Line], language: str) -> list[Outside]:
    """List what was missed, is overdue, or was explained, the latest consultation first."""
    return [outside for line in found for outside in _outside(line, language)]


def _outside(line: Line, language: str) -> Iterator[Outside]:
    topic, page = queries.topic(line.consultation, language), address(line.consultation)
    for row in line.clock.rows:
        lacks = row.name in line.lacking
        if row.verdict.broken or row.deviations or lacks:
            label = wording.milestone_name(row.rule)
            yield Outside(line, topic, label, f"{page}#{row.name}", row, lacks)


def _table(table: overview.Table, language: str) -> Table:
    labels = {rule.name: wording.milestone_name(rule) for rule in table.rules}
    several = len(table.procedures) > 1
    years = [
        (year, [_shown(line, labels, language, edition=several) for line in lines])
        for year, lines in table.by_year()
    ]
    return Table(table.family, _title(table, language), list(labels.values()), years)


def _shown(line: Line, labels: dict[str, str], language: str, *, edition: bool) -> Shown:
    page = address(line.consultation)
    cells = [
        Cell(label, line.row(name), f"{page}#{name}", name in line.lacking)
        for name, label in labels.items()
    ]
    told = line.rules.instrument_edition or line.rules.slug
    topic = queries.topic(line.consultation, language)
    return Shown(line, topic, page, told if edition else "", cells)


def _title(table: overview.Table, language: str) -> Text:
    return table.procedures[0].title_for(language)
