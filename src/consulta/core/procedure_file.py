"""The file of a procedure: TOML in, a checked Procedure out, or the place in the file to mend."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from consulta.core import rules
from consulta.core.calendar import Roll, Unit, Weekday
from consulta.core.rules import Bound, MilestoneRule, Offset

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Grounds = Callable[[str], list[dict[str, object]]]
MISSING = object()


class ProcedureFileError(ValueError):
    """A procedure's file breaks the form. *where* is the place in it, *problem* what to mend."""

    def __init__(self, slug: str, where: str, problem: str) -> None:
        super().__init__(f"{slug}.toml: {where}: {problem}")
        self.slug, self.where, self.problem = slug, where, problem


@dataclass
class Section:
    """A table of the file, read key by key, so that a key nobody reads is found out."""

    slug: str
    where: str
    data: dict[str, object]

    def fail(self, key: str, problem: str) -> ProcedureFileError:
        """Return the error that names *key* in this section."""
        return ProcedureFileError(self.slug, f"{self.where}{key}", problem)

    def take(self, key: str, kind: type[T], default: object = MISSING) -> T:
        """Read *key*, which must be a *kind*; without *default* it must be there."""
        value = self.data.pop(key, default)
        if value is MISSING:
            raise self.fail(key, "is missing")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fail(key, f"must be of type {kind.__name__}, not {type(value).__name__}")
        return value

    def choice(self, key: str, kind: type[E], default: object = MISSING) -> E:
        """Read *key*, which must be one of the values of the enumeration *kind*."""
        value = self.take(key, str, default)
        try:
            return kind(value)
        except ValueError as error:
            allowed = ", ".join(member.value for member in kind)
            raise self.fail(key, f"{value!r} is not one of {allowed}") from error

    def words(self, key: str, default: object = MISSING) -> tuple[str, ...]:
        """Read *key*, a list of strings."""
        values = self.take(key, list, default)
        if not all(isinstance(value, str) for value in values):
            raise self.fail(key, "must be a list of strings")
        return tuple(values)

    def tables(self, key: str, default: object = MISSING) -> list["Section"]:
        """Read *key*, an array of tables."""
        found = []
        for index, table in enumerate(self.take(key, list, default)):
            if not isinstance(table, dict):
                raise self.fail(f"{key}[{index}]", "must be a table")
            found.append(Section(self.slug, f"{self.where}{key}[{index}].", dict(table)))
        return found

    def some_texts(self, key: str) -> rules.Texts:
        """Read *key*, a table of words in whatever languages there are; none where it is missing."""
        table = self.take(key, dict, {})
        if not all(isinstance(text, str) and text.strip() for text in table.values()):
            raise self.fail(key, "must hold one text for each language it names")
        return MappingProxyType(dict(table))

    def texts(self, key: str, languages: tuple[str, ...]) -> rules.Texts:
        """Read *key*, a table of words with one text for each of *languages*."""
        table = Section(self.slug, f"{self.where}{key}.", dict(self.take(key, dict)))
        found = {language: table.take(language, str) for language in languages}
        table.done()
        return MappingProxyType(found)

    def done(self) -> None:
        """Raise for a key that the form does not know: most often a slip in its spelling."""
        for key in self.data:
            raise self.fail(key, "is not a key of this section")


