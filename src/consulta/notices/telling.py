"""Tell everyone what happened to a consultation. The words are chosen when it is shown."""

from datetime import datetime
from enum import StrEnum

from consulta.consultations.models import Consultation
from consulta.notices.models import Notice


class Kind(StrEnum):
    """What a notice can tell."""

    OPENED = "opened"
    EXTENDED = "extended"
    CORRIGENDUM = "corrigendum"
    CANCELLED = "cancelled"
    MEETING_MOVED = "meeting-moved"
    REPORT = "report"
    DELIVERED = "delivered"


def tell(consultation: Consultation, kind: Kind, *, at: datetime, **parameters: str) -> Notice:
    """Put a notice of this *kind* on record; call it inside the act's own transaction."""
    notice = Notice(consultation=consultation, kind=kind, at=at, parameters=parameters)
    notice.full_clean()
    notice.save()
    return notice
