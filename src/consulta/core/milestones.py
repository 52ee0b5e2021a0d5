"""Milestones: a rule with its dates filled in, and the day that is proposed inside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from consulta.core import calendar
from consulta.core.calendar import ClockChange, IsOff, Roll, RollOff, Unit, Weekday
from consulta.core.rules import Bound, MilestoneKind, MilestoneRule, Modality, Procedure
from consulta.core.verdicts import Limits, Status, Verdict

_UNJUDGED = Verdict(Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One rule, dated. Dates are None while the anchor is not known.

    *proposed* is the day that the rule and the institution's policy suggest, or the chosen date
    of a meeting; *rolled_from* the day it was moved from. *at* is the instant of a deadline's
    *proposed* day (an event has none: its hour is its own); *clock_change* says that the clocks
    skip or repeat that hour. *first_on* is the day announced for it before anything moved it.
    *actual* is the day it was done, held or set for. *is_off* says of a
    day that the milestone does not fall on it when it rolls.
    """

    rule: MilestoneRule
    anchor_day: date | None = None
    earliest: date | None = None
    latest: date | None = None
    proposed: date | None = None
    rolled_from: date | None = None
    at: datetime | None = None
    clock_change: ClockChange | None = None
    is_off: IsOff = field(default=calendar.is_weekend, repr=False, compare=False)
    actual: date | None = None
    verdict: Verdict = _UNJUDGED
    first_on: date | None = None

    @property
    def name(self) -> str:
        """The name of the milestone in its procedure."""
        return self.rule.name

    @property
    def day(self) -> date | None:
        """The day that counts for what follows: the actual one, else the proposed one."""
        return self.actual or self.proposed

    @property
    def weekday(self) -> Weekday | None:
        """The weekday of the proposed day."""
        return calendar.weekday(self.proposed) if self.proposed else None

    @property
    def preference_met(self) -> bool | None:
        """Whether the preferred weekday is met; None where none is preferred."""
        return self.verdict.preference_met

    @property
    def limits(self) -> Limits:
        """What a verdict needs to know of this milestone."""
        return Limits(
            self.earliest,
            self.latest,
            _tolerated_until(self),
            self.rule.preference,
            binding=self.rule.modality is not Modality.MAY,
            preferred_only=self.rule.bound is Bound.PREFERENCE,
        )


def date_all(
    procedure: Procedure, anchors: Mapping[str, date], actual: Mapping[str, date | None]
) -> tuple[Milestone, ...]:
    """Date every rule of *procedure*; one whose anchor is not known stays undated."""
    known, dated = dict(anchors), {}
    for rule in _in_counting_order(procedure):
        chosen = anchors.get(rule.sets) if rule.sets else None
        start, done = known.get(rule.anchor), actual.get(rule.name)
        milestone = _dated(procedure, rule, start, chosen=chosen, actual=done)
        dated[rule.name] = milestone
        if milestone.day:
            known[rule.name] = milestone.day
            known[rule.sets or rule.name] = milestone.day
    for rule in procedure.applying:
        if rule.follows in dated:
            dated[rule.follows] = _leaving_time(dated[rule.follows], dated[rule.name])
    return tuple(_timed(procedure, dated[rule.name]) for rule in procedure.applying)


def last_day_before(follower: Milestone) -> date | None:
    """Return the last day that leaves *follower* the time that its rule demands."""
    day = follower.day
    return day and day - timedelta(days=follower.rule.least_days)


def _in_counting_order(procedure: Procedure) -> Iterator[MilestoneRule]:
    """Yield the rules so that each comes after the one it counts from."""
    setters = {rule.sets: rule.name for rule in procedure.applying if rule.sets}
    waiting = list(procedure.applying)
    while waiting:
        names = {rule.name for rule in waiting}
        ready = [r for r in waiting if setters.get(r.anchor, r.anchor) not in names]
        yield from ready
        waiting = [rule for rule in waiting if rule not in ready]


def _days_off(procedure: Procedure, rule: MilestoneRule) -> IsOff:
    """Return off which days the milestone of *rule* rolls."""
    return procedure.seat.is_off if rule.roll_off is RollOff.HOLIDAY else calendar.is_weekend


