"""The phases of a timetable: when something may be submitted, and which of them an instant is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from consulta.core import calendar, milestones
from consulta.core.milestones import Milestone
from consulta.core.regime import Phase
from consulta.core.rules import MilestoneKind, Procedure


@dataclass(frozen=True, slots=True)
class DatedPhase:
    """A phase from its first day to its last, both included; None while a date is not known.

    *opens_at* is the first instant of its first day, or the instant of the deadline that opens it;
    *closes_at* the instant at which its own deadline ends.
    """

    phase: Phase
    opens_on: date | None
    closes_on: date | None
    opens_at: datetime | None
    closes_at: datetime | None

    def is_open(self, at: datetime) -> bool:
        """Say whether something may be submitted at the instant *at*."""
        if not (self.opens_at and self.closes_at):
            return False
        return self.opens_at <= at <= self.closes_at


def dated(procedure: Procedure, found: Iterable[Milestone]) -> tuple[DatedPhase, ...]:
    """Date the phases of *procedure* by the milestones that open and close them."""
    by_name = {milestone.name: milestone for milestone in found}
    return tuple(_dated(procedure, phase, by_name) for phase in procedure.applying_phases)


def open_at(found: Iterable[DatedPhase], at: datetime) -> tuple[Phase, ...]:
    """Return the phases that are open at the instant *at*; two may overlap."""
    return tuple(one.phase for one in found if one.is_open(at))


def _dated(procedure: Procedure, phase: Phase, by_name: dict[str, Milestone]) -> DatedPhase:
    opens, closes = by_name.get(phase.opens), by_name.get(phase.closes)
    return DatedPhase(
        phase,
        opens_on=opens.day if opens else None,
        closes_on=closes.day if closes else None,
        opens_at=_opens_at(procedure, opens),
        closes_at=_ends_at(procedure, closes),
    )


def _opens_at(procedure: Procedure, opens: Milestone | None) -> datetime | None:
    if opens is None or opens.day is None:
        return None
    if opens.rule.kind is MilestoneKind.DEADLINE:
        return _ends_at(procedure, opens)
    return calendar.instant(opens.day, time.min, opens.rule.zone or procedure.zone)


def _ends_at(procedure: Procedure, milestone: Milestone | None) -> datetime | None:
    if milestone is None or milestone.day is None:
        return None
    return milestones.instant(procedure, milestone.rule, milestone.day)
