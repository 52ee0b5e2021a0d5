"""Timetables as the desk shows them: each date with its sentence, and what is the matter with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from consulta.consultations import missed_wording, norm_wording, norms, wording
from consulta.consultations.clock import Clock
from consulta.core.conflicts import Code
from consulta.core.milestones import Milestone
from consulta.core.rules import MilestoneKind, Procedure
from consulta.core.timetable import Timetable
from consulta.core.verdicts import Status
from consulta.web.ui import timeline_entries
from consulta.web.ui.languages import current
from consulta.web.ui.parts import TimetableRow
from consulta.web.ui.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Explained:
    """A timetable in words: its rows, what breaks the rule, and what is only worth knowing."""

    rows: Sequence[TimetableRow]
    feasible: bool
    known: bool  # every date has a day
    conflicts: Sequence[str]
    missed: Sequence[str]  # already, so that no plan mends it
    remarks: Sequence[str]
    drawing: Timeline | None = None


def explained(table: Timetable) -> Explained:
    """Put a computed timetable into words."""
    rules, blocking = table.procedure, [found for found in table.conflicts if found.blocking]
    edition = norm_wording.warning(norms.of(table))
    return Explained(
        [_planned(milestone, rules) for milestone in table.milestones],
        table.feasible,
        all(m.day is not None for m in table.milestones),
        [*([edition] if edition else []), *(wording.finding(found, rules) for found in blocking)],
        missed_wording.already(table),
        [
            wording.finding(found, rules)
            for found in (*table.conflicts, *table.notes)
            if not found.blocking
        ],
        timeline_entries.of_table(table, today=table.today),
    )


def judged(clock: Clock) -> list[TimetableRow]:
    """Put the clock of a consultation into rows: its dates, verdicts and first dates."""
    return [
        TimetableRow(
            label=wording.milestone_name(row.rule),
            source=said.text,
            source_language=said.language,
            on=None if row.on is None else (_instant_or_day(row.rule.kind, row.at, row.on)),
            zone=clock.zone,
            verdict=row.verdict,
            note=_sentences(row.milestone, clock.timetable.procedure),
            first_on=row.first_on if row.first_on != row.on else None,
            provisional=row.provisional,
        )
        for row in clock.rows
        for said in [row.rule.sentence(current(), original_language=row.original_language)]
    ]


def conflicts(clock: Clock, *codes: Code) -> list[str]:
    """Say what breaks the plan of a consultation, a sentence each; with *codes* those alone."""
    return [
        wording.finding(found, clock.timetable.procedure)
        for found in clock.timetable.conflicts
        if found.blocking and (not codes or found.code in codes)
    ]


def _planned(milestone: Milestone, rules: Procedure) -> TimetableRow:
    shown = milestone.verdict if milestone.verdict.status is not Status.NOT_DUE else None
    said = milestone.rule.sentence(current(), original_language=rules.original_language)
    return TimetableRow(
        label=wording.milestone_name(milestone.rule),
        source=said.text,
        source_language=said.language,
        on=milestone.day,
        verdict=shown,
        note=_sentences(milestone, rules),
    )


def _sentences(milestone: Milestone, rules: Procedure) -> str:
    preferred = wording.preference(milestone) if milestone.day else ""
    said = (wording.explanation(milestone, rules), preferred)
    return " ".join(filter(None, said))


def _instant_or_day(kind: MilestoneKind, at: datetime | None, on: date) -> date | datetime:
    return on if kind is MilestoneKind.EVENT or at is None else at
