"""All consultations at a glance: the verdicts of every year, a table for each rule, and their sums.

Nothing is ranked and nobody is scored: a sum says how often a sentence of a rule was kept, missed,
or cannot be judged, and every verdict leads to the consultation that it belongs to.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from consulta.consultations import clock, deviations, queries
from consulta.consultations.clock import Clock, Row
from consulta.consultations.models import Consultation
from consulta.core.rules import MilestoneRule, Procedure
from consulta.core.verdicts import Status


@dataclass(frozen=True, slots=True)
class Filters:
    """Which consultations: of a group, by a rule's family, of a year, with a verdict. Empty: all."""

    group: str = ""
    procedure: str = ""
    year: int | None = None
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One consultation with its clock. *lacking*: the milestones for which no reason is on record."""

    consultation: Consultation
    clock: Clock
    year: int | None
    lacking: frozenset[str]

    @property
    def rules(self) -> Procedure:
        """The procedure by which it is judged."""
        return self.clock.timetable.procedure

    @property
    def family(self) -> str:
        """The rule, whatever its edition."""
        return self.rules.family or self.rules.slug

    def row(self, name: str) -> Row | None:
        """Return the milestone called *name*; None where the procedure has no such one."""
        return next((row for row in self.clock.rows if row.name == name), None)


@dataclass(frozen=True, slots=True)
class Sum:
    """How often one sentence of a rule has which verdict. Tolerated is kept; overdue is missed."""

    kept: int = 0
    missed: int = 0
    not_due: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The consultations under one rule, the latest year first, with the sums of each sentence.

    *sums*: by the milestone's name and the year; the year None holds those of no known year.
    """

    family: str
    procedures: Sequence[Procedure]
    rules: Sequence[MilestoneRule]
    lines: Sequence[Line]
    sums: Mapping[str, Mapping[int | None, Sum]] = field(default_factory=dict)

    @property
    def years(self) -> list[int | None]:
        """The years in which its consultations were held, the latest first."""
        return [year for year, _lines in self.by_year()]

    def by_year(self) -> list[tuple[int | None, list[Line]]]:
        """Return its lines by year, the latest first; those of no known year come last."""
        return [(year, list(lines)) for year, lines in groupby(self.lines, lambda one: one.year)]

    def whole(self, name: str) -> Sum:
        """Return the sum of one milestone over all years."""
        each = self.sums[name].values()
        return Sum(*(sum(getattr(one, part) for one in each) for part in Sum.__slots__))


_COUNTED = {
    Status.KEPT: "kept",
    Status.KEPT_WITH_TOLERANCE: "kept",
    Status.MISSED: "missed",
    Status.OVERDUE: "missed",
    Status.NOT_DUE: "not_due",
    Status.UNKNOWN: "unknown",
}


def lines(now: datetime) -> list[Line]:
    """Judge every consultation that everyone may see, the latest year and number first."""
    found = [_line(consultation, now) for consultation in queries.for_clocks(now)]
    return sorted(found, key=lambda one: (-(one.year or 0), -one.consultation.number))


def chosen(found: Iterable[Line], filters: Filters) -> list[Line]:
    """Return the lines that *filters* ask for, in their order."""
    return [line for line in found if _is_asked_for(line, filters)]


def tables(found: Iterable[Line]) -> list[Table]:
    """Put the lines into one table for each rule, the rule with the latest consultation first."""
    families: dict[str, list[Line]] = {}
    for line in found:
        families.setdefault(line.family, []).append(line)
    return [_table(family, held) for family, held in families.items()]


def year(view: Clock) -> int | None:
    """Return the year in which a consultation was held: that of its first known date."""
    days = [row.on for row in view.rows if row.on]
    return min(days).year if days else None


def _line(consultation: Consultation, now: datetime) -> Line:
    view = clock.view(consultation, now)
    lacking = frozenset(row.name for row in deviations.unexplained(view))
    return Line(consultation=consultation, clock=view, year=year(view), lacking=lacking)


def _is_asked_for(line: Line, filters: Filters) -> bool:
    group = line.consultation.group
    told = (
        (filters.group, group.slug if group else ""),
        (filters.procedure, line.family),
        (filters.year, line.year),
    )
    statuses = {row.verdict.status.value for row in line.clock.rows}
    return all(not asked or asked == known for asked, known in told) and (
        not filters.verdict or filters.verdict in statuses
    )


def _table(family: str, held: Sequence[Line]) -> Table:
    rules = list(_columns(held))
    sums = {rule.name: _sums(held, rule.name) for rule in rules}
    procedures = list({line.rules.slug: line.rules for line in held}.values())
    return Table(family=family, procedures=procedures, rules=rules, lines=held, sums=sums)


def _columns(held: Sequence[Line]) -> Iterator[MilestoneRule]:
    """Yield the milestones of all editions of a rule, in the order of the latest one."""
    seen: set[str] = set()
    for row in (row for line in held for row in line.clock.rows):
        if row.name not in seen:
            seen.add(row.name)
            yield row.rule


def _sums(held: Iterable[Line], name: str) -> dict[int | None, Sum]:
    counted: dict[int | None, Counter[str]] = {}
    for line in held:
        row, of_year = line.row(name), counted.setdefault(line.year, Counter())
        if row is not None:
            of_year[_COUNTED[row.verdict.status]] += 1
    return {year: Sum(**of_year) for year, of_year in counted.items()}
