"""Timetables: from a procedure and its anchors to dated and judged milestones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from consulta.core import calendar, conflicts, known_then, phases, procedure
from consulta.core.conflicts import Finding
from consulta.core.known_then import Actual, Announcement, Facts, History
from consulta.core.milestones import Milestone
from consulta.core.phases import DatedPhase
from consulta.core.regime import Extending
from consulta.core.rules import AnchorKind, Procedure

__all__ = [
    "Actual",
    "Announcement",
    "Change",
    "DeadlineShortenedError",
    "History",
    "NothingToExtendError",
    "Prolonging",
    "Timetable",
    "UnknownAnchorError",
    "changes",
    "draw_up",
    "extend",
    "noting_what_is_ahead",
    "prolonging",
    "redraw",
]


class UnknownAnchorError(LookupError):
    """The procedure has no anchors of these names. *allowed* are those that it has."""

    def __init__(self, names: tuple[str, ...], allowed: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names, self.allowed = names, allowed


class DeadlineShortenedError(ValueError):
    """A published deadline may be lengthened by a recorded decision, never shortened."""

    def __init__(self, name: str, published: date, wanted: date) -> None:
        super().__init__(f"{name}: {published} -> {wanted}")
        self.name, self.published, self.wanted = name, published, wanted


class NothingToExtendError(ValueError):
    """The milestone has no published date yet, so there is nothing to lengthen."""


_NO_ANCHORS: Mapping[str, date] = MappingProxyType({})
_NO_ACTUAL: Actual = MappingProxyType({})
_NO_HISTORY: History = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Timetable:
    """Every milestone of a procedure, dated and judged on the day *today*.

    *conflicts* break the plan or a preference, *notes* point out weekends.
    """

    procedure: Procedure
    today: date
    anchors: Mapping[str, date]
    actual: Actual
    history: History
    milestones: tuple[Milestone, ...]
    conflicts: tuple[Finding, ...]
    notes: tuple[Finding, ...]

    @property
    def phases(self) -> tuple[DatedPhase, ...]:
        """The phases, dated by the milestones that open and close them."""
        return phases.dated(self.procedure, self.milestones)

    @property
    def feasible(self) -> bool:
        """Say whether the plan can keep the rule."""
        return not any(conflict.blocking for conflict in self.conflicts)

    @property
    def kept(self) -> bool:
        """Say whether nothing has been missed and nothing is overdue."""
        return not any(milestone.verdict.broken for milestone in self.milestones)

    def milestone(self, name: str) -> Milestone:
        """Return the milestone called *name*. Raises KeyError."""
        for milestone in self.milestones:
            if milestone.name == name:
                return milestone
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Change:
    """A milestone before and after the chain was judged again."""

    before: Milestone
    after: Milestone


def draw_up(
    rules: Procedure,
    anchors: Mapping[str, date],
    *,
    today: date,
    actual: Actual = _NO_ACTUAL,
    history: History = _NO_HISTORY,
) -> Timetable:
    """Date and judge every milestone of *rules* on the day *today*.

    A milestone without a known anchor stays undated; an event whose given date has come counts as
    held. *history*: what was announced of anchors, and of milestones that were set for a day.
    Raises UnknownAnchorError, UnknownMilestoneError, and OutOfCalendarError for days outside the
    years 1865 to 2999.
    """
    _check_names(rules, anchors, actual, history)
    _check_days(anchors, actual)
    facts = Facts(rules, anchors, actual, {}, today)
    facts = replace(facts, done=facts.events(anchors) | dict(actual))
    judged = _judged(facts, {**_moved(rules, anchors, facts.done), **history})
    return Timetable(
        procedure=rules,
        today=today,
        anchors=MappingProxyType(dict(anchors)),
        actual=MappingProxyType(dict(actual)),
        history=MappingProxyType(dict(history)),
        milestones=judged,
        conflicts=conflicts.find(judged, today=today),
        notes=conflicts.notes(judged),
    )


def noting_what_is_ahead(table: Timetable) -> Timetable:
    """Return *table* with a note for each act or document that is given as done on a day to come."""
    ahead = conflicts.not_yet_done(table.milestones, today=table.today)
    return replace(table, notes=(*table.notes, *ahead))


def redraw(
    table: Timetable,
    *,
    today: date,
    anchors: Mapping[str, date] = _NO_ANCHORS,
    actual: Actual = _NO_ACTUAL,
) -> Timetable:
    """Judge the whole chain of *table* again on the day *today*, with changed *anchors* or *actual*.

    What moves keeps its former date in the history, announced until *today*.
    """
    moved = {
        name: (*_told(table, name), Announcement(today, day))
        for name, day in anchors.items()
        if table.anchors.get(name) != day
    }
    on_record = {name: _recorded(table, name) for name in table.actual}
    put = {
        name: (*_recorded(table, name), _first(day, today, new=name not in table.actual))
        for name, day in actual.items()
        if name not in table.actual or table.actual[name] != day
    }
    return draw_up(
        table.procedure,
        {**table.anchors, **anchors},
        today=today,
        actual={**table.actual, **actual},
        history={**table.history, **on_record, **moved, **put},
    )


def extend(table: Timetable, name: str, *, to: date, today: date) -> Timetable:
    """Lengthen the deadline *name* to the day *to* and judge every rule of the chain again.

    A date that the institution chose itself moves as an announced anchor does; a date bound by a
    rule becomes the day that is set, and the rule says what that costs.
    Raises KeyError, NothingToExtendError, DeadlineShortenedError.
    """
    milestone = table.milestone(name)
    if milestone.day is None:
        raise NothingToExtendError(name)
    if to <= milestone.day:
        raise DeadlineShortenedError(name, milestone.day, to)
    anchor = milestone.rule.anchor
    chosen = {a.name for a in table.procedure.anchors if a.kind is AnchorKind.CHOSEN}
    if anchor in chosen:
        actual = {name: to} if name in table.actual else {}
        return redraw(table, today=today, anchors={anchor: to}, actual=actual)
    set_before = table if name in table.actual else _set_as_proposed(table, milestone)
    return redraw(set_before, today=today, actual={name: to})


@dataclass(frozen=True, slots=True)
class Prolonging:
    """What lengthening a deadline would be: *reopens* it when it is past, *foreseen* by the rule."""

    reopens: bool
    foreseen: bool
    how: Extending


def prolonging(table: Timetable, name: str, *, today: date) -> Prolonging:
    """Say what lengthening the deadline *name* on the day *today* would be; deviations are recorded.

    Raises KeyError.
    """
    day, rule = table.milestone(name).day, table.procedure.extension
    reopens = bool(day and day < today)
    foreseen = rule.allowed is not Extending.NOT_PROVIDED and (rule.reopening or not reopens)
    return Prolonging(reopens, foreseen, rule.allowed)


def changes(before: Timetable, after: Timetable) -> tuple[Change, ...]:
    """List the milestones whose dates or verdicts differ between two timetables."""
    old = {milestone.name: milestone for milestone in before.milestones}
    pairs = ((old[m.name], m) for m in after.milestones if m.name in old)
    return tuple(Change(was, now) for was, now in pairs if was != now)


def _judged(facts: Facts, history: History) -> tuple[Milestone, ...]:
    """Judge every milestone, and a second time by the dates known on the day where they differ."""
    past = known_then.parts(facts, history)
    judged = tuple(replace(m, verdict=facts.judge(m)) for m in facts.dated())
    if not history:
        return judged
    return tuple(_with_past(milestone, facts, history, past) for milestone in judged)


def _with_past(
    milestone: Milestone, facts: Facts, history: History, past: tuple[known_then.Part, ...]
) -> Milestone:
    then = known_then.verdict(milestone, facts, history, past)
    return replace(
        milestone,
        verdict=replace(milestone.verdict, as_known_then=then),
        first_on=known_then.first_day(milestone, history, past),
    )


def _check_names(
    rules: Procedure, anchors: Mapping[str, date], actual: Actual, history: History
) -> None:
    allowed = tuple(anchor.name for anchor in rules.anchors)
    names = {rule.name for rule in rules.rules}
    asked = (*anchors, *(name for name in history if name not in names))
    if unknown := tuple(name for name in asked if name not in allowed):
        raise UnknownAnchorError(unknown, allowed)
    procedure.check_names(rules, tuple(actual))


def _check_days(anchors: Mapping[str, date], actual: Actual) -> None:
    for day in (*anchors.values(), *filter(None, actual.values())):
        calendar.checked(day)


def _moved(rules: Procedure, anchors: Mapping[str, date], done: Actual) -> History:
    """An event held on another day than its anchor says was known for the anchor's day."""
    return {
        rule.sets: (Announcement(date.min, anchors[rule.sets]),)
        for rule in rules.applying
        if rule.sets in anchors and done.get(rule.name) not in (None, anchors[rule.sets])
    }


def _told(table: Timetable, name: str) -> tuple[Announcement, ...]:
    """Return what was announced of the anchor *name*; its present date was known from the start."""
    if name in table.history or name not in table.anchors:
        return table.history.get(name, ())
    return (Announcement(date.min, table.anchors[name]),)


def _recorded(table: Timetable, name: str) -> tuple[Announcement, ...]:
    """Return what was put on record of the milestone *name*."""
    if name in table.history or name not in table.actual:
        return table.history.get(name, ())
    return (_first(table.actual[name], table.today, new=True),)


def _first(day: date | None, today: date, *, new: bool) -> Announcement:
    """Return the word of *today*; what is put on record for the first time was known on its day."""
    return Announcement(min(day, today) if day and new else today, day)


def _set_as_proposed(table: Timetable, milestone: Milestone) -> Timetable:
    """Put on record that the deadline stood on its proposed day."""
    told = (_first(milestone.proposed, table.today, new=True),)
    return replace(table, history={**table.history, milestone.name: told})
