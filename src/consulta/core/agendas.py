"""Agendas: from the meetings to come to the consultations that they can decide and receive."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from consulta.core import calendar, nearest, planning
from consulta.core.nearest import Move
from consulta.core.planning import NO_DAYS, NO_WISHES, Days, Plan, Wishes
from consulta.core.rules import Procedure

DECIDING, FOLLOWING = "deciding_meeting", "group_meeting"


class MeetingKind(StrEnum):
    """A meeting of the group, which decides and receives; a session of the body above, which decides."""

    GROUP = "group"
    COUNCIL = "council"


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """A meeting with its first and last day, under a name of its own."""

    name: str
    start: date
    end: date
    kind: MeetingKind = MeetingKind.GROUP

    def moved(self, to: date) -> "PlannedMeeting":
        """Return the meeting with *to* as its first day; it stays as long as it was."""
        return replace(self, start=to, end=to + (self.end - self.start))


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is to be planned.

    *anchors*: dates that no meeting gives. *ahead*: how many consultations one meeting decides; the
    second reports to the meeting after the next. *days*: the days chosen, by proposal and milestone.
    *within*: only consultations whose following meeting begins in these days, both included.
    """

    rules: Procedure
    today: date
    meetings: tuple[PlannedMeeting, ...] = ()
    anchors: Days = field(default_factory=planning.nothing)
    wishes: Wishes = NO_WISHES
    ahead: int = 1
    days: Mapping[str, Days] = field(default_factory=planning.nothing)
    within: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Which meeting decides, which one follows; None where the rule counts from no such meeting.

    *restating*: the meeting between them, after which the consultation would open by the later
    reading.
    """

    deciding: PlannedMeeting | None
    following: PlannedMeeting | None
    restating: PlannedMeeting | None = None

    @property
    def key(self) -> str:
        """The pair's name, the same as long as its meetings are: `CWG-16>CWG-17`."""
        return ">".join(m.name for m in (self.deciding, self.following) if m)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One consultation that can be held: *number* in its agenda, its meetings and its plan.

    *later* is the plan by the later reading, where a meeting between restates the topic.
    """

    number: int
    pair: Pair
    plan: Plan
    later: Plan | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """A move that makes a proposal feasible; *breaks*: the other proposals that it makes infeasible."""

    move: Move
    meeting: PlannedMeeting | None
    breaks: tuple[str, ...] = ()

    @property
    def on_weekend(self) -> bool:
        """Say whether the date, or a meeting's first or last day, would be on a weekend."""
        days = (self.meeting.start, self.meeting.end) if self.meeting else (self.move.to,)
        return any(calendar.is_weekend(day) for day in days)


def propose(agenda: Agenda) -> tuple[Proposal, ...]:
    """Propose every consultation that the meetings of *agenda* allow, in the order of its decision.

    A consultation whose following meeting is not after today is over. Raises MissingAnchorError.
    """
    pairs = [pair for pair in _pairs(agenda) if _is_ahead(pair, agenda)]
    return tuple(_proposal(agenda, number, pair) for number, pair in enumerate(pairs, start=1))


def remedies(agenda: Agenda, proposal: Proposal) -> tuple[Remedy, ...]:
    """Return the nearest moves that make *proposal* feasible; a meeting stays between its neighbours.

    Where one is to a weekend, the nearest to a working day stands beside it.
    """
    pair = proposal.pair
    found = nearest.moves(proposal.plan, allowed=lambda name, day: _fits(agenda, pair, name, day))
    before = {p.pair.key for p in propose(agenda) if p.plan.feasible}
    nearby = tuple(_remedy(agenda, pair, move, before) for move in found)
    names = {remedy.move.name for remedy in nearby if remedy.on_weekend}
    if not names:
        return nearby
    working = nearest.moves(
        proposal.plan,
        allowed=lambda name, day: name in names and _fits_at_work(agenda, pair, name, day),
    )
    more = (_remedy(agenda, pair, move, before) for move in working if move not in found)
    return tuple(sorted((*nearby, *more), key=lambda one: (abs(one.move.days), one.move.days)))


def later_meeting(agenda: Agenda, proposal: Proposal) -> PlannedMeeting | None:
    """Return the first later meeting of the group to which the consultation could report instead."""
    pair = proposal.pair
    if proposal.plan.feasible or pair.following is None:
        return None
    for meeting in _ordered(agenda):
        if meeting.kind is MeetingKind.GROUP and meeting.start > pair.following.end:
            plan = _plan(agenda, replace(pair, following=meeting))
            if plan.feasible:
                return meeting
    return None


def meeting_of(pair: Pair, anchor: str) -> PlannedMeeting | None:
    """Return the meeting that the anchor called *anchor* counts from; None where it is none of them."""
    return {DECIDING: pair.deciding, FOLLOWING: pair.following}.get(anchor.partition(".")[0])


