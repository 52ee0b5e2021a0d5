"""How many registered and how many were there: counted after the meeting, and kept for good."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from consulta.core import regions
from consulta.ledger import ledger
from consulta.ledger.acts import Shows
from consulta.live import registration_days
from consulta.live.models import Attendance, ParticipationFigures, Registration
from consulta.meetings.models import Meeting

#: For how long after a meeting its figures follow what the desk still notes.
FOLLOWED = timedelta(days=60)
DIMENSIONS = ("mode", "role", "group", "region", "country")
Figures = dict[str, Any]


def of(meeting: Meeting) -> Figures:
    """Count now who stands, and who was there. One query. The shape is that of ParticipationFigures."""
    present = Attendance.objects.filter(registration=OuterRef("pk"), taken_back_at__isnull=True)
    rows = Registration.objects.filter(
        meeting=meeting,
        confirmed_at__isnull=False,
        cancelled_at__isnull=True,
        waiting_since__isnull=True,
    )
    counted = rows.annotate(present=Exists(present)).values_list(
        "mode", "role", "stakeholder_group__slug", "country", "present"
    )
    body = meeting.group.body.slug if meeting.group else ""
    return _count(counted, regions.for_body(body))


def kept(meeting: Meeting) -> Figures | None:
    """The figures that were counted after *meeting*; None before."""
    found = ParticipationFigures.objects.filter(meeting=meeting).first()
    return found.figures if found else None


def present(meetings: Iterable[Meeting]) -> Mapping[int, int]:
    """How many were at each of *meetings* of which figures are kept, by its id. One query."""
    rows = ParticipationFigures.objects.filter(meeting__in=[one.pk for one in meetings])
    return {row.meeting_id: int(row.figures.get("present", 0)) for row in rows}


def count_due(now: datetime) -> int:
    """Count meetings that are over, again where the desk noted something since; how many changed."""
    known = Registration.objects.filter(reduced_at__isnull=True, confirmed_at__isnull=False)
    meetings = Meeting.objects.filter(pk__in=known.values("meeting"), cancelled_at__isnull=True)
    return sum(
        keep(meeting)
        for meeting in meetings.select_related("group__body").prefetch_related("parts")
        if _is_followed(meeting, now)
    )


@transaction.atomic
def keep(meeting: Meeting) -> bool:
    """Count *meeting* and keep the figures; false where they are what they were."""
    counted, before = of(meeting), kept(meeting)
    if counted == before:
        return False
    told = {"figures": counted, "counted_at": timezone.now()}
    made, _new = ParticipationFigures.objects.update_or_create(meeting=meeting, defaults=told)
    ledger.record(
        "participation_counted",
        made,
        by="rules",
        shows=Shows.PAGES if is_public(meeting) else Shows.NONE,
    )
    return True


def is_public(meeting: Meeting) -> bool:
    """Whether everyone sees the figures: of an open meeting, or of a group that shows its members."""
    if meeting.kind == Meeting.Kind.OPEN:
        return True
    return meeting.group is not None and meeting.group.shows_members


def _is_followed(meeting: Meeting, now: datetime) -> bool:
    end = registration_days.ends_at(meeting)
    return end is not None and end <= now < end + FOLLOWED


def _count(rows: Iterable[tuple[Any, ...]], into: regions.Regions) -> Figures:
    total, by = [0, 0], {name: defaultdict[str, list[int]](lambda: [0, 0]) for name in DIMENSIONS}
    for mode, role, group, country, was_there in rows:
        values = (mode, role, group or "", into.region(country), country)
        lines = [by[name][value] for name, value in zip(DIMENSIONS, values, strict=True)]
        for line in (total, *lines):
            line[0] += 1
            line[1] += int(was_there)
    return {
        "registered": total[0],
        "present": total[1],
        "by": {name: dict(sorted(found.items())) for name, found in by.items()},
    }