def read(text: str, *, slug: str, grounds: Grounds) -> rules.Procedure:
    """Read a procedure from the *text* of its file; *grounds* fetches a shared list by name."""
    try:
        top = Section(slug, "", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ProcedureFileError(slug, "the file", str(error)) from error
    languages = top.words("languages")
    procedure = rules.Procedure(
        slug=slug,
        edition=top.take("edition", int),
        title=top.texts("title", languages),
        body=top.take("body", str),
        languages=languages,
        original_language=top.take("original_language", str),
        zone=_zone(top),
        hour=_hour(top),
        instant_source=top.take("instant_source", str),
        anchors=tuple(map(_anchor, top.tables("anchors"))),
        rules=tuple(map(_rule, top.tables("milestones"))),
        stakeholder_groups=tuple(
            _group(s, languages) for s in top.tables("stakeholder_groups", [])
        ),
        grounds=_grounds(top, languages, grounds),
        terms=_terms(top),
    )
    top.done()
    _check_references(procedure)
    return procedure


def _zone(top: Section) -> str:
    name = top.take("zone", str)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise top.fail("zone", f"{name!r} is no time zone of the tz database") from error
    return name


def _hour(top: Section) -> time:
    text = top.take("hour", str)
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise top.fail("hour", f"{text!r} is no time of day such as 23:59:59") from error


def _anchor(section: Section) -> rules.Anchor:
    anchor = rules.Anchor(
        name=section.take("name", str),
        kind=section.choice("kind", rules.AnchorKind),
        required=section.take("required", bool, default=True),
    )
    section.done()
    return anchor


def _rule(section: Section) -> MilestoneRule:
    bound = section.choice("bound", Bound)
    rule = MilestoneRule(
        name=section.take("name", str),
        kind=section.choice("kind", rules.MilestoneKind),
        anchor=section.take("anchor", str),
        offset=_offset(section, bound),
        bound=bound,
        modality=section.choice("modality", rules.Modality),
        clause=section.take("clause", str),
        source=section.take("source", str),
        original=section.take("original", str, default=""),
        translations=section.some_texts("translations"),
        roll=section.choice("roll", Roll, default=Roll.EXACT),
        roll_in_rule=section.take("roll_in_rule", bool, default=False),
        tolerance_days=section.take("tolerance_days", int, default=0),
        preference=_preference(section),
        preference_source=section.take("preference_source", str, default=""),
        sets=section.take("sets", str, default=""),
        follows=section.take("follows", str, default=""),
        least_days=section.take("least_days", int, default=0),
        optional=section.take("optional", bool, default=False),
    )
    if not rule.source.strip():
        raise section.fail("source", "must hold the sentence that the rule comes from")
    section.done()
    return rule


def _preference(section: Section) -> Weekday | None:
    return section.choice("preference", Weekday) if "preference" in section.data else None


def _offset(section: Section, bound: Bound) -> Offset:
    """Read ``days``, ``weeks`` or ``months``: one number, or two for a window."""
    units = [unit for unit in Unit if unit.value in section.data]
    if len(units) != 1:
        raise section.fail("days", "give exactly one of days, weeks, months")
    value = section.take(units[0].value, object)
    if bound is Bound.WINDOW:
        match value:
            case [int() as first, int() as last] if first <= last:
                return Offset(first, last, units[0])
        raise section.fail(units[0].value, "a window needs two numbers, the smaller one first")
    if not isinstance(value, int) or isinstance(value, bool):
        raise section.fail(units[0].value, "must be one whole number")
    first_limit = None if bound is Bound.AT_LATEST else value
    last_limit = None if bound in (Bound.AT_EARLIEST, Bound.MINIMUM) else value
    return Offset(first_limit, last_limit, units[0])


def _group(section: Section, languages: tuple[str, ...]) -> rules.StakeholderGroupName:
    group = rules.StakeholderGroupName(section.take("slug", str), section.texts("name", languages))
    section.done()
    return group


def _grounds(top: Section, languages: tuple[str, ...], fetch: Grounds) -> tuple[rules.Ground, ...]:
    """Read the published grounds: the shared list that the file names."""
    name = top.take("grounds", str)
    try:
        listed: list[dict[str, object]] = fetch(name)
    except FileNotFoundError as error:
        raise top.fail("grounds", f"there is no list of grounds called {name!r}") from error
    shared = Section(f"grounds/{name}", "", {"grounds": listed})
    return tuple(_ground(section, languages) for section in shared.tables("grounds"))


def _ground(section: Section, languages: tuple[str, ...]) -> rules.Ground:
    slug, acts = section.take("slug", str), section.words("acts")
    allowed = tuple(act.value for act in rules.Act)
    if not acts or not set(acts) <= set(allowed):
        raise section.fail("acts", f"must name one or more of {', '.join(allowed)}")
    text = section.texts("text", languages)
    section.done()
    return rules.Ground(slug, tuple(map(rules.Act, acts)), text)


def _terms(top: Section) -> rules.Terms:
    section = Section(top.slug, "terms.", dict(top.take("terms", dict)))
    terms = rules.Terms(
        text_public=section.take("text_public", bool),
        name_withheld_by=section.words("name_withheld_by"),
        country_withheld_by=section.words("country_withheld_by"),
    )
    section.done()
    return terms


def _check_references(procedure: rules.Procedure) -> None:
    """Check that every name used is defined once, and that no milestone waits for itself."""
    names = [rule.name for rule in procedure.rules]
    for index, rule in enumerate(procedure.rules):
        where = f"milestones[{index}]"
        for key, problem in _broken(procedure, rule, names):
            raise ProcedureFileError(procedure.slug, f"{where}.{key}", problem)
    _check_waiting(procedure)


def _broken(
    procedure: rules.Procedure, rule: MilestoneRule, names: list[str]
) -> list[tuple[str, str]]:
    anchors = {anchor.name for anchor in procedure.anchors}
    found = []
    if names.count(rule.name) > 1:
        found.append(("name", f"{rule.name!r} is used twice"))
    if rule.anchor not in anchors | set(names):
        found.append(("anchor", f"{rule.anchor!r} is neither an anchor nor a milestone"))
    if rule.sets and rule.sets not in anchors:
        found.append(("sets", f"{rule.sets!r} is not an anchor"))
    if rule.follows and rule.follows not in names:
        found.append(("follows", f"{rule.follows!r} is not a milestone"))
    return found


def _check_waiting(procedure: rules.Procedure) -> None:
    setters = {rule.sets: rule.name for rule in procedure.rules if rule.sets}
    waits: Mapping[str, str] = {
        rule.name: setters.get(rule.anchor, rule.anchor) for rule in procedure.rules
    }
    for name in waits:
        seen, step = {name}, waits[name]
        while step in waits:
            if step in seen:
                raise ProcedureFileError(procedure.slug, "milestones", f"{name!r} waits for itself")
            seen.add(step)
            step = waits[step]
