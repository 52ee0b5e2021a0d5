"""What an act would do to every date, shown before it is done: a longer deadline, a moved meeting."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from consulta.consultations import clock
from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.meetings import moving
from consulta.meetings.models import Meeting
from consulta.web.desk import dates, page
from consulta.web.ui.parts import TimetableRow


@dataclass(frozen=True, slots=True)
class Preview:
    """The dates of one consultation as they would be judged, and what would break the plan."""

    topic: str
    rows: Sequence[TimetableRow]
    conflicts: Sequence[str]


def extended(consultation: Consultation, *, closes_on: date) -> Preview:
    """The chain with a deadline on the day *closes_on*. Raises OutOfCalendarError."""
    changed = copy.copy(consultation)
    changed.closes_at = clock.end_of(closes_on, consultation)
    return _judged(changed)


def moved(meeting: Meeting, *, to: date) -> list[Preview]:
    """Every consultation that hangs on *meeting*, as if it began on *to*. Raises OutOfCalendarError."""
    after = copy.copy(meeting)
    moving.put(after, to=to)
    return [_judged(_hung_on(one, after)) for one in consultation_queries.hanging_on(meeting)]


def _hung_on(consultation: Consultation, meeting: Meeting) -> Consultation:
    changed = copy.copy(consultation)
    for name in clock.MEETINGS:
        if getattr(changed, f"{name}_id") == meeting.pk:
            setattr(changed, name, meeting)
    return changed


def _judged(consultation: Consultation) -> Preview:
    view = clock.view(consultation, timezone.now())
    return Preview(page.topic(consultation), dates.judged(view), dates.conflicts(view))
