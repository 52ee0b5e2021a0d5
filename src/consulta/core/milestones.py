"""Milestones: a rule with its dates filled in, and the day that is proposed inside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from consulta.core import calendar
from consulta.core.calendar import Roll, Weekday
from consulta.core.rules import MilestoneKind, MilestoneRule, Modality, Procedure
from consulta.core.verdicts import Limits, Status, Verdict

_UNJUDGED = Verdict(Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One rule, dated. Dates are None while the anchor is not known.

    *proposed* is the day that the rule and the institution's policy suggest, or the chosen date
    of a meeting; *rolled_from* the day it was moved from. *at* is the instant of a deadline's
    *proposed* day (an event has none: its hour is its own). *actual* is the day it was done,
    held or set for.
    """

    rule: MilestoneRule
    anchor_day: date | None = None
    earliest: date | None = None
    latest: date | None = None
    proposed: date | None = None
    rolled_from: date | None = None
    at: datetime | None = None
    actual: date | None = None
    verdict: Verdict = _UNJUDGED

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
            _tolerated_until(self.rule, self.latest),
            self.rule.preference,
            binding=self.rule.modality is not Modality.MAY,
        )


def date_all(
    procedure: Procedure, anchors: Mapping[str, date], actual: Mapping[str, date | None]
) -> tuple[Milestone, ...]:
    """Date every rule of *procedure*; one whose anchor is not known stays undated."""
    known, dated = dict(anchors), {}
    for rule in _in_counting_order(procedure):
        chosen = anchors.get(rule.sets) if rule.sets else None
        milestone = _dated(rule, known.get(rule.anchor), chosen)
        milestone = replace(milestone, actual=actual.get(rule.name))
        dated[rule.name] = milestone
        if milestone.day:
            known[rule.name] = milestone.day
            known[rule.sets or rule.name] = milestone.day
    for rule in procedure.rules:
        if rule.follows in dated and rule.name in dated:
            dated[rule.follows] = _leaving_time(dated[rule.follows], dated[rule.name])
    return tuple(_timed(procedure, dated[r.name]) for r in procedure.rules if r.name in dated)


def last_day_before(follower: Milestone) -> date | None:
    """Return the last day that leaves *follower* the time that its rule demands."""
    day = follower.day
    return day and day - timedelta(days=follower.rule.least_days)


def _in_counting_order(procedure: Procedure) -> Iterator[MilestoneRule]:
    """Yield the rules so that each comes after the one it counts from."""
    setters = {rule.sets: rule.name for rule in procedure.rules if rule.sets}
    waiting = [rule for rule in procedure.rules if not rule.optional]
    while waiting:
        names = {rule.name for rule in waiting}
        ready = [r for r in waiting if setters.get(r.anchor, r.anchor) not in names]
        yield from ready
        waiting = [rule for rule in waiting if rule not in ready]


def _dated(rule: MilestoneRule, anchor_day: date | None, chosen: date | None) -> Milestone:
    if anchor_day is None:
        return Milestone(rule, proposed=chosen)
    offset = rule.offset
    earliest, latest = (
        None if amount is None else calendar.shift(anchor_day, amount, offset.unit)
        for amount in (offset.first, offset.last)
    )
    undated = Milestone(rule, anchor_day, earliest, latest, proposed=chosen)
    return undated if chosen else _proposed(undated)


def _proposed(milestone: Milestone) -> Milestone:
    """Propose the preferred weekday of a window, else the last allowed day, off the weekend."""
    rule = milestone.rule
    if rule.preference:
        return replace(milestone, proposed=_preferred(milestone.limits))
    day = milestone.latest or milestone.earliest
    if day is None:
        return milestone
    rolled = calendar.roll(day, rule.roll)
    return replace(milestone, proposed=rolled, rolled_from=day if rolled != day else None)


def _preferred(limits: Limits) -> date | None:
    """Return the preferred weekday inside the limits, else the first working day, else the first."""
    if limits.earliest is None or limits.latest is None:
        return limits.earliest or limits.latest
    length = (limits.latest - limits.earliest).days + 1
    window = [limits.earliest + timedelta(days=n) for n in range(length)]
    preferred = [day for day in window if calendar.weekday(day) is limits.preference]
    working = [day for day in window if not calendar.is_weekend(day)]
    return (preferred or working or window)[0]


def _leaving_time(milestone: Milestone, follower: Milestone) -> Milestone:
    """Propose an earlier day where the last one would leave *follower* too little time."""
    last = last_day_before(follower)
    if not (last and milestone.earliest and milestone.proposed) or milestone.proposed <= last:
        return milestone
    return replace(milestone, proposed=max(milestone.earliest, last), rolled_from=None)


def _timed(procedure: Procedure, milestone: Milestone) -> Milestone:
    if milestone.proposed is None or milestone.rule.kind is MilestoneKind.EVENT:
        return milestone
    at = calendar.instant(milestone.proposed, procedure.hour, procedure.zone)
    return replace(milestone, at=at)


def _tolerated_until(rule: MilestoneRule, latest: date | None) -> date | None:
    if latest is None or not (rule.tolerance_days or rule.roll_in_rule):
        return None
    rolled = calendar.roll(latest, Roll.FORWARD) if rule.roll_in_rule else latest
    return rolled + timedelta(days=rule.tolerance_days)
