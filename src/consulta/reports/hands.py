"""Hands: who changed the words, the citations or the order of a text, so that none approves own work."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations.models import Consultation
from consulta.reports.models import Hand
from consulta.reports.places import Place

#: Who had a hand in a text, by the account's id: when last.
Hands = dict[int, datetime]


def note(place: Place, *, by: User) -> None:
    """Remember that *by* changed the text of *place* now."""
    Hand.objects.update_or_create(
        consultation=place.consultation,
        question=place.question,
        language=place.language,
        by=by,
        defaults={"at": timezone.now()},
    )


def of(consultation: Consultation, language: str) -> dict[int | None, Hands]:
    """Who changed each text of the report in one language, by the question's id. One query."""
    found: dict[int | None, Hands] = {}
    for hand in Hand.objects.filter(consultation=consultation, language=language):
        found.setdefault(hand.question_id, {})[hand.by_id] = hand.at
    return found


def since(hands: Hands, approved_at: datetime | None) -> Collection[int]:
    """Whose change came after the last approval, by the account's id; everybody's before any."""
    return {by for by, at in hands.items() if approved_at is None or at > approved_at}
