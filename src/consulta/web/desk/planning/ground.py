"""What can be planned with: procedures, the person's groups, and the meetings on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from consulta.accounts.models import User
from consulta.consultations import convening
from consulta.core import procedure as procedures
from consulta.core.agendas import PlannedMeeting
from consulta.core.rules import Procedure
from consulta.groups import permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.meetings import queries as meeting_queries
from consulta.meetings import wording
from consulta.meetings.models import Decision, Meeting
from consulta.web.ui import languages

#: How many meetings that were held are offered: the last one may have decided a topic.
HELD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Group is None where the person plans without one, with typed dates."""

    groups: Sequence[Group]
    group: Group | None
    meetings: Sequence[Meeting]
    open_meetings: Sequence[Meeting]
    decisions: Sequence[Decision]
    today: date

    def procedures(self) -> list[tuple[str, str]]:
        """Every procedure, those first that hang on the meetings of a group."""
        titled = [(rules.slug, _title(rules)) for rules in procedures.survey().readable]
        return sorted(titled, key=lambda one: (not convening.hangs_on_group(one[0]), one[1]))

    def usual_procedure(self) -> str:
        """The first procedure that fits: one that hangs on meetings where there is a group."""
        listed = [slug for slug, _title in self.procedures()]
        calls = [slug for slug in listed if convening.is_open_call(slug)]
        return listed[0] if self.group or not calls else calls[0]

    def usual_meetings(self) -> list[str]:
        """The last meeting that was held, and those to come, by slug."""
        held = [m.slug for m in self.meetings if m.starts_on and m.starts_on <= self.today]
        return [m.slug for m in self.meetings if m.slug not in held[:-1]]

    def chosen(self, slugs: Sequence[str]) -> list[PlannedMeeting]:
        """The meetings on record with these slugs, as a planner sees them."""
        picked = [meeting for meeting in self.meetings if meeting.slug in slugs]
        return [
            PlannedMeeting(m.slug, m.starts_on, m.ends_on or m.starts_on)
            for m in picked
            if m.starts_on
        ]

    def names(self) -> dict[str, str]:
        """The names of the meetings on record in the reader's language, by slug."""
        return {
            meeting.slug: wording.name(meeting, languages.current()).text
            for meeting in self.meetings
        }

    def meeting(self, slug: str) -> Meeting | None:
        """The meeting on record with this slug."""
        return next((meeting for meeting in self.meetings if meeting.slug == slug), None)

    def decision_at(self, meeting: Meeting) -> Decision | None:
        """A decision of this meeting to consult."""
        return next((one for one in self.decisions if one.meeting_id == meeting.pk), None)


def of(user: User, slug: str, *, today: date) -> Ground:
    """Gather what *user* can plan with, in the group called *slug* or the first one.

    Raises PermissionDenied for who may convene nothing, or nothing in that group.
    """
    groups = permissions.groups_of(user, Act.CONVENE)
    if not groups and not permissions.may(user, Act.CONVENE, None):
        raise PermissionDenied
    if slug and slug not in {group.slug for group in groups}:
        raise PermissionDenied
    group = next((g for g in groups if g.slug == slug), None) or _first(groups, today)
    held = list(meeting_queries.held(group, on=today))[:HELD] if group else []
    coming = [
        m for m in meeting_queries.coming(group, on=today) if m.pk not in {h.pk for h in held}
    ]
    own = [meeting for meeting in coming if meeting.kind == Meeting.Kind.GROUP]
    return Ground(
        groups=groups,
        group=group,
        meetings=[*reversed(held), *own] if group else [],
        open_meetings=[m for m in coming if m.kind == Meeting.Kind.OPEN] if group else [],
        decisions=meeting_queries.decisions_to_consult([group]) if group else [],
        today=today,
    )


def _first(groups: Sequence[Group], today: date) -> Group | None:
    """The first group that has a meeting to come, else the first one."""
    for group in groups:
        if meeting_queries.coming(group, on=today):
            return group
    return groups[0] if groups else None


def _title(rules: Procedure) -> str:
    return rules.title_for(languages.current()).text or rules.slug
