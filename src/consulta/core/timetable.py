"""Timetables: from a procedure and its anchors to dated and judged milestones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from consulta.core import conflicts, milestones, procedure, verdicts
from consulta.core.conflicts import Finding
from consulta.core.milestones import Milestone
from consulta.core.rules import AnchorKind, Procedure
from consulta.core.verdicts import Evidence, Verdict


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


@dataclass(frozen=True, slots=True)
class Announcement:
    """From the day *on*, the anchor was known to lie on *day*."""

    on: date
    day: date


#: What is known of each milestone: its day, None for "done or not, nobody knows", no key for
#: "nothing done".
Actual = Mapping[str, date | None]
History = Mapping[str, tuple[Announcement, ...]]
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
    held. *history*: what was announced of anchors. Raises UnknownAnchorError, UnknownMilestoneError.
    """
    _check_anchors(rules, (*anchors, *history))
    procedure.check_names(rules, tuple(actual))
    done = _held(rules, anchors, today) | dict(actual)
    past = {**_moved(rules, anchors, done), **history}
    facts = _Facts(rules, anchors, done, today)
    dated = milestones.date_all(rules, anchors, done)
    judged = tuple(_judged(milestone, facts, past) for milestone in dated)
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


def redraw(
    table: Timetable,
    *,
    today: date,
    anchors: Mapping[str, date] = MappingProxyType({}),
    actual: Actual = _NO_ACTUAL,
) -> Timetable:
    """Judge the whole chain of *table* again on the day *today*, with changed *anchors* or *actual*.

    An anchor that moves keeps its former date in the history, announced until *today*.
    """
    moved = {
        name: _announced(table, name, Announcement(today, day))
        for name, day in anchors.items()
        if table.anchors.get(name, day) != day
    }
    return draw_up(
        table.procedure,
        {**table.anchors, **anchors},
        today=today,
        actual={**table.actual, **actual},
        history={**table.history, **moved},
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
    return redraw(table, today=today, actual={name: to})


def changes(before: Timetable, after: Timetable) -> tuple[Change, ...]:
    """List the milestones whose dates or verdicts differ between two timetables."""
    old = {milestone.name: milestone for milestone in before.milestones}
    pairs = ((old[m.name], m) for m in after.milestones if m.name in old)
    return tuple(Change(was, now) for was, now in pairs if was != now)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a chain: its anchors, what was done, and what was announced when."""

    rules: Procedure
    anchors: Mapping[str, date]
    done: Actual
    today: date

    def judge(self, milestone: Milestone) -> Verdict:
        """Judge *milestone* by these facts; a date counted from an unknown one is unknown."""
        evidence = Evidence.NOT_KNOWN if self._uncertain(milestone) else self._evidence(milestone)
        verdict = verdicts.judge(milestone.limits, evidence, today=self.today)
        day = None if evidence is Evidence.NOT_KNOWN else milestone.day
        return replace(verdict, preference_met=verdicts.prefers(milestone.limits, day))

    def _evidence(self, milestone: Milestone) -> date | Evidence:
        if milestone.name not in self.done:
            return Evidence.NOTHING_DONE
        return self.done[milestone.name] or Evidence.NOT_KNOWN

    def _uncertain(self, milestone: Milestone) -> bool:
        setters = (rule for rule in self.rules.rules if rule.sets == milestone.rule.anchor)
        return milestone.rule.anchor not in self.anchors and any(
            self.done.get(rule.name, self.today) is None for rule in setters
        )

    def known_on(self, day: date, history: History) -> "_Facts":
        """Return the facts as they stood on *day*, where *history* tells of other dates."""
        known = {
            name: announced[-1].day
            for name, told in history.items()
            if (announced := sorted((a for a in told if a.on <= day), key=lambda a: a.on))
        }
        events = {rule.name for rule in self.rules.rules if rule.sets in known}
        done = {name: value for name, value in self.done.items() if name not in events}
        return replace(self, anchors={**self.anchors, **known}, done=done)


def _judged(milestone: Milestone, facts: _Facts, history: History) -> Milestone:
    """Give the verdict, and a second one by the dates known on the day where they differ."""
    verdict = facts.judge(milestone)
    if history:
        then = facts.known_on(milestone.actual or milestone.latest or facts.today, history)
        verdict = replace(verdict, as_known_then=_known_then(milestone, facts, then))
    return replace(milestone, verdict=verdict)


def _known_then(milestone: Milestone, facts: _Facts, then: _Facts) -> Verdict | None:
    dated = milestones.date_all(facts.rules, then.anchors, then.done)
    was = next(m for m in dated if m.name == milestone.name)
    if was.limits == milestone.limits:
        return None
    return replace(then, done=facts.done).judge(replace(was, actual=milestone.actual))


def _check_anchors(rules: Procedure, names: tuple[str, ...]) -> None:
    allowed = tuple(anchor.name for anchor in rules.anchors)
    if unknown := tuple(name for name in names if name not in allowed):
        raise UnknownAnchorError(unknown, allowed)


def _held(rules: Procedure, anchors: Mapping[str, date], today: date) -> dict[str, date | None]:
    """An event whose given date has come counts as held on it."""
    return {
        rule.name: anchors[rule.sets]
        for rule in rules.rules
        if rule.sets in anchors and anchors[rule.sets] <= today
    }


def _moved(rules: Procedure, anchors: Mapping[str, date], done: Actual) -> History:
    """An event held on another day than its anchor says was known for the anchor's day."""
    return {
        rule.sets: (Announcement(date.min, anchors[rule.sets]),)
        for rule in rules.rules
        if rule.sets in anchors and done.get(rule.name) not in (None, anchors[rule.sets])
    }


def _announced(table: Timetable, name: str, news: Announcement) -> tuple[Announcement, ...]:
    told = table.history.get(name) or (Announcement(date.min, table.anchors[name]),)
    return (*told, news)
