"""One table of a procedure's file, read key by key; what is wrong is said with its line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from consulta.core import calendar, toml_lines
from consulta.core.regime import Texts

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
MISSING = object()
#: Further than this no rule reaches; a larger number is a slip of the keyboard.
FURTHEST = 9999
#: A name stands in addresses and before "=": letters and digits without accents, "_" and "-".
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
#: The name of a date from outside may have parts, e.g. ``group_meeting.start``.
DOTTED = re.compile(rf"{NAME.pattern}(\.{NAME.pattern})*")


class ProcedureFileError(ValueError):
    """A procedure's file breaks the form.

    *where* is the place in it, *line* its line (from 1; 0 where it is unknown), *problem* what is
    wrong and how to mend it.
    """

    def __init__(self, slug: str, where: str, problem: str, line: int = 0) -> None:
        super().__init__(f"{slug}.toml:{line}: {where}: {problem}")
        self.slug, self.where, self.problem, self.line = slug, where, problem, line


@dataclass
class Section:
    """A table of the file, read key by key, so that a key nobody reads is found out."""

    slug: str
    where: str
    data: dict[str, object]
    lines: Mapping[str, int] = field(default_factory=dict)

    def fail(self, key: str, problem: str) -> ProcedureFileError:
        """Return the error that names *key* in this section."""
        where = f"{self.where}{key}"
        return ProcedureFileError(self.slug, where, problem, toml_lines.of(self.lines, where))

    def take(self, key: str, kind: type[T], default: object = MISSING) -> T:
        """Read *key*, which must be a *kind*; without *default* it must be there."""
        value = self.data.pop(key, default)
        if value is MISSING:
            raise self.fail(key, f"is missing; add it to {self.where.rstrip('.') or 'the top'}")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise self.fail(key, f"must be of type {kind.__name__}, not {type(value).__name__}")
        return value

    def count(self, key: str, default: object = MISSING, *, least: int = 0) -> int:
        """Read *key*, a whole number from *least* on."""
        value = self.take(key, int, default)
        if not least <= value <= FURTHEST:
            raise self.fail(key, f"must be a number from {least} to {FURTHEST}")
        return value

    def name(self, *, dotted: bool = False) -> str:
        """Read ``name``, by which other places in the file refer to this table."""
        name = self.take("name", str)
        if not (DOTTED if dotted else NAME).fullmatch(name):
            allowed = "the letters a to z, digits, _ and -" + (", with dots between" * dotted)
            raise self.fail("name", f"{name!r} is no name; write it with {allowed}")
        return name

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

    def table(self, key: str) -> "Section":
        """Read *key*, a table."""
        return Section(self.slug, f"{self.where}{key}.", dict(self.take(key, dict)), self.lines)

    def tables(self, key: str, default: object = MISSING) -> list["Section"]:
        """Read *key*, an array of tables."""
        found = []
        for index, table in enumerate(self.take(key, list, default)):
            if not isinstance(table, dict):
                raise self.fail(f"{key}[{index}]", "must be a table")
            where = f"{self.where}{key}[{index}]."
            found.append(Section(self.slug, where, dict(table), self.lines))
        return found

    def some_texts(self, key: str) -> Texts:
        """Read *key*, a table of words in whatever languages there are; none where it is missing."""
        table = self.take(key, dict, {})
        if not all(isinstance(text, str) and text.strip() for text in table.values()):
            raise self.fail(key, "must hold one text for each language it names")
        return MappingProxyType(dict(table))

    def texts(self, key: str, languages: tuple[str, ...], *, more: bool = False) -> Texts:
        """Read *key*, a table of words with one text for each of *languages*.

        *more*: it may hold other languages too.
        """
        table = self.table(key)
        found = {language: table.take(language, str) for language in languages}
        for language, text in found.items():
            if not text.strip():
                raise table.fail(language, "is empty; write the words in this language")
        if more:
            found |= {language: table.take(language, str) for language in list(table.data)}
        table.done()
        return MappingProxyType(found)

    def label(self, languages: tuple[str, ...]) -> Texts:
        """Read ``label``, words in *languages*; empty where it is missing."""
        return self.texts("label", languages) if "label" in self.data else MappingProxyType({})

    def source(self) -> str:
        """Read ``source``, the sentence that the rule comes from: it must be there."""
        source = self.take("source", str)
        if not source.strip():
            raise self.fail("source", "must hold the sentence that the rule comes from")
        return source

    def verified(self) -> bool:
        """Read ``verified``: whether somebody checked the source. Default true."""
        return self.take("verified", bool, default=True)

    def zone(self, default: object = MISSING) -> str:
        """Read ``zone``, the name of a time zone of the tz database."""
        name = self.take("zone", str, default)
        try:
            calendar.zone_named(name if name or default is MISSING else "UTC")
        except calendar.UnknownZoneError as error:
            mend = f"{name!r} is no time zone of the tz database; write one such as Europe/Zurich"
            raise self.fail("zone", mend) from error
        return name

    def hour(self) -> time:
        """Read ``hour``, a time of day."""
        text = self.take("hour", str)
        try:
            return calendar.parse_hour(text)
        except calendar.NotAnHourError as error:
            mend = "write it as 17:00 or 17:00:00; the end of a day is 23:59:59"
            raise self.fail("hour", f"{text!r} is no time of day; {mend}") from error

    def done(self) -> None:
        """Raise for a key that the form does not know: most often a slip in its spelling."""
        for key in self.data:
            raise self.fail(key, "is not a key of this section; mend its spelling or delete it")


def parse(text: str, *, slug: str) -> Section:
    """Parse the *text* of a TOML file. Raises ProcedureFileError with the line of a slip."""
    try:
        return Section(slug, "", tomllib.loads(text), toml_lines.find(text))
    except RecursionError as error:
        mend = "its brackets are nested too deeply; write tables with headers instead"
        raise ProcedureFileError(slug, "the file", mend, 1) from error
    except tomllib.TOMLDecodeError as error:
        raise ProcedureFileError(
            slug, "the file", f"is not TOML: {error}", toml_lines.named_in(str(error), text)
        ) from error
    except ValueError as error:  # Python reads no number of thousands of digits
        line = toml_lines.longest(text)
        raise ProcedureFileError(
            slug, "the file", "has a number with thousands of digits; shorten it", line
        ) from error
