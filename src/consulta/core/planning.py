"""One plan: the whole timetable of a consultation to come, and whether carrying it out keeps the rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from consulta.core import procedure as procedures
from consulta.core.calendar import Roll
from consulta.core.conflicts import Finding
from consulta.core.milestones import Milestone
from consulta.core.rules import AnchorKind, MilestoneKind, MilestoneRule, Procedure
from consulta.core.timetable import Timetable, draw_up

K = TypeVar("K")
V = TypeVar("V")
Days = Mapping[str, date]
NO_DAYS: Days = MappingProxyType({})


def nothing() -> Mapping[Any, Any]:
    """Return an empty mapping that nobody can change."""
    return MappingProxyType({})


def frozen(mapping: Mapping[K, V]) -> Mapping[K, V]:
    """Return a copy of *mapping* that nobody can change."""
    return MappingProxyType(dict(mapping))


class MissingAnchorError(LookupError):
    """The procedure counts from dates that were not given."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class Hindrance(StrEnum):
    """Why a milestone cannot be kept although its date fits the others."""

    PASSED = "passed"  # its day is over and nothing was done
    MISSED = "missed"  # done on the planned day, it misses the rule


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A milestone that cannot be kept on its planned *day*; *days* late or early, where counted."""

    hindrance: Hindrance
    milestone: str
    day: date
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the institution wishes beside the rule.

    *days_open*: at least so many days between opening and close. *virtual*: the open meeting is
    virtual, which counts as the open meeting. *questions*: whether questions will be asked or only
    the topic put; neither of the two changes a date. *rolls*, *offsets*, *choices*: as
    `procedure.choose` takes them.
    """

    days_open: int | None = None
    virtual: bool = False
    questions: bool = True
    rolls: Mapping[str, Roll] = field(default_factory=nothing)
    offsets: Mapping[str, int] = field(default_factory=nothing)
    choices: Mapping[str, str] = field(default_factory=nothing)


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Plan:
    """A timetable before it begins. *days*: milestones for which somebody chose the day.

    *table* is the timetable as planned, *carried* the same as if everything had been done on its
    planned day: its verdicts are those that the plan would earn.
    """

    rules: Procedure
    wishes: Wishes
    days: Days
    table: Timetable
    carried: Timetable

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is the matter with the dates: the plan's conflicts, and those of carrying it out."""
        said = {found.milestone for found in self.table.conflicts if found.blocking}
        further = (found for found in self.carried.conflicts if found.blocking)
        return (*(f for f in further if f.milestone not in said), *self.table.conflicts)

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """The milestones that cannot be kept for a reason that no finding says."""
        said = {found.milestone for found in self.findings if found.blocking}
        passed = tuple(_passed(self.table))
        gone = said | {obstacle.milestone for obstacle in passed}
        return (*passed, *(o for o in _missed(self.carried) if o.milestone not in gone))

    @property
    def feasible(self) -> bool:
        """Say whether the plan, carried out on its days, keeps every sentence of the rule."""
        return (
            self.table.feasible
            and self.carried.feasible
            and self.carried.kept
            and not any(_passed(self.table))
        )

    @property
    def conflicting(self) -> frozenset[str]:
        """The milestones that cannot all be kept, though each alone may lie inside its rule."""
        found = (name for f in self.findings if f.blocking for name in f.milestones)
        return frozenset((*found, *(obstacle.milestone for obstacle in self.obstacles)))

    @property
    def days_open(self) -> int | None:
        """How many days lie between the planned opening and the close, 0 where none does.

        None while not dated.
        """
        opening, close = span(self.table.procedure)
        days = days_between(self.table, opening, close)
        return None if days is None else max(days, 0)


def draw(
    rules: Procedure,
    anchors: Days,
    *,
    today: date,
    wishes: Wishes = NO_WISHES,
    days: Days = NO_DAYS,
) -> Plan:
    """Plan one consultation from the dates known from outside and the *days* that somebody chose.

    What nobody chose is proposed: as the rule proposes it; today, where that day has passed and the
    rule still allows it; later, where more *days_open* are wished and the rule sets no last day.
    Raises MissingAnchorError, and what draw_up and choose raise.
    """
    table = draft(rules, anchors, today=today, wishes=wishes, days=days)
    return Plan(rules, wishes, frozen(days), table, carry_out(table))


def draft(rules: Procedure, anchors: Days, *, today: date, wishes: Wishes, days: Days) -> Timetable:
    """Date a plan as `draw` does, without asking what carrying it out would earn."""
    varied = vary(rules, wishes)
    known = _completed(varied, anchors, days, wishes)
    missing = (a.name for a in varied.anchors if a.required and a.name not in known)
    if names := tuple(missing):
        raise MissingAnchorError(names)
    chosen = dict(days)
    table = _table(varied, known, chosen, today)
    for _milestone in varied.applying:
        late = _to_choose(table, wishes)
        if not late:
            break
        chosen |= late
        table = _table(varied, known, chosen, today)
    return table


