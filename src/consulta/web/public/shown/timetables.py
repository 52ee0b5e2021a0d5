"""What a page shows of a clock: each milestone with its sentence, dates, verdict and readings."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from consulta.consultations import deviations, overview, wording
from consulta.consultations.clock import Clock, Row
from consulta.consultations.models import Deviation, Extension
from consulta.core.multilingual import NOTHING, Text, choose
from consulta.core.rules import MilestoneKind, Procedure
from consulta.core.verdicts import Status, Verdict
from consulta.ledger.ledger import subject_of
from consulta.web.public.shown import times
from consulta.web.public.shown.times import Time
from consulta.web.ui.evidence import Proof, Proofs

#: In which order the verdicts of a consultation are counted.
ORDER = tuple(Status)


_NOTHING = Proofs((), (), {})


@dataclass(frozen=True, slots=True)
class Reading:
    """A milestone by the later reading: which days it allows, counted from what, and the verdict."""

    explanation: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Reason:
    """A recorded reason for a date outside the rule, with its entry of the ledger."""

    deviation: Deviation
    proof: Proof | None


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
    later: Reading | None
    preference: str
    note: Text
    proofs: Proofs
    extensions: Sequence[Extension]
    reasons: Sequence[Reason]
    lacks_reason: bool = False
    times: Sequence[Time] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many milestones of one consultation have one verdict."""

    status: Status
    count: int


def milestones(
    clock: Clock, language: str, proofs: Mapping[str, Proofs] | None = None, *, country: str = ""
) -> list[Milestone]:
    """Put every row of *clock* into the words of the page, which is in *language*.

    *proofs*: by the milestone's name, what shows its date; without them nothing is shown as proof.
    Instants are shown in UTC too, and by the clocks of *country*.
    """
    known, lacking = proofs or {}, deviations.unexplained(clock)
    found = []
    for row in clock.rows:
        made = _milestone(row, clock, language=language, proofs=known.get(row.name, _NOTHING))
        at = made.on if isinstance(made.on, datetime) else None
        elsewhere = times.elsewhere(at, clock.zone, country)
        found.append(replace(made, lacks_reason=row in lacking, times=elsewhere))
    return found


def tally(clock: Clock) -> list[Tally]:
    """Count the verdicts of one consultation, what was kept first."""
    counted = Counter(row.verdict.status for row in clock.rows)
    return [Tally(status, counted[status]) for status in ORDER if counted[status]]


def year(clock: Clock) -> int | None:
    """Return the year in which the consultation was held: that of its first known date."""
    return overview.year(clock)


def _milestone(row: Row, clock: Clock, *, language: str, proofs: Proofs) -> Milestone:
    rule = row.rule
    is_set = row.milestone.actual is not None or rule.sets in clock.timetable.anchors
    is_event = rule.kind is MilestoneKind.EVENT
    said = rule.sentence(language, original_language=row.original_language)
    return Milestone(
        name=row.name,
        label=wording.milestone_name(rule),
        source=said.text,
        source_language=said.language,
        original=rule.original if row.original_language != said.language else "",
        original_language=row.original_language,
        clause=rule.clause,
        explanation=wording.explanation(row.milestone, clock.timetable.procedure),
        modality=wording.modality(rule.modality),
        on=None if row.on is None else (row.on if is_event else row.at or row.on),
        is_proposed=row.on is not None and not is_set,
        is_provisional=row.provisional,
        first_on=row.first_on if row.first_on != row.on else None,
        verdict=row.verdict,
        too_early=row.verdict.status is Status.MISSED and str(row.verdict.side) == "early",
        known_then=wording.verdict_as_known_then(row.as_known_then) if row.as_known_then else "",
        later=_reading(row, clock.timetable.procedure),
        preference=wording.preference(row.milestone) if row.on else "",
        note=choose(row.fact.note, language) if row.fact else NOTHING,
        proofs=proofs,
        extensions=row.extensions,
        reasons=[Reason(d, proofs.reasons.get(subject_of(d))) for d in row.deviations],
    )


def _reading(row: Row, rules: Procedure) -> Reading | None:
    """The same sentence counted from the meeting that restated the topic."""
    if row.later is None:
        return None
    return Reading(wording.explanation(row.later, rules), row.later.verdict)
