"""What a page shows of a clock: each milestone with its sentence, dates, verdict and readings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from consulta.consultations import wording
from consulta.consultations.clock import Clock, Row
from consulta.consultations.models import Deviation, Extension
from consulta.core.multilingual import NOTHING, Text, choose
from consulta.core.rules import MilestoneKind
from consulta.core.verdicts import Status, Verdict

#: In which order the verdicts of a consultation are counted.
ORDER = tuple(Status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One row of a timetable, in words. Empty or None where there is nothing to say."""

    name: str
    label: str
    source: str
    source_language: str
    original: str
    original_language: str
    clause: str
    explanation: str
    modality: str
    on: date | datetime | None
    is_proposed: bool
    is_provisional: bool
    first_on: date | None
    verdict: Verdict
    too_early: bool
    known_then: str
    later: Verdict | None
    preference: str
    note: Text
    evidence: str
    extensions: Sequence[Extension]
    deviations: Sequence[Deviation]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many milestones of one consultation have one verdict."""

    status: Status
    count: int


def milestones(clock: Clock, language: str) -> list[Milestone]:
    """Put every row of *clock* into the words of the page, which is in *language*."""
    return [_milestone(row, clock, language) for row in clock.rows]


def tally(clock: Clock) -> list[Tally]:
    """Count the verdicts of one consultation, what was kept first."""
    counted = Counter(row.verdict.status for row in clock.rows)
    return [Tally(status, counted[status]) for status in ORDER if counted[status]]


def year(clock: Clock) -> int | None:
    """Return the year in which the consultation was held: that of its first known date."""
    days = [row.on for row in clock.rows if row.on]
    return min(days).year if days else None


def _milestone(row: Row, clock: Clock, language: str) -> Milestone:
    rule = row.rule
    is_set = row.milestone.actual is not None or rule.sets in clock.timetable.anchors
    is_event = rule.kind is MilestoneKind.EVENT
    said = rule.sentence(language, original_language=row.original_language)
    return Milestone(
        name=row.name,
        label=wording.milestone_name(row.name),
        source=said.text,
        source_language=said.language,
        original=rule.original if row.original_language != said.language else "",
        original_language=row.original_language,
        clause=rule.clause,
        explanation=wording.explanation(row.milestone),
        modality=wording.modality(rule.modality),
        on=None if row.on is None else (row.on if is_event else row.at or row.on),
        is_proposed=row.on is not None and not is_set,
        is_provisional=row.provisional,
        first_on=row.first_on if row.first_on != row.on else None,
        verdict=row.verdict,
        too_early=row.verdict.status is Status.MISSED and str(row.verdict.side) == "early",
        known_then=wording.verdict_as_known_then(row.as_known_then) if row.as_known_then else "",
        later=row.later.verdict if row.later else None,
        preference=wording.preference(row.milestone) if row.on else "",
        note=choose(row.fact.note, language) if row.fact else NOTHING,
        evidence=row.fact.source if row.fact else "",
        extensions=row.extensions,
        deviations=row.deviations,
    )
