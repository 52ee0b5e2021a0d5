"""Lengthen the deadline for responses: the old date stays on record, the whole chain is judged again."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import clock, permissions, turn
from consulta.consultations.errors import (
    AlreadyEndedError,
    DeadlineShortenedError,
    NotAnnouncedError,
    ReasonMissingError,
)
from consulta.consultations.models import Consultation, Extension
from consulta.groups.permissions import Act
from consulta.ledger import ledger


@transaction.atomic
def extend(consultation: Consultation, *, to: date, reason: str, by: User) -> Extension:
    """Take responses until the end of the day *to*, for a *reason* that everyone can read.

    Raises NotAllowedError, ReasonMissingError, DeadlineShortenedError (for the same day too),
    NotAnnouncedError, AlreadyEndedError, OutOfCalendarError.
    """
    turn.take(consultation)
    permissions.require(by, Act.EXTEND, consultation)
    extension = _extension(consultation, to=to, reason=reason.strip(), by=by)
    extension.full_clean()
    extension.save()
    consultation.closes_at = extension.new_at
    clock.judge_again(consultation, extension.decided_at)
    consultation.full_clean()
    consultation.save()
    ledger.record("deadline_extended", extension, by=by)
    return extension


def check(consultation: Consultation, *, to: date, reason: str, by: User) -> None:
    """Refuse what `extend` would refuse, without changing anything."""
    permissions.require(by, Act.EXTEND, consultation)
    _extension(consultation, to=to, reason=reason.strip(), by=by)


def _extension(consultation: Consultation, *, to: date, reason: str, by: User) -> Extension:
    if consultation.announced_at is None or consultation.closes_at is None:
        raise NotAnnouncedError(consultation.slug)
    if consultation.cancelled_at or consultation.report_released_at or consultation.is_record:
        raise AlreadyEndedError(consultation.slug)
    if not reason:
        raise ReasonMissingError(consultation.slug)
    new_at = clock.end_of(to, consultation)
    if new_at <= consultation.closes_at:
        published = clock.local_day(consultation, consultation.closes_at)
        raise DeadlineShortenedError(published, to)
    return Extension(
        consultation=consultation,
        milestone=clock.closing(clock.rules(consultation)),
        old_at=consultation.closes_at,
        new_at=new_at,
        reason=reason,
        language=by.language,
        decided_at=timezone.now(),
        decided_by=by,
    )
