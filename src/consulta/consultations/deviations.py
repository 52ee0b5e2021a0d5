"""Deviations: what lies outside the rule is explained by a recorded decision, at any time, in public.

A deviation names a milestone and a reason. It changes no verdict: a miss stays a miss, and what is
not explained is shown as that.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import clock, permissions, turn
from consulta.consultations.clock import Clock, Row
from consulta.consultations.errors import (
    DeviationNeedsReasonError,
    FromPublicRecordError,
    NotAnnouncedError,
    ReasonMissingError,
    RuleKeptError,
    UnknownMilestoneError,
)
from consulta.consultations.models import Consultation, Deviation
from consulta.core.conflicts import Code
from consulta.core.milestones import Milestone
from consulta.core.rules import MilestoneKind
from consulta.core.timetable import Timetable
from consulta.core.verdicts import Status
from consulta.groups.permissions import Act
from consulta.ledger import ledger

#: Nothing is to be explained where this is the verdict.
KEPT = frozenset({Status.KEPT, Status.KEPT_WITH_TOLERANCE})
Outside = Iterable[tuple[str, date | None]]


@transaction.atomic
def record(consultation: Consultation, milestone: str, *, reason: str, by: User) -> Deviation:
    """Record why *milestone* lies outside the rule, or will; everyone can read the *reason*.

    Raises NotAllowedError, NotAnnouncedError, FromPublicRecordError, UnknownMilestoneError,
    ReasonMissingError, RuleKeptError where the date keeps the rule.
    """
    turn.take(consultation)
    permissions.require(by, Act.RECORD_DEVIATION, consultation)
    _check(consultation, milestone, reason=reason)
    now = timezone.now()
    day = _chosen(clock.timetable(consultation, now), milestone)
    deviation = Deviation(consultation=consultation, milestone=milestone, chosen_on=day)
    return _save(deviation, reason=reason, by=by, at=now)


def record_at_opening(
    consultation: Consultation, outside: Outside, *, reason: str, by: User, at: datetime
) -> None:
    """Record for each milestone *outside* the rule, with its day, the *reason* given at opening.

    Raises DeviationNeedsReasonError.
    """
    found = [
        Deviation(consultation=consultation, milestone=name, chosen_on=day) for name, day in outside
    ]
    if found and not reason.strip():
        raise DeviationNeedsReasonError([deviation.milestone for deviation in found])
    for deviation in found:
        _save(deviation, reason=reason, by=by, at=at)


def unexplained(found: Clock) -> Sequence[Row]:
    """Return the rows that break the rule, or are planned outside it, without a recorded reason."""
    planned = _planned_outside(found.timetable)
    outside = (row for row in found.rows if row.verdict.broken or row.name in planned)
    return [row for row in outside if not explained(row)]


def may_lie_outside(found: Clock, row: Row) -> bool:
    """Say whether a reason can be recorded for *row*: not where its date keeps the rule."""
    return _may_lie_outside(found.timetable, row.milestone)


def explained(row: Row) -> bool:
    """Say whether a reason is on record for the day on which the milestone was done, held or set.

    A lengthened deadline was lengthened for a reason. A reason for an act covers the act whenever
    it is done; one for a deadline or an event covers the day that it names, and no later one.
    """
    return bool(row.extensions) or any(_covers(deviation, row) for deviation in row.deviations)


def _may_lie_outside(table: Timetable, milestone: Milestone) -> bool:
    return milestone.verdict.status not in KEPT or milestone.name in _planned_outside(table)


def _planned_outside(table: Timetable) -> set[str]:
    return {found.milestone for found in table.conflicts if found.code is Code.OUTSIDE_RULE}


def _covers(deviation: Deviation, row: Row) -> bool:
    open_ended = deviation.chosen_on is None or row.rule.kind is MilestoneKind.ACT
    return open_ended or deviation.chosen_on == row.on


def _chosen(table: Timetable, name: str) -> date | None:
    """The day on which a milestone was done or set, or for which an event was called; else None."""
    milestone = table.milestone(name)
    return milestone.actual or table.anchors.get(milestone.rule.sets)


def _check(consultation: Consultation, milestone: str, *, reason: str) -> None:
    if consultation.is_record:
        raise FromPublicRecordError(consultation.slug)
    if consultation.announced_at is None:
        raise NotAnnouncedError(consultation.slug)
    table = clock.timetable(consultation, timezone.now())
    found = next((m for m in table.milestones if m.name == milestone), None)
    if found is None:
        raise UnknownMilestoneError(milestone)
    if not reason.strip():
        raise ReasonMissingError(milestone)
    if not _may_lie_outside(table, found):
        raise RuleKeptError(milestone)


def _save(deviation: Deviation, *, reason: str, by: User, at: datetime) -> Deviation:
    """Save *deviation*; the ledger holds a hash of the reason, so that nobody changes it later."""
    deviation.reason, deviation.language = reason.strip(), by.language
    deviation.recorded_at, deviation.recorded_by = at, by
    deviation.full_clean()
    deviation.save()
    said = hashlib.sha256(deviation.reason.encode()).hexdigest()
    ledger.record("deviation_recorded", deviation, by=by, commitments={"reason": said})
    return deviation
