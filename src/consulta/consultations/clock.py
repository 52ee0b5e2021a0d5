"""The clock of one consultation: from its rows to dates and verdicts, at any instant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from consulta.consultations import applied
from consulta.consultations.models import Consultation, Deviation, Extension, MilestoneFact
from consulta.core import timetable as timetables
from consulta.core.calendar import checked, instant
from consulta.core.milestones import Milestone
from consulta.core.rules import AnchorKind, MilestoneKind, MilestoneRule, Procedure
from consulta.core.timetable import Announcement, Timetable
from consulta.core.verdicts import Verdict
from consulta.meetings.models import Meeting

MEETINGS = applied.MEETINGS
OPENING, RESPONSES_DUE, REPORT = applied.OPENING, applied.RESPONSES_DUE, applied.REPORT
rules, closing, own_anchors = applied.rules, applied.closing, applied.own_anchors


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One milestone as it is shown: its date, the sentence it comes from, and the verdict.

    *on* is the day it was done, held or set for, else the proposed one; None where nobody knows.
    *first_on* is the date before the first move or extension. *later* is the same milestone by a
    later reading, where a later meeting restated the topic.
    """

    milestone: Milestone
    on: date | None
    at: datetime | None
    original_language: str
    provisional: bool = False
    first_on: date | None = None
    fact: MilestoneFact | None = None
    later: Milestone | None = None
    extensions: tuple[Extension, ...] = ()
    deviations: tuple[Deviation, ...] = ()

    @property
    def name(self) -> str:
        """The milestone's name in its procedure; `consultations.wording` has the words."""
        return self.milestone.name

    @property
    def rule(self) -> MilestoneRule:
        """The rule: source sentence, its original words, clause, modality."""
        return self.milestone.rule

    @property
    def verdict(self) -> Verdict:
        """Kept, missed by so many days, overdue, not due or unknown."""
        return self.milestone.verdict

    @property
    def as_known_then(self) -> Verdict | None:
        """The verdict by the meeting date that was known on the day; None if it is the same."""
        return self.milestone.verdict.as_known_then


@dataclass(frozen=True, slots=True)
class Clock:
    """Timetable and rows of one consultation at one instant. *zone* is that of its deadlines.

    *later_note*: by language, why there is a later reading; empty where there is none.
    """

    timetable: Timetable
    rows: tuple[Row, ...]
    zone: str
    from_public_record: bool
    later_note: Mapping[str, object]

    def row(self, name: str) -> Row:
        """Return the row of the milestone called *name*. Raises KeyError."""
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(name)


def view(consultation: Consultation, now: datetime) -> Clock:
    """Date and judge every milestone of *consultation* as of the instant *now*."""
    table = timetable(consultation, now)
    later = _later_reading(consultation, table)
    rows = tuple(_row(consultation, table, later, m) for m in table.milestones)
    return Clock(
        table,
        rows,
        zone=consultation.timezone,
        from_public_record=consultation.is_record,
        later_note=consultation.later_reading_note,
    )


def timetable(consultation: Consultation, now: datetime) -> Timetable:
    """Draw up the timetable of *consultation* as of the instant *now*."""
    return timetables.draw_up(
        rules(consultation),
        anchors(consultation),
        today=local_day(consultation, now),
        actual=actual(consultation),
        history=history(consultation),
    )


def preview(consultation: Consultation, now: datetime) -> Timetable:
    """Draw up the timetable of a *consultation* that is not saved yet."""
    return timetables.draw_up(
        rules(consultation),
        anchors(consultation),
        today=local_day(consultation, now),
        actual=_set(consultation),
    )


def anchors(consultation: Consultation) -> dict[str, date]:
    """Return the dates known from outside: of meetings, and those that the institution chose."""
    procedure, found = rules(consultation), {}
    chosen = _chosen(consultation, procedure)
    for anchor in procedure.anchors:
        day = _of_meeting(consultation, anchor.name)
        if anchor.name in chosen:
            day = chosen[anchor.name]
        if day:
            found[anchor.name] = day
    return found


def actual(consultation: Consultation) -> dict[str, date | None]:
    """Return what is known to be done or set; None for what nobody knows of a record."""
    known: dict[str, date | None] = {}
    if consultation.is_record:
        known = dict.fromkeys(_not_told_by_a_meeting(consultation))
    known |= _inner_closes(consultation) | _set(consultation)
    names = {rule.name for rule in rules(consultation).rules}
    told = {fact.milestone: fact.on for fact in consultation.facts.all()}
    return known | {name: day for name, day in told.items() if name in names}


