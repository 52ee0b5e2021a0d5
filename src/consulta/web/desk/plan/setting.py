"""What a plan can be made of: the group, its decision, its meetings, the body's languages and issues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consulta.consultations import convening
from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.core import procedure as procedures
from consulta.core.multilingual import choose
from consulta.groups import queries as group_queries
from consulta.groups.models import Body, Group, Issue
from consulta.meetings import extra as extra_meetings
from consulta.meetings import queries as meeting_queries
from consulta.meetings import wording
from consulta.meetings.models import Decision, Meeting
from consulta.web.ui import languages
from consulta.web.ui.templatetags.ui import written

#: The procedure of a body that has no rule of its own.
ANY_BODY = "open-call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Group and decision are None for an open call."""

    body: Body | None
    group: Group | None
    decision: Decision | None
    meetings: Sequence[Meeting]
    issues: Sequence[Issue]
    earlier: Sequence[Consultation]

    @property
    def spoken(self) -> list[str]:
        """The languages in which the body speaks."""
        return (self.body.languages if self.body else []) or list(languages.names())

    def procedures(self) -> list[tuple[str, str]]:
        """The procedures that fit: an open call hangs on no meeting. The usual one comes first."""
        found = [
            (rules.slug, choose(rules.title, languages.current()).text or rules.slug)
            for rules in procedures.survey().readable
            if self.group is not None or convening.is_open_call(rules.slug)
        ]
        usual = self.usual_procedure()
        return sorted(found, key=lambda named: (named[0] != usual, named[1].casefold()))

    def usual_procedure(self) -> str:
        """What the last consultation ran by; else a rule that hangs on the group's meetings, or the
        call that every body can make.
        """
        known = [rules.slug for rules in procedures.survey().readable]
        fitting = [slug for slug in known if self.group or convening.is_open_call(slug)]
        last = next((c.procedure for c in self.earlier if c.procedure in fitting), "")
        bound = [slug for slug in fitting if convening.hangs_on_group(slug)]
        return last or max(bound, default=ANY_BODY)

    def meeting(self, pk: str) -> Meeting | None:
        """The meeting with this id, if it is one of those that can be chosen."""
        return next((m for m in self.meetings if str(m.pk) == pk), None)

    def choices(self, kind: Meeting.Kind) -> list[tuple[str, str]]:
        """The meetings of this kind that can be chosen, with their first days; extra ones bind no clock."""
        extra = {row.meeting_id for row in extra_meetings.every()}
        return [
            (str(m.pk), named(m)) for m in self.meetings if m.kind == kind and m.pk not in extra
        ]


def of(
    group: Group | None,
    decision: Decision | None,
    *,
    today: date,
    standing: Consultation | None = None,
) -> Setting:
    """Gather what a plan for *group* can be made of; *standing*: the draft that is edited."""
    body = group.body if group else group_queries.body()
    coming = list(meeting_queries.coming(group, on=today)) if group else []
    kept = [standing.open_meeting, standing.group_meeting] if standing else []
    coming += [m for m in kept if m is not None and m not in coming]
    return Setting(
        body=body,
        group=group,
        decision=decision,
        meetings=coming,
        issues=group_queries.issues(body) if body else [],
        earlier=consultation_queries.for_desk([group] if group else [], open_calls=group is None),
    )


def named(meeting: Meeting) -> str:
    """A meeting's name and first day, for a list."""
    name = wording.name(meeting, languages.current()).text
    return f"{name} · {written(meeting.starts_on, True)}" if meeting.starts_on else name
