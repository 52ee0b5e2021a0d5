"""The clock of a consultation as one JSON document: timetable, readings, reasons and evidence."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from consulta.consultations import clock_document, deviations, wording
from consulta.consultations.clock import Clock, Row
from consulta.consultations.clock_document import Json
from consulta.consultations.evidence import Evidence, Found
from consulta.core.milestones import Milestone
from consulta.core.rules import Procedure
from consulta.ledger.ledger import subject_of

#: The whole address at which a piece of evidence is looked up; None where it has none.
Address = Callable[[Evidence], str | None]


def of(clock: Clock, found: Found, *, address: Address) -> Json:
    """Return the timetable of *clock* as `clock_document` does, each milestone with its evidence.

    Texts are in the active language, all else is not. *found*: what shows each date.
    """
    told = clock_document.timetable(clock.timetable)
    lacking = {row.name for row in deviations.unexplained(clock)}
    milestones = [
        {**plain, **_judged(row, clock), "reason_lacking": row.name in lacking,
         "evidence": [_evidence(each, clock.zone, address) for each in found.get(row.name, ())]}
        for plain, row in zip(_milestones(told), clock.rows, strict=True)
    ]  # fmt: skip
    return {**told, "milestones": milestones}


def _milestones(told: Json) -> Sequence[Json]:
    milestones = told["milestones"]
    return milestones if isinstance(milestones, list) else []


def _judged(row: Row, clock: Clock) -> Json:
    return {
        "first_on": row.first_on.isoformat() if row.first_on else None,
        "provisional": row.provisional,
        "later_reading": _reading(row.later, clock.timetable.procedure) if row.later else None,
        "deviations": [
            {
                "id": subject_of(each),
                "on": each.chosen_on.isoformat() if each.chosen_on else None,
                "reason": each.reason,
                "language": each.language,
                "recorded_at": _instant(each.recorded_at, clock.zone),
            }
            for each in row.deviations
        ],
    }


def _reading(later: Milestone, rules: Procedure) -> Json:
    verdict = later.verdict
    return {
        "earliest": later.earliest.isoformat() if later.earliest else None,
        "latest": later.latest.isoformat() if later.latest else None,
        "explanation": wording.explanation(later, rules),
        "status": verdict.status.value,
        "days": verdict.days,
        "text": wording.verdict(verdict),
    }


def _evidence(each: Evidence, zone: str, address: Address) -> Json:
    entry = each.entry
    leaf = getattr(entry, "leaf", None)
    return {
        "kind": each.kind.value,
        "shows": each.shows.value,
        "act": entry.act if entry else None,
        "at": _instant(entry.at, zone) if entry else None,
        "by": entry.by if entry else None,
        "subject": entry.subject if entry else (subject_of(each.about) if each.about else None),
        "id": str(entry.uid) if entry else None,
        "index": leaf.index if leaf else None,
        "text": each.text or None,
        "url": address(each),
    }


def _instant(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).isoformat()