def vary(rules: Procedure, wishes: Wishes) -> Procedure:
    """Return *rules* with the institution's choices, and the days open that it wishes, put in."""
    varied = procedures.choose(
        rules, offsets=wishes.offsets, rolls=wishes.rolls, options=wishes.choices
    )
    opening, close = span(varied)
    if not (wishes.days_open and opening and close):
        return varied
    longer = (_longer(r, opening, wishes.days_open) if r.name == close else r for r in varied.rules)
    return replace(varied, rules=tuple(longer))


def span(rules: Procedure) -> tuple[str, str]:
    """Name the milestones at which responses begin and end; empty where there are none."""
    for phase in rules.applying_phases:
        return phase.opens, phase.closes
    for rule in rules.applying:
        if rule.kind is MilestoneKind.DEADLINE:
            acts = (other.name for other in rules.applying if other.kind is MilestoneKind.ACT)
            return rule.follows or next(acts, ""), rule.name
    return "", ""


def days_between(table: Timetable, first: str, last: str) -> int | None:
    """Return how many days lie between two milestones; None while one of them has no day."""
    dated = {milestone.name: milestone.day for milestone in table.milestones}
    start, end = dated.get(first), dated.get(last)
    return (end - start).days if start and end else None


def carry_out(table: Timetable) -> Timetable:
    """Return *table* as it stands when everything was done on its planned day."""
    done = {m.name: m.day for m in table.milestones if m.day}
    last = max((*done.values(), table.today)) + timedelta(days=1)
    return draw_up(table.procedure, table.anchors, today=last, actual=done)


def _table(rules: Procedure, anchors: Days, chosen: Days, today: date) -> Timetable:
    """Draw up with the chosen days: an event's is an anchor, another's is set."""
    setters = {rule.name: rule.sets for rule in rules.applying if rule.sets}
    events = {setters[name]: day for name, day in chosen.items() if name in setters}
    rest = {name: day for name, day in chosen.items() if name not in setters}
    return draw_up(rules, {**anchors, **events}, today=today, actual=rest)


def _completed(rules: Procedure, anchors: Days, days: Days, wishes: Wishes) -> dict[str, date]:
    """Fill in the dates that the institution announces itself, from the days it chose or wishes."""
    known = dict(anchors)
    for rule in rules.applying:
        if not _is_chosen(rules, rule.anchor) or rule.anchor in known:
            continue
        before = known.get(rules.rule(rule.follows).anchor) if rule.follows else None
        if rule.name in days:
            known[rule.anchor] = days[rule.name]
        elif before and wishes.days_open:
            known[rule.anchor] = before + timedelta(days=rule.least_days)
    return known


def _is_chosen(rules: Procedure, anchor: str) -> bool:
    return any(a.name == anchor and a.kind is AnchorKind.CHOSEN for a in rules.anchors)


def _longer(rule: MilestoneRule, opening: str, days: int) -> MilestoneRule:
    follows = rule.follows or ("" if opening == rule.name else opening)
    return replace(rule, follows=follows, least_days=max(rule.least_days, days))


def _to_choose(table: Timetable, wishes: Wishes) -> dict[str, date]:
    """Return the next day that the planner itself has to choose, if any."""
    for milestone in table.milestones:
        if milestone.actual or milestone.proposed is None or not milestone.limits.binding:
            continue
        if milestone.proposed < table.today and _still_allowed(milestone, table.today):
            return {milestone.name: table.today}
    opening, close = span(table.procedure)
    open_for = days_between(table, opening, close)
    if wishes.days_open and open_for is not None and open_for < wishes.days_open:
        last, first = table.milestone(close), table.milestone(opening)
        if last.latest is None and not last.actual and first.day:
            return {close: first.day + timedelta(days=wishes.days_open)}
    return {}


def _still_allowed(milestone: Milestone, day: date) -> bool:
    return milestone.latest is None or day <= milestone.latest


def _passed(table: Timetable) -> Iterator[Obstacle]:
    for milestone in table.milestones:
        day = milestone.proposed
        if day and day < table.today and not milestone.actual and milestone.limits.binding:
            yield Obstacle(Hindrance.PASSED, milestone.name, day)


def _missed(carried: Timetable) -> Iterator[Obstacle]:
    for milestone in carried.milestones:
        if milestone.day and milestone.verdict.broken:
            days = milestone.verdict.days
            yield Obstacle(Hindrance.MISSED, milestone.name, milestone.day, days)
