"""Plans as one JSON document: what the command and the API give out alike."""

from datetime import date

from consulta.consultations import clock_document, plan_wording
from consulta.core import agendas, changes, nearest
from consulta.core.agendas import Agenda, PlannedMeeting, Proposal, Remedy
from consulta.core.changes import Dated, Difference
from consulta.core.planning import Plan
from consulta.core.verdicts import Verdict

Json = dict[str, object]

#: For how many infeasible proposals nearest dates are looked for; for the others they are null.
MOST = 4


def agenda(asked: Agenda, changed: Agenda | None = None) -> Json:
    """Return what is proposed for *asked*, and what would be different in *changed*.

    Texts are in the active language, all else is not.
    """
    proposals = agendas.propose(asked)
    looked_at = [p.number for p in proposals if not p.plan.feasible][:MOST]
    return {
        "procedure": asked.rules.slug,
        "edition": asked.rules.edition,
        "today": asked.today.isoformat(),
        "meetings": [_meeting(meeting) for meeting in asked.meetings],
        "anchors": {name: day.isoformat() for name, day in asked.anchors.items()},
        "ahead": asked.ahead,
        "wishes": _wishes(asked),
        "feasible": bool(proposals) and all(p.plan.feasible for p in proposals),
        "proposals": [_proposal(p) | _mended(asked, p, looked_at) for p in proposals],
        "what_if": _what_if(asked, changed) if changed else None,
    }


def _meeting(meeting: PlannedMeeting | None) -> Json | None:
    if meeting is None:
        return None
    return {
        "name": meeting.name,
        "start": meeting.start.isoformat(),
        "end": meeting.end.isoformat(),
        "kind": meeting.kind.value,
    }


def _wishes(asked: Agenda) -> Json:
    wishes = asked.wishes
    return {
        "days_open": wishes.days_open,
        "virtual": wishes.virtual,
        "questions": wishes.questions,
        "rolls": {name: roll.value for name, roll in wishes.rolls.items()},
        "offsets": dict(wishes.offsets),
        "choices": dict(wishes.choices),
    }


def _proposal(proposal: Proposal) -> Json:
    plan, pair = proposal.plan, proposal.pair
    return {
        "number": proposal.number,
        "key": pair.key,
        "label": plan_wording.heading(pair),
        "deciding_meeting": _meeting(pair.deciding),
        "group_meeting": _meeting(pair.following),
        **_plan(plan),
        "later_reading": _later(proposal),
        "most_days_open": nearest.most_days_open(plan),
    }


def _mended(asked: Agenda, proposal: Proposal, looked_at: list[int]) -> Json:
    """Return what would make an infeasible proposal feasible; null where it was not looked for."""
    if not (proposal.plan.feasible or proposal.number in looked_at):
        return {"nearest": None, "later_meeting": None}
    return {
        "nearest": [_remedy(asked, found) for found in agendas.remedies(asked, proposal)],
        "later_meeting": _meeting(agendas.later_meeting(asked, proposal)),
    }


def _plan(plan: Plan) -> Json:
    return {
        "feasible": plan.feasible,
        "days_open": plan.days_open,
        "troubles": plan_wording.troubles(plan),
        "remarks": plan_wording.remarks(plan),
        "days": {m.name: _day(m.day) for m in plan.table.milestones},
        "chosen": {name: day.isoformat() for name, day in plan.days.items()},
        "conflicting": [m.name for m in plan.table.milestones if m.name in plan.conflicting],
        "verdicts": {m.name: _verdict(m.verdict) for m in plan.carried.milestones},
        "timetable": clock_document.timetable(plan.table),
    }


def _later(proposal: Proposal) -> Json | None:
    """Return the plan by the later reading, and the meeting that would restate the topic."""
    if proposal.later is None:
        return None
    return {"restated_at": _meeting(proposal.pair.restating), **_plan(proposal.later)}


def _remedy(asked: Agenda, found: Remedy) -> Json:
    return {
        "name": found.move.name,
        "meeting": found.meeting.name if found.meeting else None,
        "was": found.move.was.isoformat(),
        "to": found.move.to.isoformat(),
        "days": found.move.days,
        "breaks": list(found.breaks),
        "text": plan_wording.remedy(found, asked.rules),
    }


def _what_if(asked: Agenda, changed: Agenda) -> Json:
    differences = changes.compare(asked, changed)
    after = agendas.propose(changed)
    return {
        "meetings": [_meeting(meeting) for meeting in changed.meetings],
        "wishes": _wishes(changed),
        "feasible": bool(after) and all(p.plan.feasible for p in after),
        "differences": [_difference(found) for found in differences if not found.is_none],
    }


def _difference(found: Difference) -> Json:
    return {
        "key": found.key,
        "before": _state(found.before),
        "after": _state(found.after),
        "dates": [_dated(one) for one in found.dates],
    }


def _state(proposal: Proposal | None) -> Json | None:
    if proposal is None:
        return None
    plan = proposal.plan
    return {
        "number": proposal.number,
        "feasible": plan.feasible,
        "days_open": plan.days_open,
        "troubles": plan_wording.troubles(plan),
        "remarks": plan_wording.remarks(plan),
    }


def _dated(one: Dated) -> Json:
    return {
        "name": one.name,
        "before": _day(one.before),
        "after": _day(one.after),
        "days": (one.after - one.before).days if one.before and one.after else None,
        "verdict_before": _verdict(one.verdict_before),
        "verdict_after": _verdict(one.verdict_after),
    }


def _verdict(verdict: Verdict | None) -> Json | None:
    """Return the verdict that a planned day would earn."""
    if verdict is None:
        return None
    return {
        "status": verdict.status.value,
        "days": verdict.days,
        "preference_met": verdict.preference_met,
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
