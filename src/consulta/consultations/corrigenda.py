"""Correct what froze: a corrigendum is announced, and the frozen text stays beside it."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions, turn
from consulta.consultations.errors import AlreadyEndedError, NotAnnouncedError, ReasonMissingError
from consulta.consultations.models import Consultation, Corrigendum, Question
from consulta.groups.permissions import Act
from consulta.ledger import ledger


@transaction.atomic
def announce(
    consultation: Consultation,
    *,
    text: str,
    language: str,
    by: User,
    question: Question | None = None,
) -> Corrigendum:
    """Announce a correction in *language* to one question, or to the whole (None).

    Raises NotAllowedError, NotAnnouncedError for a draft (edit that instead), AlreadyEndedError
    once it was cancelled, ReasonMissingError without words.
    """
    turn.take(consultation)
    permissions.require(by, Act.CORRECT, consultation)
    if consultation.announced_at is None:
        raise NotAnnouncedError(consultation.slug)
    if consultation.cancelled_at:
        raise AlreadyEndedError(consultation.slug)
    if not text.strip():
        raise ReasonMissingError(consultation.slug)
    corrigendum = Corrigendum(consultation=consultation, question=question, language=language)
    corrigendum.text = text.strip()
    corrigendum.announced_at, corrigendum.announced_by = timezone.now(), by
    corrigendum.full_clean()
    corrigendum.save()
    ledger.record("corrigendum_announced", corrigendum, by=by)
    return corrigendum
