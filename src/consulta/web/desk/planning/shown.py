"""What the page of a plan shows: each proposal in words, its drawing, its remedies, what would change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from consulta.consultations import plan_wording, wording
from consulta.consultations.plan_document import MOST
from consulta.core import agendas, nearest
from consulta.core.agendas import Agenda, MeetingKind, Pair, PlannedMeeting, Proposal, Remedy
from consulta.core.changes import Difference
from consulta.core.milestones import Milestone
from consulta.core.planning import Plan
from consulta.web.desk import dates
from consulta.web.desk.dates import Explained
from consulta.web.ui import timeline_entries
from consulta.web.ui.templatetags.ui import written
from consulta.web.ui.timeline import Entry, Kind, Timeline
from consulta.web.ui.timeline_entries import Meetings

Names = Mapping[str, str]
#: Makes the address of this page with one more date set, from NAME=DATE.
Applying = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One milestone of a plan: what the rule allows, the planned day and the verdict it would earn."""

    name: str
    allowed: str
    day: str
    verdict: object
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A nearest date that mends a plan: the words, the address that applies it, whom it harms."""

    words: str
    href: str
    harm: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One proposal as the page shows it. *offers* is None where no dates were looked for."""

    number: int
    heading: str
    feasible: bool
    days_open: int | None
    open_for: str
    troubles: Sequence[str]
    remarks: Sequence[str]
    lines: Sequence[Line]
    drawing: Timeline | None
    explained: Explained
    later: str
    most: str
    instead: str
    offers: Sequence[Offer] | None
    convene: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One consultation before and after a what-if, date by date."""

    heading: str
    gone: str
    is_new: bool
    feasible: bool
    troubles: Sequence[str]
    rows: Sequence[tuple[str, date | None, date | None, str, object, str]]


def names(agenda: Agenda, recorded: Names) -> dict[str, str]:
    """Name every meeting: as on record, else by its first day."""
    return {
        meeting.name: recorded.get(meeting.name) or _dated(meeting) for meeting in agenda.meetings
    }


def proposals(
    agenda: Agenda, found: Sequence[Proposal], names: Names, applying: Applying
) -> list[Shown]:
    """Put every proposal into words; nearest dates for the first that cannot keep the rule."""
    looked_at = [p.number for p in found if not p.plan.feasible][:MOST]
    return [_shown(agenda, p, names, applying, look=p.number in looked_at) for p in found]


def overview(agenda: Agenda, found: Sequence[Proposal], names: Names) -> Timeline | None:
    """Draw all meetings and, for each consultation, when it is open; None for a single one."""
    if len(found) < 2:
        return None
    entries = [
        _meeting(meeting.name, meeting.start, meeting.end, names) for meeting in agenda.meetings
    ]
    entries += [entry for proposal in found if (entry := _period(proposal))]
    entries.sort(key=lambda entry: (entry.on or date.max, entry.ends or date.max))
    return timeline_entries.timeline(
        entries, key="year", title=_("The consultations proposed"), today=agenda.today
    )


def changed(found: Sequence[Difference], agenda: Agenda, names: Names) -> list[Changed]:
    """Put what a what-if changes into words, consultation by consultation; *agenda*: as changed."""
    return [_changed(one, agenda, names) for one in found if not one.is_none]


def meetings_of(pair: Pair, names: Names) -> Meetings:
    """The names and days of a proposal's meetings, for its drawing."""
    known = {agendas.DECIDING: pair.deciding, agendas.FOLLOWING: pair.following}
    return {
        root: (names.get(meeting.name, meeting.name), meeting.start, meeting.end)
        for root, meeting in known.items()
        if meeting
    }


def _shown(
    agenda: Agenda, proposal: Proposal, names: Names, applying: Applying, *, look: bool
) -> Shown:
    plan, pair = proposal.plan, proposal.pair
    most = None if plan.feasible else nearest.most_days_open(plan)
    return Shown(
        number=proposal.number,
        heading=plan_wording.heading(pair, dict(names)),
        feasible=plan.feasible,
        days_open=plan.days_open,
        open_for="" if plan.days_open is None else plan_wording.open_for(plan.days_open),
        troubles=plan_wording.troubles(plan),
        remarks=plan_wording.remarks(plan),
        lines=[_line(milestone, plan) for milestone in plan.carried.milestones],
        drawing=_drawing(plan, proposal, names),
        explained=dates.explained(plan.table),
        later=_later(proposal, names),
        most=plan_wording.most(most) if most else "",
        instead=_instead(agenda, proposal, names) if look else "",
        offers=_offers(agenda, proposal, names, applying) if look or plan.feasible else None,
        convene="",
    )


