"""What was told to everyone: for pages, feeds and mails."""

from collections.abc import Sequence

from consulta.consultations.models import Consultation
from consulta.notices.models import Follow, Notice

LATEST = 50


def latest(limit: int = LATEST) -> Sequence[Notice]:
    """Return the latest notices about all consultations, the newest first."""
    shown = Notice.objects.select_related("consultation__group")
    return list(shown.prefetch_related("consultation__texts")[:limit])


def of_consultation(consultation: Consultation, limit: int = LATEST) -> Sequence[Notice]:
    """Return what was told about one consultation, the newest first."""
    return list(Notice.objects.filter(consultation=consultation)[:limit])


def followers(consultation: Consultation) -> Sequence[Follow]:
    """Return the addresses that asked to be told, and confirmed it."""
    asked = Follow.objects.filter(consultation=consultation, ended_at__isnull=True)
    return list(asked.filter(confirmed_at__isnull=False))
