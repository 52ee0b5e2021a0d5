"""Checks across a procedure's file: every name is defined, nothing waits for itself.

Conditional rules are checked for every combination of choices.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product

from consulta.core.procedure_file.sections import Section
from consulta.core.regime import Phase, When
from consulta.core.rules import MilestoneRule, Procedure

#: Key and problem.
Problem = tuple[str, str]
#: So many combinations of choices are tried.
COMBINATIONS = 512


def check(procedure: Procedure, top: Section) -> None:
    """Raise ProcedureFileError for a name that is not defined, a circle, or an empty window."""
    for name, parts in _named(procedure).items():
        for index, problem in _repeated(parts):
            raise top.fail(f"{name}[{index}].name", problem)
    for index, rule in enumerate(procedure.rules):
        for key, problem in _broken(procedure, rule):
            raise top.fail(f"milestones[{index}].{key}", problem)
    for index, phase in enumerate(procedure.phases):
        for key, problem in _broken_phase(procedure, phase):
            raise top.fail(f"phases[{index}].{key}", problem)
    for chosen in _combinations(procedure):
        _check_waiting(replace(procedure, chosen=chosen), top)


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
    last = rule.offset.last
    if last is not None and rule.follows == rule.anchor and 0 <= last < rule.least_days:
        yield "least_days", f"{rule.least_days} days do not fit into a window of {last}"


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
