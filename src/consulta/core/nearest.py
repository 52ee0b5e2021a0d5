"""Nearest feasible dates: the smallest change of one date that lets a plan keep the rule."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from consulta.core import planning
from consulta.core.planning import Plan
from consulta.core.rules import MilestoneKind

#: How far from a date another one is looked for, in days.
FARTHEST = 150
Allowed = Callable[[str, date], bool]


@dataclass(frozen=True, slots=True)
class Move:
    """One date of a plan, moved: *name* is an anchor or a milestone."""

    name: str
    was: date
    to: date

    @property
    def days(self) -> int:
        """By how many days; negative for an earlier date, 0 for a proposed day that is chosen."""
        return (self.to - self.was).days


def moves(plan: Plan, *, allowed: Allowed = lambda _name, _day: True) -> tuple[Move, ...]:
    """Return, for every date that can be moved, the nearest one in each direction that mends *plan*.

    The nearest come first; none where *plan* is feasible, or no single move helps within FARTHEST
    days. A date is never moved to a day before today. *allowed* says no to a date that something
    outside the plan forbids.
    """
    if plan.feasible:
        return ()
    found = [
        move
        for name, was in movable(plan).items()
        for sign in (-1, 1)
        if (move := _first(plan, Move(name, was, was), sign, allowed))
    ]
    return tuple(sorted(set(found), key=lambda move: (abs(move.days), move.days)))


def movable(plan: Plan) -> Mapping[str, date]:
    """Return the dates that can still be moved: of anchors, and of milestones with a choice."""
    return {name: day for name, day in _dates(plan) if day >= plan.table.today}


def mended(plan: Plan, name: str, to: date) -> bool:
    """Say whether *plan* is feasible with one date moved to the day *to*, planned anew around it."""
    table, anchors, days = plan.table, dict(plan.table.anchors), dict(plan.days)
    if any(anchor.name == name for anchor in plan.rules.anchors):
        anchors[name] = to
    else:
        days[name] = to
    rules, today, wishes = plan.rules, table.today, plan.wishes
    draft = planning.draft(rules, anchors, today=today, wishes=wishes, days=days)
    if not draft.feasible:
        return False
    return planning.draw(rules, anchors, today=today, wishes=wishes, days=days).feasible


def most_days_open(plan: Plan) -> int | None:
    """Return how many days open there can be at most, opened on the first day that is allowed.

    None where no number of days keeps the rule, or nothing bounds the opening.
    """
    opening, _close = planning.span(plan.table.procedure)
    first = plan.table.milestone(opening).earliest if opening else None
    if first is None:
        return None
    table = plan.table
    days = {**plan.days, opening: max(first, table.today)}
    wishes = replace(plan.wishes, days_open=None)
    widest = planning.draw(plan.rules, table.anchors, today=table.today, wishes=wishes, days=days)
    return widest.days_open if widest.feasible else None


def _dates(plan: Plan) -> Iterator[tuple[str, date]]:
    """Yield every date somebody can decide, with the day that the judgement of the plan assumes."""
    setters = {rule.sets: rule.name for rule in plan.table.procedure.applying if rule.sets}
    for anchor in plan.rules.anchors:
        day = plan.table.anchors.get(anchor.name)
        if day is None and anchor.name in setters:
            day = plan.table.milestone(setters[anchor.name]).day
        if day:
            yield anchor.name, day
    for milestone in plan.table.milestones:
        if milestone.rule.kind is MilestoneKind.EVENT:
            continue
        if milestone.name in plan.days:
            yield milestone.name, plan.days[milestone.name]
        elif milestone.earliest and milestone.latest and milestone.earliest < milestone.latest:
            yield milestone.name, milestone.day or milestone.latest


def _first(plan: Plan, move: Move, sign: int, allowed: Allowed) -> Move | None:
    """Return *move*, lengthened day by day until the plan is feasible.

    A day that is only proposed may mend the plan by being chosen: then the move is of no days.
    """
    first, last = _bounds(plan, move.name)
    for days in range(0 if _only_proposed(plan, move.name) else 1, FARTHEST + 1):
        to = move.was + timedelta(days=sign * days)
        if to < first if sign < 0 else to > last:
            return None
        if first <= to <= last and allowed(move.name, to) and mended(plan, move.name, to):
            return replace(move, to=to)
    return None


def _only_proposed(plan: Plan, name: str) -> bool:
    """Say whether *name* is a milestone for which nobody has chosen the day."""
    return name not in plan.days and all(anchor.name != name for anchor in plan.rules.anchors)


def _bounds(plan: Plan, name: str) -> tuple[date, date]:
    """Return between which days a date can mend *plan*: from today, inside its own rule."""
    for milestone in plan.table.milestones:
        if name in (milestone.name, milestone.rule.sets) and not milestone.limits.preferred_only:
            limits = milestone.limits
            last = limits.tolerated_until or limits.latest or date.max
            return max(limits.earliest or date.min, plan.table.today), last
    return plan.table.today, date.max
