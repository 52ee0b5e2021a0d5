"""Conflicts: where a plan cannot keep the rule, and what is worth knowing before choosing a date.

Codes and parameters only; `consultations.wording` puts them into words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from consulta.core import calendar
from consulta.core.calendar import ClockChange, Weekday
from consulta.core.milestones import Milestone, last_day_before
from consulta.core.rules import MilestoneKind

Parameter = str | int | date | Weekday


class Code(StrEnum):
    """What is the matter with a date."""

    NO_TIME = "no_time"
    OPEN_TOO_SHORT = "open_too_short"
    OUTSIDE_RULE = "outside_rule"
    ROLLED_PAST_RULE = "rolled_past_rule"
    OUT_OF_ORDER = "out_of_order"
    PREFERENCE_IMPOSSIBLE = "preference_impossible"
    PREFERENCE_NOT_CHOSEN = "preference_not_chosen"
    ROLLED = "rolled"
    ON_WEEKEND = "on_weekend"
    ROLLED_OFF_HOLIDAY = "rolled_off_holiday"
    ON_HOLIDAY = "on_holiday"
    HOUR_SKIPPED = "hour_skipped"
    HOUR_REPEATED = "hour_repeated"
    NOT_YET_DONE = "not_yet_done"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about one milestone. *blocking*: with this, the plan breaks the rule."""

    code: Code
    milestone: str
    parameters: Mapping[str, Parameter]
    blocking: bool = False

    @property
    def milestones(self) -> tuple[str, ...]:
        """The names of all milestones that take part in it, the earlier one first."""
        other = self.parameters.get("other")
        return (other, self.milestone) if isinstance(other, str) else (self.milestone,)


def find(milestones: tuple[Milestone, ...], *, today: date) -> tuple[Finding, ...]:
    """Find every conflict in a dated plan, the blocking ones first.

    What has already happened is judged by its verdict and is no conflict of the plan; what is set
    for a day to come is one, where that day misses the rule.
    """
    by_name = {milestone.name: milestone for milestone in milestones}
    found: list[Finding] = []
    for milestone in milestones:
        before = by_name.get(milestone.rule.follows)
        if before:
            found.extend(_time_between(before, milestone))
        found.extend(_outside(milestone, today))
        found.extend(_preference(milestone))
    return tuple(sorted(found, key=lambda finding: not finding.blocking))


def notes(milestones: tuple[Milestone, ...]) -> tuple[Finding, ...]:
    """Point out the days that nobody works on, those moved off one, and hours that clocks change.

    Public holidays count where the milestone rolls off them.
    """
    return tuple(note for m in milestones for note in (*_free_day(m), *_clocks(m)))


def not_yet_done(milestones: tuple[Milestone, ...], *, today: date) -> Iterator[Finding]:
    """Point out the acts and documents said to be done on a day to come: a slip, or only a plan."""
    for milestone in milestones:
        is_done_once = milestone.rule.kind in (MilestoneKind.ACT, MilestoneKind.OUTPUT)
        if is_done_once and milestone.actual and milestone.actual > today:
            yield _finding(Code.NOT_YET_DONE, milestone)


def _time_between(before: Milestone, after: Milestone) -> Iterator[Finding]:
    last = last_day_before(after)
    taken = before.actual or before.latest or before.proposed
    if not (last and taken and after.day) or taken <= last:
        return
    if before.actual or not after.rule.least_days:
        if before.day and before.day > last:
            yield _blocking(Code.OUT_OF_ORDER, after, other=before.name, other_day=before.day)
    elif before.earliest and before.earliest > last:
        days = (before.earliest - last).days
        yield _blocking(Code.NO_TIME, after, other=before.name, days=days, last=last)
    else:
        days = (after.day - taken).days
        said: dict[str, Parameter] = {"other": before.name, "days": days, "last": last}
        yield _blocking(Code.OPEN_TOO_SHORT, after, opens=taken, **said)


def _outside(milestone: Milestone, today: date) -> Iterator[Finding]:
    if milestone.actual:
        yield from _set_outside(milestone, milestone.actual, today)
        return
    day = milestone.proposed
    if day is None:
        return
    late = bool(milestone.latest and day > milestone.latest)
    early = bool(milestone.earliest and day < milestone.earliest)
    if milestone.rolled_from and (late or early) and not milestone.rule.roll_in_rule:
        days = abs((day - milestone.rolled_from).days)
        yield _blocking(Code.ROLLED_PAST_RULE, milestone, days=days)
    elif (late or early) and day > today and milestone.rule.kind is MilestoneKind.EVENT:
        yield _blocking(Code.OUTSIDE_RULE, milestone, **_window(milestone))


def _set_outside(milestone: Milestone, day: date, today: date) -> Iterator[Finding]:
    if day > today and milestone.verdict.broken:
        yield _blocking(Code.OUTSIDE_RULE, milestone, **_window(milestone))


def _preference(milestone: Milestone) -> Iterator[Finding]:
    wanted, limits = milestone.rule.preference, milestone.limits
    if wanted is None or milestone.day is None or calendar.weekday(milestone.day) is wanted:
        return
    if limits.earliest is None or limits.latest is None:
        return
    ahead = tuple(Weekday).index(wanted) - limits.earliest.weekday()
    nearest = limits.earliest + timedelta(days=ahead % 7)
    if nearest > limits.latest:
        yield _finding(
            Code.PREFERENCE_IMPOSSIBLE, milestone, preference=wanted, **_window(milestone)
        )
    elif limits.earliest <= milestone.day <= limits.latest:
        yield _finding(Code.PREFERENCE_NOT_CHOSEN, milestone, preference=wanted, nearest=nearest)


def _free_day(milestone: Milestone) -> Iterator[Finding]:
    day, moved_from = milestone.day, milestone.rolled_from
    if day is None:
        return
    if calendar.is_weekend(day):
        yield _finding(Code.ON_WEEKEND, milestone)
    elif milestone.is_off(day):
        yield _finding(Code.ON_HOLIDAY, milestone)
    elif moved_from and not milestone.actual:
        weekend = calendar.is_weekend(moved_from)
        code = Code.ROLLED if weekend else Code.ROLLED_OFF_HOLIDAY
        yield _finding(code, milestone, rolled_from=moved_from)


def _clocks(milestone: Milestone) -> Iterator[Finding]:
    codes = {
        ClockChange.SKIPPED: Code.HOUR_SKIPPED,
        ClockChange.REPEATED: Code.HOUR_REPEATED,
    }
    if milestone.clock_change and not milestone.actual:
        yield _finding(codes[milestone.clock_change], milestone)


def _window(milestone: Milestone) -> dict[str, date]:
    limits = {"earliest": milestone.earliest, "latest": milestone.latest}
    return {name: day for name, day in limits.items() if day}


def _blocking(code: Code, milestone: Milestone, **parameters: Parameter) -> Finding:
    return replace(_finding(code, milestone, **parameters), blocking=True)


def _finding(code: Code, milestone: Milestone, **parameters: Parameter) -> Finding:
    day: dict[str, Parameter] = {"day": milestone.day} if milestone.day else {}
    return Finding(code, milestone.name, MappingProxyType(day | parameters))