def _dated(
    procedure: Procedure,
    rule: MilestoneRule,
    start: date | None,
    *,
    chosen: date | None,
    actual: date | None,
) -> Milestone:
    is_off = _days_off(procedure, rule)
    if start is None:
        return Milestone(rule, proposed=chosen, actual=actual, is_off=is_off)
    earliest = _counted(procedure, rule, start, rule.offset.first)
    last = _counted(procedure, rule, start, rule.offset.last)
    latest = _moved_back(rule, last, is_off)
    found = Milestone(
        rule,
        anchor_day=start,
        earliest=earliest,
        latest=latest,
        proposed=chosen,
        rolled_from=last if last != latest else None,
        is_off=is_off,
        actual=actual,
    )
    return found if chosen else _proposed(found)


def _counted(
    procedure: Procedure, rule: MilestoneRule, start: date, amount: int | None
) -> date | None:
    if amount is None:
        return None
    unit = rule.offset.unit
    off = procedure.seat.is_off if unit is Unit.WORKING_DAYS else calendar.is_weekend
    return calendar.shift(start, amount, unit, is_off=off)


def _moved_back(rule: MilestoneRule, last: date | None, is_off: IsOff) -> date | None:
    """Move the last day itself where the text of the rule moves it back off a weekend."""
    moves = rule.roll_in_rule and rule.roll is Roll.BACK
    return calendar.roll(last, Roll.BACK, is_off=is_off) if last and moves else last


def _proposed(milestone: Milestone) -> Milestone:
    """Propose the preferred weekday of a window, else the last allowed day, off the weekend."""
    rule = milestone.rule
    if rule.preference:
        return replace(milestone, proposed=_preferred(milestone.limits, milestone.is_off))
    day = milestone.latest or milestone.earliest
    if day is None:
        return milestone
    rolled = calendar.roll(day, rule.roll, is_off=milestone.is_off)
    came_from = day if rolled != day else milestone.rolled_from
    return replace(milestone, proposed=rolled, rolled_from=came_from)


def _preferred(limits: Limits, is_off: IsOff) -> date | None:
    """Return the preferred weekday inside the limits, else the first working day, else the first."""
    if limits.earliest is None or limits.latest is None:
        return limits.earliest or limits.latest
    length = (limits.latest - limits.earliest).days + 1
    window = [limits.earliest + timedelta(days=n) for n in range(length)]
    preferred = [day for day in window if calendar.weekday(day) is limits.preference]
    working = [day for day in window if not is_off(day)]
    return (preferred or working or window)[0]


def _leaving_time(milestone: Milestone, follower: Milestone) -> Milestone:
    """Propose an earlier day where the last one would leave *follower* too little time."""
    last = last_day_before(follower)
    if not (last and milestone.earliest and milestone.proposed) or milestone.proposed <= last:
        return milestone
    return replace(milestone, proposed=max(milestone.earliest, last), rolled_from=None)


def instant(procedure: Procedure, rule: MilestoneRule, day: date) -> datetime:
    """Return the instant at which *day* ends as a deadline of *rule*, by its own hour and zone."""
    return calendar.instant(day, rule.hour or procedure.hour, rule.zone or procedure.zone)


def _timed(procedure: Procedure, milestone: Milestone) -> Milestone:
    rule, day = milestone.rule, milestone.proposed
    if day is None or rule.kind is MilestoneKind.EVENT:
        return milestone
    hour, zone = rule.hour or procedure.hour, rule.zone or procedure.zone
    change = calendar.clock_change(day, hour, zone)
    return replace(milestone, at=instant(procedure, rule, day), clock_change=change)


def _tolerated_until(milestone: Milestone) -> date | None:
    rule, latest = milestone.rule, milestone.latest
    if latest is None or not (rule.tolerance_days or rule.roll_in_rule):
        return None
    moves = rule.roll_in_rule and rule.roll is Roll.FORWARD
    last = calendar.roll(latest, Roll.FORWARD, is_off=milestone.is_off) if moves else latest
    return last + timedelta(days=rule.tolerance_days)
