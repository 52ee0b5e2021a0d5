"""Procedures: read from their files, checked, and varied where the institution has a choice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from consulta.core import instruments, shelf
from consulta.core.calendar import Roll
from consulta.core.instruments import InForce
from consulta.core.procedure_file import ProcedureFileError
from consulta.core.rules import Bound, MilestoneRule, Offset, Procedure
from consulta.core.shelf import HERE, UnreadableFileError, slugs

__all__ = [
    "HERE",
    "NoChoiceError",
    "NoneInForceError",
    "ProcedureFileError",
    "Survey",
    "UnknownChoiceError",
    "UnknownEditionError",
    "UnknownMilestoneError",
    "UnknownProcedureError",
    "UnreadableFileError",
    "choose",
    "families",
    "find",
    "in_force",
    "load",
    "slugs",
    "stand_in",
    "survey",
]

_NO_OFFSETS: Mapping[str, int] = MappingProxyType({})
_NO_ROLLS: Mapping[str, Roll] = MappingProxyType({})
_NO_OPTIONS: Mapping[str, str] = MappingProxyType({})


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


class UnknownEditionError(LookupError):
    """The procedure's file has no edition of this number. *allowed* are those that are kept."""

    def __init__(self, slug: str, edition: int, allowed: tuple[int, ...]) -> None:
        super().__init__(f"{slug}, edition {edition}")
        self.slug, self.edition, self.allowed = slug, edition, allowed


class UnknownChoiceError(LookupError):
    """The procedure has no such choice, or the choice no such option. *allowed* are those it has."""

    def __init__(self, name: str, allowed: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.allowed = name, allowed


class NoneInForceError(LookupError):
    """No procedure of the family was in force on the day. *existing* are those that there are."""

    def __init__(self, family: str, on: date, existing: tuple[str, ...]) -> None:
        super().__init__(f"{family} on {on}")
        self.family, self.on, self.existing = family, on, existing


def load(slug: str, *, edition: int | None = None) -> Procedure:
    """Read the procedure called *slug*, e.g. ``itu-res-1336-2019``.

    *edition*: that edition of its file, also one that is no longer the present one; else the
    present one. Raises UnknownProcedureError, UnknownEditionError, or ProcedureFileError naming
    the place in the file to mend. A file is read once, and again after a restart.
    """
    return _load(slug, edition, shelf.folders())


@cache
def _load(slug: str, edition: int | None, folders: tuple[Path, ...]) -> Procedure:
    kept: list[int] = []
    order = shelf.editions if edition is None else shelf.earlier_first
    for found in order(slug, folders) if Path(slug).name == slug else ():
        if edition in (None, found.edition):
            return found
        kept.append(found.edition)
    if kept and edition is not None:
        raise UnknownEditionError(slug, edition, tuple(sorted(kept, reverse=True)))
    raise UnknownProcedureError(slug, slugs())


def stand_in(slug: str, problem: str, *, edition: int = 0) -> Procedure:
    """Return what can be said of a procedure whose file cannot be read: the dates that were set.

    Every rule has *problem* as its sentence, and is marked as one that nobody has checked.
    """
    call = _load("open-call", None, (HERE,))
    rules = tuple(
        replace(
            rule, source=problem, clause=f"{slug}.toml", verified=False, translations=_NO_OPTIONS
        )
        for rule in call.rules
    )
    title = dict.fromkeys(call.title, slug)
    return replace(call, slug=slug, family=slug, title=title, edition=edition, rules=rules)


def find(name: str) -> Procedure:
    """Read the procedure called *name*, or the file at the path *name* that ends in ``.toml``.

    Raises as `load` does, and UnreadableFileError.
    """
    return shelf.read(Path(name)) if name.endswith(".toml") else load(name)


@dataclass(frozen=True, slots=True)
class Survey:
    """The procedures that can be read, and the slips in the files of those that cannot."""

    readable: tuple[Procedure, ...]
    slips: tuple[ProcedureFileError, ...]


def survey() -> Survey:
    """Read every procedure; a file with a slip hinders no other."""
    readable: list[Procedure] = []
    slips: list[ProcedureFileError] = []
    for slug in slugs():
        try:
            readable.append(load(slug))
        except ProcedureFileError as error:
            slips.append(error)
    return Survey(tuple(readable), tuple(slips))


def families() -> Mapping[str, tuple[Procedure, ...]]:
    """Return the procedures by family: the files of the editions of one rule."""
    found: dict[str, tuple[Procedure, ...]] = {}
    for rules in survey().readable:
        found[rules.family] = (*found.get(rules.family, ()), rules)
    return found


def in_force(family: str, *, on: date) -> Procedure:
    """Return the procedure of *family* whose norm was in force on the day *on*.

    One that surely was comes before one of which it is not known. A procedure that names no norm
    always is; of several such, the one called as the family. Raises NoneInForceError, which names
    what there is, and UnknownProcedureError for a family that does not exist.
    """
    known = families()
    if family not in known:
        raise UnknownProcedureError(family, tuple(sorted(known)))
    standing = {rules.slug: _standing(rules, on) for rules in known[family]}
    order = sorted(known[family], key=lambda rules: rules.slug != family)
    for wanted in (InForce.YES, InForce.NOT_KNOWN):
        for rules in order:
            if standing[rules.slug] is wanted:
                return rules
    raise NoneInForceError(family, on, tuple(map(_described, known[family])))


def _standing(rules: Procedure, on: date) -> InForce:
    if not rules.instrument:
        return InForce.YES
    try:
        norm = instruments.load(rules.instrument)
        return norm.edition(rules.instrument_edition).in_force(on)
    except (instruments.UnknownInstrumentError, instruments.UnknownEditionError):
        return InForce.NOT_KNOWN


def _described(rules: Procedure) -> str:
    return f"{rules.slug} ({rules.instrument_edition})" if rules.instrument_edition else rules.slug


def choose(
    procedure: Procedure,
    *,
    offsets: Mapping[str, int] = _NO_OFFSETS,
    rolls: Mapping[str, Roll] = _NO_ROLLS,
    options: Mapping[str, str] = _NO_OPTIONS,
) -> Procedure:
    """Return *procedure* with the institution's choices put in.

    *offsets*: for an optional milestone, after how many of its units it is due; this brings it
    into the timetable. *rolls*: what a deadline does on a weekend. *options*: the option taken of
    a choice that the procedure leaves open, e.g. which kind the document is.
    Raises UnknownMilestoneError, UnknownChoiceError, or NoChoiceError for an offset that the rule
    fixes.
    """
    check_options(procedure, options)
    check_names(procedure, (*offsets, *rolls))
    for name in offsets:
        if not procedure.rule(name).optional:
            raise NoChoiceError(name, tuple(rule.name for rule in procedure.rules if rule.optional))
    rules = (_chosen(rule, offsets, rolls) for rule in procedure.rules)
    chosen = MappingProxyType({**procedure.chosen, **options})
    return replace(procedure, rules=tuple(rules), chosen=chosen)


def check_options(procedure: Procedure, options: Mapping[str, str]) -> None:
    """Raise UnknownChoiceError for a choice or an option that *procedure* does not have."""
    known = {choice.name: [o.name for o in choice.options] for choice in procedure.choices}
    for name, option in options.items():
        if name not in known:
            raise UnknownChoiceError(name, tuple(known))
        if option not in known[name]:
            raise UnknownChoiceError(f"{name}={option}", tuple(f"{name}={o}" for o in known[name]))


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
