"""End a consultation before its time, and record the days on which milestones were reached."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import clock, permissions, turn
from consulta.consultations.errors import (
    AlreadyEndedError,
    NotYetDoneError,
    ReasonMissingError,
    UnknownMilestoneError,
)
from consulta.consultations.models import Consultation, MilestoneFact
from consulta.core.calendar import checked
from consulta.core.rules import MilestoneKind
from consulta.groups.permissions import Act
from consulta.ledger import ledger

#: What is a fact only once it is done; a deadline may be set, and an event called, for a day to come.
DONE = frozenset({MilestoneKind.ACT, MilestoneKind.OUTPUT})


@transaction.atomic
def cancel(consultation: Consultation, *, reason: str, by: User) -> None:
    """Cancel *consultation* for a *reason* that everyone can read; what came in stays on record.

    Raises NotAllowedError, ReasonMissingError, AlreadyEndedError.
    """
    turn.take(consultation)
    permissions.require(by, Act.CANCEL, consultation)
    if consultation.cancelled_at or consultation.delivered_at or consultation.is_record:
        raise AlreadyEndedError(consultation.slug)
    if not reason.strip():
        raise ReasonMissingError(consultation.slug)
    consultation.cancelled_at = timezone.now()
    consultation.cancellation_reason = reason.strip()
    consultation.full_clean()
    consultation.save()
    ledger.record("consultation_cancelled", consultation, by=by)


@transaction.atomic
def mark_report_released(consultation: Consultation, *, at: datetime) -> None:
    """Note that the report is out; the first language edition meets the clock. Later ones change nothing."""
    turn.take(consultation)
    if consultation.report_released_at is None:
        consultation.report_released_at = at
        clock.judge_again(consultation, at)
        consultation.save()


@transaction.atomic
def mark_delivered(consultation: Consultation, *, at: datetime) -> None:
    """Note that the responses were put before the group. A second delivery changes nothing."""
    turn.take(consultation)
    if consultation.delivered_at is None:
        consultation.delivered_at = at
        consultation.save()


@transaction.atomic
def record_fact(
    consultation: Consultation, milestone: str, *, on: date, source: str, by: User
) -> MilestoneFact:
    """Record that *milestone* was reached on the day *on*, with the *source* that shows it.

    Raises NotAllowedError, UnknownMilestoneError, ReasonMissingError without a source,
    NotYetDoneError for an act or a document on a day to come, OutOfCalendarError.
    """
    checked(on)
    turn.take(consultation)
    permissions.require(by, Act.RECORD_FACT, consultation)
    _check_fact(consultation, milestone, on=on)
    if not source.strip():
        raise ReasonMissingError(milestone)
    fact, _ = MilestoneFact.objects.get_or_create(consultation=consultation, milestone=milestone)
    fact.on, fact.source = on, source.strip()
    fact.full_clean()
    fact.save()
    clock.judge_again(consultation, timezone.now())
    consultation.save()
    ledger.record("milestone_recorded", fact, by=by)
    return fact


def _check_fact(consultation: Consultation, milestone: str, *, on: date) -> None:
    """Refuse a milestone that there is none, and an act or a document on a day to come."""
    rule = next((r for r in clock.rules(consultation).rules if r.name == milestone), None)
    if rule is None:
        raise UnknownMilestoneError(milestone)
    today = clock.local_day(consultation, timezone.now())
    if rule.kind in DONE and on > today:
        raise NotYetDoneError(milestone)
