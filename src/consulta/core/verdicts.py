"""Verdicts: was a rule kept, missed by so many days, or can it not be known?"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum

from consulta.core.calendar import Weekday, weekday


class Status(StrEnum):
    """What can be said of one rule on one day."""

    KEPT = "kept"
    KEPT_WITH_TOLERANCE = "kept_with_tolerance"
    MISSED = "missed"
    OVERDUE = "overdue"
    NOT_DUE = "not_due"
    UNKNOWN = "unknown"


class Side(StrEnum):
    """On which side of what the rule allows a date fell."""

    EARLY = "early"
    LATE = "late"


class Evidence(Enum):
    """What is known where no date is."""

    NOTHING_DONE = "nothing_done"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Limits:
    """The days that a rule allows, both included; None where it sets no limit.

    *tolerated_until*: the last day that still counts as kept, with tolerance.
    *binding* is false for what a text only allows: that is never overdue. *preferred_only*: the
    days are preferred, not demanded, so that nothing is missed.
    """

    earliest: date | None = None
    latest: date | None = None
    tolerated_until: date | None = None
    preference: Weekday | None = None
    binding: bool = True
    preferred_only: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one rule. *days* is positive for missed and overdue, None otherwise.

    *preference_met* is None where the rule prefers no weekday or no date is known.
    *as_known_then* is the verdict by the dates that were known on the day, where a meeting moved;
    with *by_earlier_dates*, by dates announced earlier, not by those known on that very day.
    """

    status: Status
    days: int | None = None
    side: Side | None = None
    preference_met: bool | None = None
    as_known_then: "Verdict | None" = None
    by_earlier_dates: bool = False

    @property
    def broken(self) -> bool:
        """Say whether the rule was missed or is overdue."""
        return self.status in (Status.MISSED, Status.OVERDUE)


def judge(limits: Limits, done: date | Evidence, *, today: date) -> Verdict:
    """Judge one rule: *done* is the day on which it was done or set, or what is known instead."""
    if limits.earliest is None and limits.latest is None:
        return Verdict(Status.UNKNOWN)
    if isinstance(done, Evidence):
        return _undone(limits, done, today)
    return _done(limits, done)


def prefers(limits: Limits, day: date | None) -> bool | None:
    """Say whether *day* is the preferred weekday; None without a preference or a day.

    Where the days are only preferred, it must lie among them too.
    """
    if day is None or not (limits.preference or limits.preferred_only):
        return None
    early = bool(limits.earliest and day < limits.earliest)
    late = bool(limits.latest and day > limits.latest)
    inside = not (limits.preferred_only and (early or late))
    return inside and (limits.preference is None or weekday(day) is limits.preference)


def _done(limits: Limits, day: date) -> Verdict:
    met = prefers(limits, day)
    if limits.preferred_only:
        return Verdict(Status.KEPT, preference_met=met)
    if limits.earliest and day < limits.earliest:
        return Verdict(Status.MISSED, (limits.earliest - day).days, Side.EARLY, met)
    if limits.latest is None or day <= limits.latest:
        return Verdict(Status.KEPT, preference_met=met)
    if limits.tolerated_until and day <= limits.tolerated_until:
        return Verdict(Status.KEPT_WITH_TOLERANCE, preference_met=met)
    return Verdict(Status.MISSED, (day - limits.latest).days, Side.LATE, met)


def _undone(limits: Limits, evidence: Evidence, today: date) -> Verdict:
    if evidence is Evidence.NOT_KNOWN:
        return Verdict(Status.UNKNOWN)
    last = limits.tolerated_until or limits.latest
    demanded = limits.binding and not limits.preferred_only
    if last is None or not demanded or today <= last:
        return Verdict(Status.NOT_DUE)
    counted_from = limits.latest or last
    return Verdict(Status.OVERDUE, (today - counted_from) // timedelta(days=1), Side.LATE)