def needed(rules: Procedure) -> frozenset[str]:
    """Return which of the two meetings the rule counts from: DECIDING, FOLLOWING, both or none."""
    roots = {anchor.name.partition(".")[0] for anchor in rules.anchors if anchor.required}
    return frozenset(roots & {DECIDING, FOLLOWING})


def move_meeting(agenda: Agenda, name: str, to: date) -> Agenda:
    """Return *agenda* with the meeting called *name* beginning on the day *to*."""
    meetings = (m.moved(to) if m.name == name else m for m in agenda.meetings)
    return replace(agenda, meetings=tuple(meetings))


def choose_day(agenda: Agenda, key: str, milestone: str, day: date) -> Agenda:
    """Return *agenda* with *day* chosen for a milestone of the proposal with this *key*."""
    chosen = {**agenda.days.get(key, {}), milestone: day}
    return replace(agenda, days=planning.frozen({**agenda.days, key: planning.frozen(chosen)}))


def _pairs(agenda: Agenda) -> Iterator[Pair]:
    """Yield the pairs that the rule counts from: of both meetings, of one of them, or of none."""
    roots = needed(agenda.rules)
    meetings = _ordered(agenda)
    groups = [meeting for meeting in meetings if meeting.kind is MeetingKind.GROUP]
    if not (roots and meetings):
        yield Pair(None, None)
    elif FOLLOWING not in roots:
        yield from (Pair(meeting, None) for meeting in meetings)
    elif DECIDING not in roots:
        yield from (Pair(None, meeting) for meeting in groups)
    else:
        for deciding in meetings:
            later = [meeting for meeting in groups if meeting.start > deciding.end]
            between = (None, *later)
            for following, restating in list(zip(later, between, strict=False))[: agenda.ahead]:
                yield Pair(deciding, following, restating)


def _ordered(agenda: Agenda) -> list[PlannedMeeting]:
    return sorted(agenda.meetings, key=lambda meeting: (meeting.start, meeting.end, meeting.name))


def _is_ahead(pair: Pair, agenda: Agenda) -> bool:
    """Say whether the consultation is not over, and lies in the days that are planned."""
    last = pair.following or pair.deciding
    if last is None:
        return True
    if pair.following and last.start <= agenda.today:
        return False
    return agenda.within is None or agenda.within[0] <= last.start <= agenda.within[1]


def _proposal(agenda: Agenda, number: int, pair: Pair) -> Proposal:
    later = replace(pair, deciding=pair.restating) if pair.restating else None
    return Proposal(
        number,
        pair,
        _plan(agenda, pair),
        _plan(agenda, later, key=pair.key) if later else None,
    )


def _plan(agenda: Agenda, pair: Pair, key: str = "") -> Plan:
    given = {a.name: _day(pair, a.name) for a in agenda.rules.anchors}
    anchors = {name: day for name, day in given.items() if day}
    return planning.draw(
        agenda.rules,
        {**agenda.anchors, **anchors},
        today=agenda.today,
        wishes=agenda.wishes,
        days=agenda.days.get(key or pair.key, NO_DAYS),
    )


def _day(pair: Pair, anchor: str) -> date | None:
    meeting = meeting_of(pair, anchor)
    if meeting is None:
        return None
    return meeting.start if anchor.endswith(".start") else meeting.end


def _fits(agenda: Agenda, pair: Pair, anchor: str, day: date) -> bool:
    """Say whether a meeting moved so stays between its neighbours of the group, and in the future."""
    meeting = meeting_of(pair, anchor)
    if meeting is None:
        return True
    moved = _moved(meeting, anchor, day)
    if moved.start <= agenda.today or meeting.start <= agenda.today:
        return False
    after = _ordered(move_meeting(agenda, meeting.name, moved.start))
    same_order = [m.name for m in after] == [m.name for m in _ordered(agenda)]
    return same_order and all(one.end < next_.start for one, next_ in pairwise(after))


def _fits_at_work(agenda: Agenda, pair: Pair, name: str, day: date) -> bool:
    """Say whether a date fits that is not on a weekend: a meeting with its first and last day."""
    meeting = meeting_of(pair, name)
    moved = _moved(meeting, name, day) if meeting else None
    remedy = Remedy(Move(name, day, day), moved)
    return not remedy.on_weekend and _fits(agenda, pair, name, day)


def _moved(meeting: PlannedMeeting, anchor: str, day: date) -> PlannedMeeting:
    """Return *meeting* moved so that the day that *anchor* counts from is *day*."""
    was = meeting.start if anchor.endswith(".start") else meeting.end
    return meeting.moved(meeting.start + (day - was))


def _remedy(agenda: Agenda, pair: Pair, move: Move, before: set[str]) -> Remedy:
    meeting = meeting_of(pair, move.name)
    if meeting is None:
        return Remedy(move, None)
    moved = _moved(meeting, move.name, move.to)
    after = propose(move_meeting(agenda, meeting.name, moved.start))
    broken = (p.pair.key for p in after if not p.plan.feasible and p.pair.key in before)
    return Remedy(move, moved, tuple(broken))
