"""Checks across a procedure's file: every name is defined, nothing waits for itself.

Conditional rules are checked for every combination of choices.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product

from consulta.core.calendar import Unit
from consulta.core.procedure_file.sections import Section
from consulta.core.regime import Phase, When
from consulta.core.rules import MilestoneRule, Procedure

#: Key and problem.
Problem = tuple[str, str]
#: The norms that there are, each with the labels of its editions.
Norms = Mapping[str, tuple[str, ...]]
#: So many combinations of choices are tried.
COMBINATIONS = 512
#: How many calendar days a unit lasts at most; working days may be far apart.
LONGEST = {Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 31}


def check(procedure: Procedure, top: Section, norms: Norms | None = None) -> None:
    """Raise ProcedureFileError for a name that is not defined, a circle, or an empty window.

    *norms*: those that there are; None: the norm that the file names is not looked up.
    """
    for where, problem in (*_unknown_norm(procedure, norms), *_undefined(procedure)):
        raise top.fail(where, problem)
    for chosen in _combinations(procedure):
        _check_waiting(replace(procedure, chosen=chosen), top)


def _undefined(procedure: Procedure) -> Iterator[Problem]:
    for name, parts in _named(procedure).items():
        for index, problem in _repeated(parts):
            yield f"{name}[{index}].name", problem
    for index, rule in enumerate(procedure.rules):
        for key, problem in _broken(procedure, rule):
            yield f"milestones[{index}].{key}", problem
    yield from _phases_broken(procedure)


def _named(procedure: Procedure) -> dict[str, list[tuple[str, When]]]:
    return {
        "anchors": [(anchor.name, {}) for anchor in procedure.anchors],
        "milestones": [(rule.name, rule.when) for rule in procedure.rules],
        "phases": [(phase.name, phase.when) for phase in procedure.phases],
        "tiers": [(tier.name, {}) for tier in procedure.tiers],
        "choices": [(choice.name, {}) for choice in procedure.choices],
    }


def _repeated(parts: list[tuple[str, When]]) -> Iterator[tuple[int, str]]:
    """Find names used twice, but for conditions of which only one can hold."""
    for index, (name, when) in enumerate(parts):
        for other, condition in parts[:index]:
            if other == name and not _exclude(when, condition):
                yield (
                    index,
                    f"{name!r} is used twice; rename one, or give both a when that excludes the other",
                )


def _exclude(one: When, other: When) -> bool:
    return any(not set(one[name]) & set(other[name]) for name in one if name in other)


def _broken(procedure: Procedure, rule: MilestoneRule) -> Iterator[Problem]:
    names = [other.name for other in procedure.rules]
    anchors = [anchor.name for anchor in procedure.anchors]
    known = ", ".join((*anchors, *dict.fromkeys(names)))
    if rule.anchor not in (*anchors, *names):
        yield "anchor", f"{rule.anchor!r} is neither an anchor nor a milestone; there are: {known}"
    if rule.sets and rule.sets not in anchors:
        yield "sets", f"{rule.sets!r} is not an anchor; there are: {', '.join(anchors)}"
    if rule.follows and rule.follows not in names:
        yield "follows", f"{rule.follows!r} is not a milestone; there are: {', '.join(names)}"
    if rule.phase and rule.phase not in [phase.name for phase in procedure.phases]:
        yield "phase", f"{rule.phase!r} is not a phase of this file; add it to [[phases]]"
    if rule.follows in names:
        yield from _too_early(procedure, rule)


def _unknown_norm(procedure: Procedure, norms: Norms | None) -> Iterator[Problem]:
    slug, edition = procedure.instrument, procedure.instrument_edition
    if norms is None or not slug:
        return
    if slug not in norms:
        mend = f"{slug!r} is no norm on file; leave it out, or name one of: {', '.join(norms)}"
        yield "instrument", mend
    elif edition not in norms[slug]:
        allowed = ", ".join(norms[slug])
        yield "instrument_edition", f"{edition!r} is no edition of {slug}; there are: {allowed}"


def _too_early(procedure: Procedure, rule: MilestoneRule) -> Iterator[Problem]:
    """Find a last day that lies before what the milestone follows: no date can keep it."""
    last, unit = rule.offset.last, rule.offset.unit
    if last is None:
        return
    if rule.follows == rule.anchor and last < 0:
        yield unit.value, f"ends before {rule.follows!r}, which it follows; count it forward"
    elif rule.follows == rule.anchor and unit in LONGEST and last * LONGEST[unit] < rule.least_days:
        yield "least_days", f"{rule.least_days} days do not fit into a window of {last} {unit}"
    for other in procedure.rules:
        first, same = other.offset.first, (other.anchor, other.offset.unit) == (rule.anchor, unit)
        together = other.name == rule.follows and not _exclude(rule.when, other.when)
        if together and same and first is not None and last < first:
            mend = f"ends before {other.name!r} begins, which it follows; give it a later end"
            yield unit.value, mend


def _phases_broken(procedure: Procedure) -> Iterator[Problem]:
    for index, phase in enumerate(procedure.phases):
        for key, problem in _broken_phase(procedure, phase):
            yield f"phases[{index}].{key}", problem


def _broken_phase(procedure: Procedure, phase: Phase) -> Iterator[Problem]:
    names = [rule.name for rule in procedure.rules]
    for key, name in (("opens", phase.opens), ("closes", phase.closes)):
        if name not in names:
            yield key, f"{name!r} is not a milestone; there are: {', '.join(names)}"
    if phase.opens == phase.closes:
        yield "closes", "is the milestone that opens the phase; name the one that closes it"
    for rule in procedure.rules:
        last = rule.offset.last
        closes = rule.name == phase.closes and rule.anchor == phase.opens
        if closes and last is not None and last < 0:
            yield "closes", f"{rule.name!r} lies before {phase.opens!r}, which opens the phase"


def _combinations(procedure: Procedure) -> Iterator[Mapping[str, str]]:
    names = [choice.name for choice in procedure.choices]
    options = ([option.name for option in choice.options] for choice in procedure.choices)
    for chosen in islice(product(*options), COMBINATIONS):
        yield dict(zip(names, chosen, strict=True))


def _check_waiting(procedure: Procedure, top: Section) -> None:
    """Check, for what is chosen, that no milestone waits for itself or for one that is not there."""
    holding = [rule for rule in procedure.rules if procedure.holds(rule.when)]
    there = {rule.name for rule in holding}
    setters = {rule.sets: rule.name for rule in holding if rule.sets}
    every = {rule.name for rule in procedure.rules}
    waits: dict[str, str] = {}
    for index, rule in enumerate(procedure.rules):
        if not procedure.holds(rule.when):
            continue
        waits[rule.name] = setters.get(rule.anchor, rule.anchor)
        if rule.anchor in every - there:
            chosen = ", ".join(f"{name}={option}" for name, option in procedure.chosen.items())
            mend = f"{rule.anchor!r} is not drawn up for {chosen}; give this milestone a when too"
            raise top.fail(f"milestones[{index}].anchor", mend)
    for name in waits:
        _check_circle(name, waits, top)


def _check_circle(name: str, waits: Mapping[str, str], top: Section) -> None:
    seen, step = [name], waits[name]
    while step in waits:
        if step in seen:
            round_trip = " -> ".join((*seen, step))
            raise top.fail(
                "milestones", f"{name!r} waits for itself: {round_trip}; count one from an anchor"
            )
        seen.append(step)
        step = waits[step]