def _drawing(plan: Plan, proposal: Proposal, names: Names) -> Timeline | None:
    return timeline_entries.of_table(
        plan.table,
        key=str(proposal.number),
        title=plan_wording.heading(proposal.pair, dict(names)),
        meetings=meetings_of(proposal.pair, names),
        today=plan.table.today,
    )


def _line(milestone: Milestone, plan: Plan) -> Line:
    return Line(
        wording.milestone_name(milestone.rule),
        timeline_entries.allowed(milestone),
        wording.day(milestone.day) if milestone.day else "",
        milestone.verdict,
        plan_wording.in_conflict(milestone.name, milestone.verdict, plan),
    )


def _later(proposal: Proposal, names: Names) -> str:
    restating, later = proposal.pair.restating, proposal.later
    opens = later.table.milestones[0].latest if later else None
    if not (restating and opens):
        return ""
    return plan_wording.later_reading(opens, names.get(restating.name, restating.name))


def _instead(agenda: Agenda, proposal: Proposal, names: Names) -> str:
    meeting = agendas.later_meeting(agenda, proposal)
    if meeting is None:
        return ""
    words = {"meeting": names.get(meeting.name, meeting.name)}
    return _("It could report to a later meeting: %(meeting)s.") % words


def _offers(agenda: Agenda, proposal: Proposal, names: Names, applying: Applying) -> list[Offer]:
    return [
        Offer(
            plan_wording.remedy(found, agenda.rules, names=dict(names)),
            applying(_as_typed(found, proposal)),
            plan_wording.breaks(len(found.breaks)),
        )
        for found in agendas.remedies(agenda, proposal)
    ]


def _as_typed(found: Remedy, proposal: Proposal) -> str:
    """A remedy as NAME=DATE: of the meeting, or of the milestone of this consultation."""
    if found.meeting:
        return f"{found.meeting.name}={found.meeting.start.isoformat()}"
    return f"{found.move.name}@{proposal.number}={found.move.to.isoformat()}"


def _dated(meeting: PlannedMeeting) -> str:
    words = {"day": written(meeting.start)}
    if meeting.kind is MeetingKind.COUNCIL:
        return _("Council session of %(day)s") % words
    return _("Meeting of %(day)s") % words


def _meeting(name: str, start: date, end: date, names: Names) -> Entry:
    label = names.get(name, name)
    return Entry(label=label, kind=Kind.MEETING, on=start, ends=end, when=wording.day(start))


def _period(proposal: Proposal) -> Entry | None:
    first, last = timeline_entries.open_days(proposal.plan.table)
    if not (first and last) or last <= first:
        return None
    words = {"first": written(first), "last": written(last)}
    feasible = proposal.plan.feasible
    return Entry(
        label=_("Consultation %(number)s") % {"number": proposal.number},
        kind=Kind.PERIOD,
        when=_("%(first)s to %(last)s") % words,
        remark="" if feasible else _("The rule cannot be kept"),
        on=first,
        ends=last,
    )


def _changed(one: Difference, agenda: Agenda, names: Names) -> Changed:
    proposal = one.after or one.before
    if proposal is None:
        raise ValueError(one.key)
    rules = proposal.plan.table.procedure
    return Changed(
        heading=plan_wording.heading(proposal.pair, dict(names)),
        gone="" if one.after else plan_wording.gone(proposal, agenda),
        is_new=one.before is None,
        feasible=bool(one.after and one.after.plan.feasible),
        troubles=plan_wording.troubles(one.after.plan) if one.after else [],
        rows=[
            (
                plan_wording.moved_name(dated.name, rules),
                dated.before,
                dated.after,
                plan_wording.shifted(dated),
                dated.verdict_after,
                plan_wording.in_conflict(dated.name, dated.verdict_after, proposal.plan),
            )
            for dated in one.dates
        ],
    )
