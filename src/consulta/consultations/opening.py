"""Open a consultation: announce it with its dates and freeze its questions."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import applied, clock, deviations, permissions, texts, turn
from consulta.consultations.convening import is_open_call
from consulta.consultations.errors import (
    AlreadyAnnouncedError,
    DatesMissingError,
    DatesOutOfOrderError,
    ProcedureUnreadableError,
    QuestionsMissingError,
)
from consulta.consultations.models import Consultation
from consulta.core.rules import Bound
from consulta.core.timetable import Timetable
from consulta.groups.permissions import Act
from consulta.ledger import ledger


@transaction.atomic
def open_consultation(
    consultation: Consultation,
    *,
    by: User,
    opens_at: datetime | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> None:
    """Announce *consultation*: from *opens_at* (at once, unless a later day was chosen) to its close.

    The close is the end of the chosen day, else of the day that the rule proposes. Dates outside
    the rule need a *reason*, which stays on record. A language that is missing is a visible fact,
    not an error. Raises NotAllowedError and the errors of consultations.errors.
    """
    now = now or timezone.now()
    turn.take(consultation)
    permissions.require(by, Act.OPEN, consultation)
    _check_ready(consultation)
    _set_dates(consultation, opens_at=opens_at, now=now)
    table = clock.judge_again(consultation, now)
    deviations.record_at_opening(consultation, outside_rule(table), reason=reason, by=by, at=now)
    consultation.announced_at = now
    consultation.full_clean()
    consultation.save()
    frozen = texts.frozen_hash(consultation)
    ledger.record("consultation_opened", consultation, by=by, commitments={"questions": frozen})


def preview(consultation: Consultation, *, now: datetime) -> Timetable:
    """Return the timetable that opening *consultation* now would announce; nothing is saved.

    The instants are put on the row in memory. Raises DatesMissingError, DatesOutOfOrderError.
    """
    _set_dates(consultation, opens_at=None, now=now)
    return clock.timetable(consultation, now)


def _fixed_opening(consultation: Consultation, now: datetime) -> datetime | None:
    """Return the start of the day on which the rule opens it, where the rule leaves no choice."""
    table = clock.timetable(consultation, now)
    names = {m.name for m in table.milestones if m.rule.bound is Bound.EXACTLY}
    day = table.milestone(clock.OPENING).proposed if clock.OPENING in names else None
    return clock.start_of(day, consultation.timezone) if day else None


def _check_dates_given(consultation: Consultation) -> None:
    """Raise DatesMissingError where a date is not given that only the institution can give."""
    procedure, known = clock.rules(consultation), clock.anchors(consultation)
    lacking = [a.name for a in clock.own_anchors(procedure) if a.required and a.name not in known]
    if lacking:
        raise DatesMissingError([r.name for r in procedure.applying if r.anchor in lacking])


def outside_rule(table: Timetable) -> list[tuple[str, date | None]]:
    """Return the milestones whose chosen or planned days break the rule, with these days."""
    broken = {m.name for m in table.milestones if m.actual and m.verdict.broken}
    broken |= {conflict.milestone for conflict in table.conflicts if conflict.blocking}
    return [(m.name, m.day) for m in table.milestones if m.name in broken]


def _check_ready(consultation: Consultation) -> None:
    if consultation.announced_at or consultation.is_record or consultation.cancelled_at:
        raise AlreadyAnnouncedError(consultation.slug)
    if not consultation.questions.exists() and not is_open_call(consultation.procedure):
        raise QuestionsMissingError(consultation.slug)
    if not applied.can_be_judged(consultation):
        raise ProcedureUnreadableError(consultation.procedure)
    texts.check_original(consultation)
    _check_dates_given(consultation)


def _set_dates(consultation: Consultation, *, opens_at: datetime | None, now: datetime) -> None:
    opens_at = opens_at or max(
        consultation.opens_at or _fixed_opening(consultation, now) or now, now
    )
    if opens_at < now:
        raise DatesOutOfOrderError(consultation.slug)
    consultation.opens_at = opens_at
    if consultation.closes_at is None:
        table = clock.timetable(consultation, now)
        due = table.milestone(clock.closing(table.procedure))
        if due.proposed is None:
            raise DatesMissingError([due.name])
        consultation.closes_at = clock.end_of(due.proposed, consultation)
    if consultation.closes_at <= opens_at:
        raise DatesOutOfOrderError(consultation.slug)