def history(consultation: Consultation) -> dict[str, tuple[Announcement, ...]]:
    """Return what was announced earlier about dates that moved."""
    told = {}
    for anchor in rules(consultation).anchors:
        name, _, end = anchor.name.partition(".")
        meeting = _meeting(consultation, name)
        if meeting and end == "start":
            told[anchor.name] = tuple(_moves(consultation, meeting))
    told |= _extended(consultation)
    return {name: announced for name, announced in told.items() if announced}


def _extended(consultation: Consultation) -> dict[str, tuple[Announcement, ...]]:
    """Return what was announced of deadlines that were lengthened, from the first day on."""
    procedure, told = rules(consultation), {}
    chosen = {a.name for a in procedure.anchors if a.kind is AnchorKind.CHOSEN}
    names = {rule.name for rule in procedure.rules}
    for name in names & {extension.milestone for extension in consultation.extensions.all()}:
        given = _of(consultation.extensions, name)
        known_on = consultation.announced_at or given[0].decided_at
        days = [(known_on, given[0].old_at), *((e.decided_at, e.new_at) for e in given)]
        said = (
            Announcement(local_day(consultation, on), local_day(consultation, at))
            for on, at in days
        )
        anchor = next((rule.anchor for rule in procedure.applying if rule.name == name), "")
        told[anchor if anchor in chosen else name] = tuple(said)
    return told


def local_day(consultation: Consultation, at: datetime) -> date:
    """Return the day of the instant *at* in the consultation's time zone."""
    return at.astimezone(ZoneInfo(consultation.timezone)).date()


def start_of(day: date, zone: str) -> datetime:
    """Return the first instant of *day* in *zone*. Raises OutOfCalendarError."""
    return datetime.combine(checked(day), time.min, ZoneInfo(zone))


def end_of(day: date, consultation: Consultation) -> datetime:
    """Return the instant at which *day* is over for responses: the rule's hour in its zone.

    Raises OutOfCalendarError.
    """
    procedure = rules(consultation)
    rule = procedure.rule(closing(procedure))
    return instant(checked(day), rule.hour or procedure.hour, rule.zone or procedure.zone)


def stored(table: Timetable) -> dict[str, Any]:
    """Return what a consultation keeps of *table*: which edition of which rule, and its dates."""
    return {
        "procedure": table.procedure.slug,
        "edition": table.procedure.edition,
        "computed_on": table.today.isoformat(),
        "anchors": {name: day.isoformat() for name, day in table.anchors.items()},
        "feasible": table.feasible,
        "milestones": [_stored(milestone) for milestone in table.milestones],
    }


def judge_again(consultation: Consultation, now: datetime) -> Timetable:
    """Draw the timetable up again and put it on *consultation*, which is not saved.

    While the file of its procedure cannot be read, what was stored stays.
    """
    table = timetable(consultation, now)
    if consultation.timetable and not applied.can_be_judged(consultation):
        return table
    consultation.timetable = stored(table)
    consultation.procedure_edition = str(table.procedure.edition)
    return table


def turning_days(consultation: Consultation) -> Iterator[date]:
    """Yield the days of the stored timetable on which a verdict can change."""
    for milestone in consultation.timetable.get("milestones", ()):
        for key in ("earliest", "latest", "proposed"):
            if milestone.get(key):
                day = date.fromisoformat(milestone[key])
                yield day
                yield day + timedelta(days=1)


def _stored(milestone: Milestone) -> dict[str, Any]:
    days = {"earliest": milestone.earliest, "latest": milestone.latest}
    days |= {"proposed": milestone.proposed, "rolled_from": milestone.rolled_from}
    written = {key: day.isoformat() if day else None for key, day in days.items()}
    return {"name": milestone.name, **written}


def _row(
    consultation: Consultation, table: Timetable, later: Timetable | None, milestone: Milestone
) -> Row:
    name, extensions = milestone.name, _of(consultation.extensions, milestone.name)
    meeting = _meeting(consultation, milestone.rule.sets.partition(".")[0])
    moved_from = meeting.first_planned_on if meeting else None
    unknown = name in table.actual and table.actual[name] is None
    return Row(
        milestone=milestone,
        on=None if unknown else milestone.day,
        at=_instant(consultation, milestone),
        original_language=table.procedure.original_language,
        provisional=_provisional(consultation, milestone),
        first_on=local_day(consultation, extensions[0].old_at) if extensions else moved_from,
        fact=next(iter(_of(consultation.facts, name)), None),
        later=_differing(milestone, later),
        extensions=extensions,
        deviations=_of(consultation.deviations, name),
    )


