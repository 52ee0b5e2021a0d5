"""Tell everyone what happened to a consultation. The words are chosen when it is shown."""

from datetime import date, datetime
from enum import StrEnum

from consulta.consultations.models import Consultation
from consulta.notices.models import Notice


class Kind(StrEnum):
    """What a notice can tell."""

    ANNOUNCED = "announced"
    OPENED = "opened"
    WEEK_LEFT = "week-left"
    DAYS_LEFT = "days-left"
    EXTENDED = "extended"
    CORRIGENDUM = "corrigendum"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MEETING_MOVED = "meeting-moved"
    MEETING_WEEK = "meeting-in-a-week"
    MEETING_SOON = "meeting-soon"
    REPORT = "report"
    DELIVERED = "delivered"
    SUMMARY_AGREED = "summary-agreed"
    SUMMARY_NOT_AGREED = "summary-not-agreed"
    SUMMARY_CARRIED = "summary-carried"
    DECISION_AMENDED = "decision-amended"
    DECISION_REVERSED = "decision-reversed"
    CONTESTED = "contested"
    CONTEST_ANSWERED = "contest-answered"


#: Reminders of a date that everyone could know: they are mailed, and are no news for a feed.
REMINDERS = frozenset({Kind.WEEK_LEFT, Kind.DAYS_LEFT, Kind.MEETING_WEEK, Kind.MEETING_SOON})

#: What stands in feeds and on pages, and is mailed to nobody: anyone may contest, as often as it is due.
NOT_MAILED = frozenset({Kind.CONTESTED})


def tell(
    consultation: Consultation,
    kind: Kind,
    *,
    at: datetime,
    of: tuple[str, date] | None = None,
    **parameters: str,
) -> Notice:
    """Put a notice of this *kind* on record; call it inside the act's own transaction.

    *of*: the milestone and its day, for what is told of each date once.
    """
    milestone, due_on = of or ("", None)
    notice = Notice(consultation=consultation, kind=kind, at=at, parameters=parameters)
    notice.milestone, notice.due_on = milestone, due_on
    notice.mailed_at = at if kind in NOT_MAILED else None
    notice.full_clean()
    notice.save()
    return notice
