"""The clock as one JSON document: what the command, the API and the record give out alike."""

from datetime import date

from consulta.consultations import wording
from consulta.core.conflicts import Finding
from consulta.core.milestones import Milestone
from consulta.core.rules import MilestoneRule, Procedure
from consulta.core.timetable import Timetable
from consulta.core.verdicts import Verdict

Json = dict[str, object]


def timetable(table: Timetable) -> Json:
    """Return *table* as JSON data; its texts are in the active language, all else is not."""
    return {
        "procedure": table.procedure.slug,
        "edition": table.procedure.edition,
        "today": table.today.isoformat(),
        "anchors": {name: day.isoformat() for name, day in table.anchors.items()},
        "feasible": table.feasible,
        "conflicts": [wording.finding(found, table.procedure) for found in table.conflicts],
        "notes": [wording.finding(found, table.procedure) for found in table.notes],
        "findings": [_finding(found, table) for found in (*table.conflicts, *table.notes)],
        "milestones": [_milestone(milestone, table) for milestone in table.milestones],
    }


def procedure(rules: Procedure, language: str) -> Json:
    """Return a procedure as JSON data, with the sentence of every rule; names in *language*."""
    return {
        "slug": rules.slug,
        "edition": rules.edition,
        "title": rules.title[language],
        "body": rules.body,
        "languages": list(rules.languages),
        "zone": rules.zone,
        "hour": rules.hour.isoformat(),
        "anchors": [
            {"name": a.name, "kind": a.kind.value, "required": a.required} for a in rules.anchors
        ],
        "milestones": [_rule(rule) for rule in rules.rules],
        "stakeholder_groups": [group.slug for group in rules.stakeholder_groups],
        "grounds": [
            {"slug": ground.slug, "acts": list(ground.acts), "text": ground.text[language]}
            for ground in rules.grounds
        ],
    }


def _rule(rule: MilestoneRule) -> Json:
    return {
        "name": rule.name,
        "anchor": rule.anchor,
        "first": rule.offset.first,
        "last": rule.offset.last,
        "unit": rule.offset.unit.value,
        "bound": rule.bound.value,
        "modality": rule.modality.value,
        "roll": rule.roll.value,
        "preference": rule.preference.value if rule.preference else None,
        "optional": rule.optional,
        "clause": rule.clause,
        "source": rule.source,
        "original": rule.original or None,
    }


def _milestone(milestone: Milestone, table: Timetable) -> Json:
    return {
        "name": milestone.name,
        "label": wording.milestone_name(milestone.rule),
        "earliest": _day(milestone.earliest),
        "latest": _day(milestone.latest),
        "proposed": _day(milestone.proposed),
        "at": milestone.at.isoformat() if milestone.at else None,
        "weekday": milestone.weekday.value if milestone.weekday else None,
        "rolled_from": _day(milestone.rolled_from),
        "bound": milestone.rule.bound.value,
        "modality": milestone.rule.modality.value,
        "clause": milestone.rule.clause,
        "source": milestone.rule.source,
        "original": milestone.rule.original or None,
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