def _of(related: Any, name: str) -> tuple[Any, ...]:
    """Pick the prefetched rows that belong to the milestone called *name*."""
    return tuple(row for row in related.all() if row.milestone == name)


def _instant(consultation: Consultation, milestone: Milestone) -> datetime | None:
    """Return the announced instant of the opening and of the close, else the computed one."""
    announced = _announced(consultation, rules(consultation))
    return announced.get(milestone.name) or (None if milestone.actual else milestone.at)


def _provisional(consultation: Consultation, milestone: Milestone) -> bool:
    """Say whether a meeting on whose date the milestone hangs is only provisional."""
    if milestone.actual and milestone.rule.kind is not MilestoneKind.EVENT:
        return False
    names = {name.partition(".")[0] for name in _hangs_on(consultation, milestone.rule)}
    meetings = (_meeting(consultation, name) for name in names)
    return any(meeting.is_provisional for meeting in meetings if meeting)


def _hangs_on(consultation: Consultation, rule: MilestoneRule) -> Iterator[str]:
    """Yield the anchors behind a date: through the rule that proposes one that is not known."""
    yield from (rule.anchor, rule.sets)
    if rule.anchor not in anchors(consultation):
        procedure = rules(consultation)
        yield from (other.anchor for other in procedure.rules if other.sets == rule.anchor)


def _later_reading(consultation: Consultation, table: Timetable) -> Timetable | None:
    """Draw the timetable up as if the meeting that restated the topic had decided it."""
    restated = consultation.restating_meeting
    if restated is None or restated.ends_on is None:
        return None
    return timetables.draw_up(
        table.procedure,
        {**table.anchors, "deciding_meeting.end": restated.ends_on},
        today=table.today,
        actual=table.actual,
    )


def _differing(milestone: Milestone, later: Timetable | None) -> Milestone | None:
    other = later.milestone(milestone.name) if later else None
    return other if other and other.limits != milestone.limits else None


def _set(consultation: Consultation) -> dict[str, date | None]:
    """Return the days that are set by the consultation's own instants."""
    procedure = rules(consultation)
    names = {rule.name for rule in procedure.applying}
    instants = _announced(consultation, procedure) | {REPORT: consultation.report_released_at}
    return {
        name: local_day(consultation, at) for name, at in instants.items() if at and name in names
    }


def _inner_closes(consultation: Consultation) -> dict[str, date | None]:
    """Return the days set for the ends of the phases before the last, once it is announced."""
    procedure = rules(consultation)
    names = [phase.closes for phase in procedure.applying_phases][:-1]
    if not names or consultation.announced_at is None:
        return {}
    table = timetables.draw_up(
        procedure, anchors(consultation), today=date.min, actual=_set(consultation)
    )
    return {name: table.milestone(name).proposed for name in names}


def _not_told_by_a_meeting(consultation: Consultation) -> list[str]:
    """List the milestones that no known meeting date tells: in a record they are not known."""
    known = anchors(consultation)
    return [r.name for r in rules(consultation).applying if r.sets not in known]


def _meeting(consultation: Consultation, name: str) -> Meeting | None:
    return getattr(consultation, name) if name in MEETINGS else None


def _of_meeting(consultation: Consultation, anchor: str) -> date | None:
    name, _, end = anchor.partition(".")
    meeting = _meeting(consultation, name)
    if meeting is None:
        return None
    return meeting.starts_on if end == "start" else meeting.ends_on or meeting.starts_on


def _announced(consultation: Consultation, procedure: Procedure) -> dict[str, datetime | None]:
    """Return the instants that the institution announced, by the milestones that they set."""
    return {OPENING: consultation.opens_at, closing(procedure): consultation.closes_at}


def _chosen(consultation: Consultation, procedure: Procedure) -> dict[str, date]:
    """Return the days that the institution itself chose or gave, by anchor."""
    own = {anchor.name for anchor in own_anchors(procedure)}
    given = {n: date.fromisoformat(d) for n, d in consultation.anchor_days.items() if n in own}
    instants = _announced(consultation, procedure)
    days = {f"{n}.date": local_day(consultation, at) for n, at in instants.items() if at}
    return given | {n: day for n, day in days.items() if n not in own}


def _moves(consultation: Consultation, meeting: Meeting) -> Iterator[Announcement]:
    moves = list(meeting.moves.all())
    if moves and moves[0].old_starts_on:
        yield Announcement(date.min, moves[0].old_starts_on)
    for move in moves:
        yield Announcement(local_day(consultation, move.decided_at), move.new_starts_on)
