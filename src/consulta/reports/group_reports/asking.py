"""Asking: which report, by what a person types: a meeting's number, the first and the last year."""

from datetime import date

from consulta.core.group_report import Kind, NoPeriodError
from consulta.groups.models import Group
from consulta.meetings.models import Meeting
from consulta.reports.group_reports.facts import Asked

__all__ = ["Asked", "MeetingUnknownError", "NoPeriodError", "on_meeting", "on_years"]


class MeetingUnknownError(LookupError):
    """The group has no such meeting. *known* are the numbers, or slugs, of those that it has."""

    def __init__(self, known: list[str]) -> None:
        super().__init__(known)
        self.known = known


def on_meeting(group: Group, typed: str, *, is_public: bool = False) -> Asked:
    """Return the outcome report on the meeting with this number or slug. Raises MeetingUnknownError."""
    own = list(Meeting.objects.filter(group=group, kind=Meeting.Kind.GROUP).order_by("starts_on"))
    for meeting in own:
        if typed and typed in (meeting.slug, str(meeting.number or "")):
            return of_meeting(meeting, is_public=is_public)
    raise MeetingUnknownError([str(m.number or m.slug) for m in own])


def of_meeting(meeting: Meeting, *, is_public: bool = False) -> Asked:
    """Return the outcome report on *meeting*. Raises NoPeriodError while its day is not set."""
    first = meeting.starts_on
    if meeting.group is None or first is None:
        raise NoPeriodError("meeting")
    last = meeting.ends_on or first
    return Asked(Kind.OUTCOME, meeting.group, first, last, meeting, is_public)


def on_years(
    group: Group, kind: str, years: tuple[int | None, int | None], *, is_public: bool = False
) -> Asked:
    """Return the report on the years from the first to the last, whole. Raises NoPeriodError."""
    first, last = years
    if first is None or last is None or last < first:
        raise NoPeriodError("period")
    return Asked(Kind(kind), group, date(first, 1, 1), date(last, 12, 31), None, is_public)
