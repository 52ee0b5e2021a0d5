"""What was known on a day: of dates that moved, and of what was done; and the misses of that time.

A miss does not vanish by rescheduling. The time of a chain is cut where something was announced;
in each part the chain is judged by what was known then, on the last day of the part. What is
announced twice on one day counts as its last word.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from consulta.core import milestones, verdicts
from consulta.core.milestones import Milestone
from consulta.core.rules import Procedure
from consulta.core.verdicts import Evidence, Status, Verdict

#: What is known of each milestone: its day, None for "done or not, nobody knows", no key for
#: "nothing done".
Actual = Mapping[str, date | None]


@dataclass(frozen=True, slots=True)
class Announcement:
    """From the day *on*, an anchor was known to lie, or a milestone to be set for, *day*.

    None: from then on nobody knew.
    """

    on: date
    day: date | None


#: What was announced, by the name of an anchor or a milestone.
History = Mapping[str, tuple[Announcement, ...]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a chain on the day *today*: its anchors, and what was done.

    *actual* is what is on record; *done* counts the events whose given date has come with it.
    """

    rules: Procedure
    anchors: Mapping[str, date]
    actual: Actual
    done: Actual
    today: date

    def dated(self) -> tuple[Milestone, ...]:
        """Date every rule by these facts."""
        return milestones.date_all(self.rules, self.anchors, self.done)

    def judge(self, milestone: Milestone) -> Verdict:
        """Judge *milestone* by these facts; a date counted from an unknown one is unknown."""
        evidence = Evidence.NOT_KNOWN if self._uncertain(milestone) else self._evidence(milestone)
        verdict = verdicts.judge(milestone.limits, evidence, today=self.today)
        day = None if evidence is Evidence.NOT_KNOWN else milestone.day
        met = verdicts.prefers(milestone.limits, day)
        return verdict if verdict.preference_met is met else replace(verdict, preference_met=met)

    def _evidence(self, milestone: Milestone) -> date | Evidence:
        if milestone.name not in self.done:
            return Evidence.NOTHING_DONE
        return self.done[milestone.name] or Evidence.NOT_KNOWN

    def _uncertain(self, milestone: Milestone) -> bool:
        setters = (rule for rule in self.rules.applying if rule.sets == milestone.rule.anchor)
        return milestone.rule.anchor not in self.anchors and any(
            self.done.get(rule.name, self.today) is None for rule in setters
        )

    def events(self, anchors: Mapping[str, date]) -> dict[str, date | None]:
        """Return the events whose given date has come: they count as held on it."""
        return {
            rule.name: anchors[rule.sets]
            for rule in self.rules.applying
            if rule.sets in anchors and anchors[rule.sets] <= self.today
        }


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the past: from the day *start* on these *facts* were known, until *facts.today*."""

    start: date
    facts: Facts
    dated: tuple[Milestone, ...]

    def milestone(self, name: str) -> Milestone:
        """Return the milestone called *name* as it was dated then. Raises KeyError."""
        for milestone in self.dated:
            if milestone.name == name:
                return milestone
        raise KeyError(name)


def parts(facts: Facts, history: History) -> tuple[Part, ...]:
    """Cut the time until *facts.today* where something was announced; the last part is the present.

    Empty where nothing was.
    """
    if not history:
        return ()
    told = {a.on for announced in history.values() for a in announced if a.on <= facts.today}
    starts = sorted({date.min, *told})
    ends = (*starts[1:], facts.today)
    return tuple(_part(facts, history, s, end) for s, end in zip(starts, ends, strict=True))


def verdict(
    milestone: Milestone, facts: Facts, history: History, past: tuple[Part, ...]
) -> Verdict | None:
    """Return the verdict on *milestone* by the dates known on its day; None if it is the same.

    Where an earlier miss is larger than what these two verdicts say, the verdict is that miss.
    """
    if not history:
        return None
    on_the_day = _on_the_day(milestone, facts, history)
    said = max(_missed_days(milestone.verdict), _missed_days(on_the_day))
    largest = max(_misses(milestone.name, facts, past[:-1]), key=_missed_days, default=None)
    if largest is None or _missed_days(largest) <= said:
        return on_the_day
    return replace(largest, by_earlier_dates=True)


def _missed_days(found: Verdict | None) -> int:
    return found.days or 0 if found and found.broken else 0


def first_day(milestone: Milestone, history: History, past: tuple[Part, ...]) -> date | None:
    """Return the day that was announced for *milestone* at first; None if nothing moved it."""
    announced = history.get(milestone.rule.sets) or history.get(milestone.name)
    if announced:
        first = announced[0].day
        return first if first != milestone.day else None
    if not past:
        return None
    was = next((part.milestone(milestone.name) for part in past if part.dated), milestone)
    return was.proposed if was.latest and was.limits != milestone.limits else None


def _part(facts: Facts, history: History, start: date, end: date) -> Part:
    anchors = {name: day for name, day in facts.anchors.items() if name not in history}
    anchors |= _told(history, start, names=facts.anchors)
    then = replace(facts, anchors=anchors, today=end)
    then = replace(then, done=then.events(anchors) | _known_by(end, facts, history))
    return Part(start, then, then.dated())


def _known_by(end: date, facts: Facts, history: History) -> dict[str, date | None]:
    """Return what was known to be done or set on the day *end*, before the word of that day.

    What was first put on record on that day was known, but for an event, which moves other dates.
    """
    events = {rule.name for rule in facts.rules.applying if rule.sets}
    known = {
        name: day
        for name, day in facts.actual.items()
        if name not in history and (day is None or day < end or (day == end and name not in events))
    }
    for name in facts.actual.keys() & history.keys():
        announced = sorted(history[name], key=lambda told: told.on)
        before = [told for told in announced if told.on < end]
        first = [told for told in announced[:1] if told.on <= end and name not in events]
        for told in (before or first)[-1:]:
            known[name] = told.day
    return known


def _told(history: History, day: date, *, names: Mapping[str, date]) -> dict[str, date]:
    """Return where the anchors *names* were known to lie on *day*, those that *history* tells of."""
    found = {}
    for name in names.keys() & history.keys():
        announced = sorted((told for told in history[name] if told.on <= day), key=lambda a: a.on)
        if announced and (last := announced[-1].day):
            found[name] = last
    return found


def _on_the_day(milestone: Milestone, facts: Facts, history: History) -> Verdict | None:
    """Judge what was done by the dates that were known on the day on which it was done."""
    day = milestone.actual or milestone.latest or facts.today
    known = _told(history, day, names=facts.anchors)
    moved = {rule.name for rule in facts.rules.applying if rule.sets in known}
    same = all(facts.anchors[name] == told for name, told in known.items())
    if same and not moved & facts.actual.keys():
        return None
    done = {name: value for name, value in facts.done.items() if name not in moved}
    then = replace(facts, anchors={**facts.anchors, **known}, done=done)
    was = next(m for m in then.dated() if m.name == milestone.name)
    if was.limits == milestone.limits:
        return None
    return replace(then, done=facts.done).judge(replace(was, actual=milestone.actual))


def _misses(name: str, facts: Facts, past: tuple[Part, ...]) -> Iterator[Verdict]:
    """Yield the misses of the past, each by so many days as it has become since."""
    for part in past:
        was = part.milestone(name)
        judged = part.facts.judge(was)
        if judged.broken:
            yield _since(judged, was, facts)


def _since(judged: Verdict, was: Milestone, facts: Facts) -> Verdict:
    """Judge what was overdue then by what was done since, in the days of that time."""
    if judged.status is not Status.OVERDUE:
        return judged
    evidence = facts.done.get(was.name, Evidence.NOTHING_DONE) or Evidence.NOT_KNOWN
    now = verdicts.judge(was.limits, evidence, today=facts.today)
    return now if now.broken else judged
