"""Procedures: read from their files, checked, and varied where the institution has a choice."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from consulta.core import procedure_file
from consulta.core.calendar import Roll
from consulta.core.rules import Bound, MilestoneRule, Offset, Procedure

HERE = Path(__file__).parent / "procedures"
_NO_OFFSETS: Mapping[str, int] = MappingProxyType({})
_NO_ROLLS: Mapping[str, Roll] = MappingProxyType({})


class UnknownProcedureError(LookupError):
    """No procedure has this slug. *allowed* are those that exist."""

    def __init__(self, slug: str, allowed: tuple[str, ...]) -> None:
        super().__init__(slug)
        self.slug, self.allowed = slug, allowed


class UnknownMilestoneError(LookupError):
    """The procedure has no milestones of these names. *allowed* are those that it has."""

    def __init__(self, names: tuple[str, ...], allowed: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names, self.allowed = names, allowed


class NoChoiceError(ValueError):
    """The rule itself fixes this milestone's offset; the institution cannot choose it."""

    def __init__(self, name: str, allowed: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.allowed = name, allowed


def slugs() -> tuple[str, ...]:
    """List the procedures that exist, in alphabetical order."""
    return tuple(sorted(path.stem for path in HERE.glob("*.toml")))


@cache
def load(slug: str) -> Procedure:
    """Read the procedure called *slug*, e.g. ``itu-res-1336-2019``.

    Raises UnknownProcedureError, or ProcedureFileError naming the place in the file to mend.
    """
    if slug not in slugs():
        raise UnknownProcedureError(slug, slugs())
    path = HERE / f"{slug}.toml"
    return procedure_file.read(path.read_text(encoding="utf-8"), slug=slug, grounds=_grounds)


def choose(
    procedure: Procedure,
    *,
    offsets: Mapping[str, int] = _NO_OFFSETS,
    rolls: Mapping[str, Roll] = _NO_ROLLS,
) -> Procedure:
    """Return *procedure* with the institution's choices put in.

    *offsets*: for an optional milestone, after how many of its units it is due; this brings it
    into the timetable. *rolls*: what a deadline does on a weekend.
    Raises UnknownMilestoneError, or NoChoiceError for an offset that the rule fixes.
    """
    check_names(procedure, (*offsets, *rolls))
    for name in offsets:
        if not procedure.rule(name).optional:
            raise NoChoiceError(name, tuple(rule.name for rule in procedure.rules if rule.optional))
    rules = (_chosen(rule, offsets, rolls) for rule in procedure.rules)
    return replace(procedure, rules=tuple(rules))


def check_names(procedure: Procedure, names: tuple[str, ...]) -> None:
    """Raise UnknownMilestoneError for milestone *names* that *procedure* does not have."""
    allowed = tuple(rule.name for rule in procedure.rules)
    if unknown := tuple(name for name in names if name not in allowed):
        raise UnknownMilestoneError(unknown, allowed)


def _chosen(
    rule: MilestoneRule, offsets: Mapping[str, int], rolls: Mapping[str, Roll]
) -> MilestoneRule:
    rule = replace(rule, roll=rolls.get(rule.name, rule.roll))
    if rule.name not in offsets:
        return rule
    amount = offsets[rule.name]
    first = None if rule.bound is Bound.AT_LATEST else amount
    last = None if rule.bound in (Bound.AT_EARLIEST, Bound.MINIMUM) else amount
    return replace(rule, offset=Offset(first, last, rule.offset.unit), optional=False)


def _grounds(name: str) -> list[dict[str, object]]:
    """Read the shared list of grounds called *name*. Raises FileNotFoundError."""
    text = (HERE / "grounds" / f"{name}.toml").read_text(encoding="utf-8")
    grounds: list[dict[str, object]] = tomllib.loads(text)["grounds"]
    return grounds
