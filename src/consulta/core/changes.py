"""What if: one thing of an agenda changed, and what becomes of every plan in it."""

from dataclasses import dataclass, replace
from datetime import date

from consulta.core import agendas, calendar, planning
from consulta.core.agendas import Agenda, Proposal
from consulta.core.calendar import NotADayError, Roll
from consulta.core.milestones import Milestone
from consulta.core.planning import Plan, Wishes
from consulta.core.rules import AnchorKind
from consulta.core.verdicts import Verdict

DAYS_OPEN, VIRTUAL, QUESTIONS, AHEAD = "days_open", "virtual", "questions", "ahead"
WISHES = (DAYS_OPEN, VIRTUAL, QUESTIONS, AHEAD)
YES, NO = "yes", "no"
MOST_DAYS, MOST_AHEAD = 1000, 2


class UnknownNameError(LookupError):
    """Nothing in the agenda has this name. *allowed* are the names that can be changed."""

    def __init__(self, name: str, allowed: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.allowed = name, allowed


class WhichProposalError(LookupError):
    """Several consultations have a milestone of this name: say which one, as NAME@NUMBER."""

    def __init__(self, name: str, numbers: tuple[int, ...]) -> None:
        super().__init__(name)
        self.name, self.numbers = name, numbers


class NotAValueError(ValueError):
    """The value cannot be read for this name. *allowed* are examples of what can."""

    def __init__(self, name: str, value: str, allowed: tuple[str, ...]) -> None:
        super().__init__(f"{name}={value}")
        self.name, self.value, self.allowed = name, value, allowed


@dataclass(frozen=True, slots=True)
class Dated:
    """One milestone before and after: its day, and the verdict it would earn if done on it."""

    name: str
    before: date | None
    after: date | None
    verdict_before: Verdict | None
    verdict_after: Verdict | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change does to one consultation; *before* or *after* is None where it is not there."""

    key: str
    before: Proposal | None
    after: Proposal | None
    dates: tuple[Dated, ...]

    @property
    def is_none(self) -> bool:
        """Say whether nothing became different."""
        same = not any(one.before != one.after or _differs(one) for one in self.dates)
        return same and self.before is not None and self.after is not None and self._same_findings

    @property
    def _same_findings(self) -> bool:
        told = [p.plan.findings + p.plan.obstacles for p in (self.before, self.after) if p]
        return told[0] == told[-1]


def apply(agenda: Agenda, name: str, value: str) -> Agenda:
    """Return *agenda* with what *name* stands for changed to *value*.

    *name* is a meeting, a milestone or an anchor (of the only proposal, or `NAME@NUMBER`), a
    milestone with a policy for weekends as its value, a choice of the procedure with one of its
    options, or one of WISHES. Raises UnknownNameError, WhichProposalError, NotAValueError.
    """
    if name in WISHES:
        return _wished(agenda, name, value)
    if name in {choice.name for choice in agenda.rules.choices}:
        return _chosen(agenda, name, value)
    if value in tuple(Roll):
        return _rolled(agenda, name, Roll(value))
    day = _day(name, value)
    if name in {meeting.name for meeting in agenda.meetings}:
        return agendas.move_meeting(agenda, name, day)
    return _dated(agenda, name, day)


def compare(before: Agenda, after: Agenda) -> tuple[Difference, ...]:
    """Return what is different for each consultation of either agenda, in the order of time."""
    old = {proposal.pair.key: proposal for proposal in agendas.propose(before)}
    new = {proposal.pair.key: proposal for proposal in agendas.propose(after)}
    return tuple(
        Difference(key, old.get(key), new.get(key), _dates(old.get(key), new.get(key)))
        for key in dict.fromkeys((*old, *new))
    )


def names(agenda: Agenda) -> tuple[str, ...]:
    """List what can be changed in *agenda*."""
    milestones = tuple(rule.name for rule in agenda.rules.applying)
    choices = tuple(choice.name for choice in agenda.rules.choices)
    return (*(meeting.name for meeting in agenda.meetings), *milestones, *choices, *WISHES)


def _dated(agenda: Agenda, name: str, day: date) -> Agenda:
    """Choose *day* for a milestone, or move the meeting or the date that an anchor stands for."""
    plain, _at, number = name.partition("@")
    proposal = _meant(agenda, plain, number)
    if meeting := agendas.meeting_of(proposal.pair, plain):
        end = plain.endswith(".end")
        start = day - (meeting.end - meeting.start) if end else day
        return agendas.move_meeting(agenda, meeting.name, start)
    milestone = next((r.name for r in agenda.rules.rules if plain in (r.name, r.sets)), "")
    chosen = {a.name for a in agenda.rules.anchors if a.kind is AnchorKind.CHOSEN}
    own = {rule.name: rule.anchor for rule in agenda.rules.rules if rule.anchor in chosen}
    if milestone and milestone not in own:
        return agendas.choose_day(agenda, proposal.pair.key, milestone, day)
    anchor = own.get(milestone, plain)
    return replace(agenda, anchors=planning.frozen({**agenda.anchors, anchor: day}))


def _meant(agenda: Agenda, name: str, number: str) -> Proposal:
    """Find the proposal that a name means. Raises UnknownNameError, WhichProposalError."""
    known = {rule.name for rule in agenda.rules.rules}
    known |= {anchor.name for anchor in agenda.rules.anchors}
    proposals = agendas.propose(agenda)
    if name not in known or not proposals:
        raise UnknownNameError(name, names(agenda))
    numbered = [p for p in proposals if not number or str(p.number) == number]
    if len(numbered) != 1:
        raise WhichProposalError(name, tuple(p.number for p in proposals))
    return numbered[0]


def _wished(agenda: Agenda, name: str, value: str) -> Agenda:
    if name == AHEAD:
        return replace(agenda, ahead=_number(name, value, MOST_AHEAD))
    wishes: Wishes = agenda.wishes
    if name == DAYS_OPEN:
        wishes = replace(wishes, days_open=_number(name, value, MOST_DAYS))
    elif value not in (YES, NO):
        raise NotAValueError(name, value, (YES, NO))
    elif name == VIRTUAL:
        wishes = replace(wishes, virtual=value == YES)
    else:
        wishes = replace(wishes, questions=value == YES)
    return replace(agenda, wishes=wishes)


def _rolled(agenda: Agenda, name: str, roll: Roll) -> Agenda:
    if name not in {rule.name for rule in agenda.rules.rules}:
        raise UnknownNameError(name, names(agenda))
    rolls = planning.frozen({**agenda.wishes.rolls, name: roll})
    return replace(agenda, wishes=replace(agenda.wishes, rolls=rolls))


def _chosen(agenda: Agenda, name: str, value: str) -> Agenda:
    choice = next(choice for choice in agenda.rules.choices if choice.name == name)
    options = tuple(option.name for option in choice.options)
    if value not in options:
        raise NotAValueError(name, value, options)
    choices = planning.frozen({**agenda.wishes.choices, name: value})
    return replace(agenda, wishes=replace(agenda.wishes, choices=choices))


def _number(name: str, value: str, most: int) -> int:
    number = int(value) if value.isdecimal() and len(value) <= 4 else 0
    if not 1 <= number <= most:
        raise NotAValueError(name, value, ("1", str(most)))
    return number


def _day(name: str, value: str) -> date:
    try:
        return calendar.parse_day(value)
    except NotADayError as error:
        raise NotAValueError(name, value, ("YYYY-MM-DD",)) from error


def _dates(before: Proposal | None, after: Proposal | None) -> tuple[Dated, ...]:
    old, new = (_milestones(p.plan) if p else {} for p in (before, after))
    return tuple(
        Dated(
            name,
            old[name].day if name in old else None,
            new[name].day if name in new else None,
            old[name].verdict if name in old else None,
            new[name].verdict if name in new else None,
        )
        for name in dict.fromkeys((*old, *new))
    )


def _milestones(plan: Plan) -> dict[str, Milestone]:
    return {milestone.name: milestone for milestone in plan.carried.milestones}


def _differs(one: Dated) -> bool:
    told = [
        (found.status, found.days) if found else None
        for found in (one.verdict_before, one.verdict_after)
    ]
    return told[0] != told[1]
