"""The clock as one JSON document: what the command, the API and the record give out alike."""

from datetime import date

from consulta.consultations import wording
from consulta.consultations.procedure_document import procedure
from consulta.core.conflicts import Finding
from consulta.core.milestones import Milestone
from consulta.core.phases import DatedPhase
from consulta.core.timetable import Timetable
from consulta.core.verdicts import Verdict

__all__ = ["procedure", "timetable"]

Json = dict[str, object]


def timetable(table: Timetable) -> Json:
    """Return *table* as JSON data; its texts are in the active language, all else is not."""
    rules = table.procedure
    return {
        "procedure": rules.slug,
        "edition": rules.edition,
        "family": rules.family,
        "choices": {one.name: rules.chosen.get(one.name, one.default) for one in rules.choices},
        "today": table.today.isoformat(),
        "anchors": {name: day.isoformat() for name, day in table.anchors.items()},
        "feasible": table.feasible,
        "conflicts": [wording.finding(found, rules) for found in table.conflicts],
        "notes": [wording.finding(found, rules) for found in table.notes],
        "findings": [_finding(found, table) for found in (*table.conflicts, *table.notes)],
        "milestones": [_milestone(milestone, table) for milestone in table.milestones],
        "phases": [_phase(phase) for phase in table.phases],
    }


def _milestone(milestone: Milestone, table: Timetable) -> Json:
    rule = milestone.rule
    return {
        "name": milestone.name,
        "label": wording.milestone_name(rule),
        "kind": rule.kind.value,
        "phase": rule.phase or None,
        "earliest": _day(milestone.earliest),
        "latest": _day(milestone.latest),
        "proposed": _day(milestone.proposed),
        "at": milestone.at.isoformat() if milestone.at else None,
        "weekday": milestone.weekday.value if milestone.weekday else None,
        "rolled_from": _day(milestone.rolled_from),
        "first_on": _day(milestone.first_on),
        "bound": rule.bound.value,
        "modality": rule.modality.value,
        "clause": rule.clause,
        "source": rule.source,
        "original": rule.original or None,
        "verified": rule.verified,
        "sign_off": rule.sign_off or None,
        "explanation": wording.explanation(milestone, table.procedure),
        "preference_met": milestone.preference_met,
        "actual": _day(milestone.actual),
        "verdict": {
            **_verdict(milestone.verdict, wording.verdict(milestone.verdict)),
            "as_known_then": _as_known_then(milestone.verdict),
        },
    }


def _verdict(verdict: Verdict, text: str) -> Json:
    return {
        "status": verdict.status.value,
        "days": verdict.days,
        "text": text,
        "preference_met": verdict.preference_met,
    }


def _as_known_then(verdict: Verdict) -> Json | None:
    then = verdict.as_known_then
    return _verdict(then, wording.verdict_as_known_then(then)) if then else None


def _phase(dated: DatedPhase) -> Json:
    return {
        "name": dated.phase.name,
        "content": dated.phase.content.value,
        "opens_on": _day(dated.opens_on),
        "closes_on": _day(dated.closes_on),
        "opens_at": dated.opens_at.isoformat() if dated.opens_at else None,
        "closes_at": dated.closes_at.isoformat() if dated.closes_at else None,
    }


def _finding(found: Finding, table: Timetable) -> Json:
    return {
        "code": found.code.value,
        "milestone": found.milestone,
        "blocking": found.blocking,
        "parameters": {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in found.parameters.items()
        },
        "text": wording.finding(found, table.procedure),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
