"""Translating: an office translation of an answer, beside the original, with its status."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import TextStatus
from consulta.core.plaintext import storable
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.responses.errors import ReasonMissingError
from consulta.responses.models import Answer, AnswerTranslation


@transaction.atomic
def attach(
    answer: Answer,
    text: str,
    *,
    language: str,
    by: User,
    status: TextStatus = TextStatus.COURTESY,
) -> AnswerTranslation:
    """Put *text* beside *answer* as its translation into *language*; a later one takes its place.

    Raises NotAllowedError, ReasonMissingError for an empty text.
    """
    response = answer.version.response
    permissions.require(by, Act.TRANSLATE, response.consultation)
    if not text.strip():
        raise ReasonMissingError
    translation, _new = AnswerTranslation.objects.update_or_create(
        answer=answer,
        language=language,
        defaults={
            "text": storable(text).strip(),
            "status": status,
            "attached_by": by,
            "attached_at": timezone.now(),
        },
    )
    ledger.record("translation_attached", response, by=by)
    return translation
