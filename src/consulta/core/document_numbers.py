"""Document numbers: the grammar of a body as data, by which a number is written and read.

A pattern is plain text with fields in braces and optional parts in square brackets, for example
`{body}{meeting}/{seq}[(Rev.{r})][(Add.{a})][(Cor.{c})]-{lang}` or
`{body}/{meeting}/{seq}[/Add.{a}][/Rev.{r}][/Corr.{c}]`. Whatever a grammar writes, it reads back as
the same number; a pattern that could be read in two ways is refused when the grammar is made.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from consulta.core.numbering import western

#: The grammar of the International Telecommunication Union, and the letters of its languages.
DEFAULT_PATTERN = "{body}{meeting}/{seq}[(Rev.{r})][(Add.{a})][(Cor.{c})]-{lang}"
LETTERS: Mapping[str, str] = {"ar": "A", "zh": "C", "en": "E", "fr": "F", "ru": "R", "es": "S"}

_TOKEN = re.compile(r"\{(\w+)\}|([\[\]])|([^{}\[\]]+)|(.)")
_COUNTED = {"r": "revision", "a": "addendum", "c": "corrigendum"}
_SHAPES = {
    "meeting": r"[0-9A-Za-z](?:[0-9A-Za-z._-]*[0-9A-Za-z])?",
    "seq": "[1-9][0-9]{0,4}",
    "r": "[1-9][0-9]{0,3}",
    "a": "[1-9][0-9]{0,3}",
    "c": "[1-9][0-9]{0,3}",
    "lang": "[A-Za-z]{1,3}",
}
#: What may not begin the text after a field: it would be taken for a part of the field.
_GREEDY = {"meeting": re.compile(r"[0-9A-Za-z._-]"), "lang": re.compile("[A-Za-z]")}
_DIGIT = re.compile("[0-9]")


class InvalidGrammarError(ValueError):
    """This pattern cannot number documents. *code* says why; *part* is the piece at fault."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(f"{code}: {part}" if part else code)
        self.code = code
        self.part = part


class DocumentNumberMistypedError(ValueError):
    """This is no document number of the body."""


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """What a number says: which document of which meeting, which state of it, in which language.

    *revision*, *addendum*, *corrigendum*: 0 where it is none. *language*: empty for no language.
    """

    meeting: str
    sequence: int
    revision: int = 0
    addendum: int = 0
    corrigendum: int = 0
    language: str = ""

    def without_language(self) -> "DocumentNumber":
        """Return the number that all language versions of the document share."""
        return replace(self, language="")


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a pattern: text before a field, the field, text after it; or text alone."""

    before: str
    name: str = ""
    after: str = ""
    is_optional: bool = False


@dataclass(frozen=True)
class Grammar:
    """How one body or group numbers its documents. *symbol* stands for `{body}`.

    *letters*: language code -> suffix; a language without one is written as its code in capitals.
    Raises InvalidGrammarError.
    """

    symbol: str
    pattern: str = DEFAULT_PATTERN
    letters: Mapping[str, str] = field(default_factory=lambda: dict(LETTERS))

    def __post_init__(self) -> None:
        """Refuse a pattern that lacks a field or could be read in two ways."""
        _check_fields(self._parts)
        _check_order(self._parts, self.symbol)
        if len({letter.upper() for letter in self.letters.values()}) < len(self.letters):
            raise InvalidGrammarError("letter_twice")

    @cached_property
    def _parts(self) -> tuple[_Part, ...]:
        return _read_pattern(self.pattern)

    @cached_property
    def _shape(self) -> re.Pattern[str]:
        return re.compile("".join(self._expression(part) for part in self._parts), re.IGNORECASE)

    @property
    def has_languages(self) -> bool:
        """Whether a number says its language."""
        return any(part.name == "lang" for part in self._parts)

    def can_write(self, *names: str) -> bool:
        """Say whether the pattern has all these fields (`r`, `a`, `c`, `lang`)."""
        return set(names) <= {part.name for part in self._parts}

    def write(self, number: DocumentNumber) -> str:
        """Return *number* as the body writes it. Raises InvalidGrammarError if it cannot say it."""
        for name, kind in _COUNTED.items():
            if getattr(number, kind) and not self.can_write(name):
                raise InvalidGrammarError("cannot_say", name)
        return "".join(self._written(part, number) for part in self._parts)

    def write_base(self, number: DocumentNumber) -> str:
        """Return *number* without its language: what all language versions share."""
        parts = [part for part in self._parts if part.name != "lang"]
        plain = number.without_language()
        return "".join(self._written(part, plain) for part in parts).rstrip("-_ ")

    def read(self, typed: str) -> DocumentNumber:
        """Return what a number says that a person typed, whatever the case of its letters.

        Spaces and digits of other scripts are borne. Raises DocumentNumberMistypedError.
        """
        plain = western(unicodedata.normalize("NFKC", typed)).replace("−", "-").replace("–", "-")
        found = self._shape.fullmatch("".join(plain.split()))
        if found is None:
            raise DocumentNumberMistypedError(typed)
        said = found.groupdict()
        return DocumentNumber(
            meeting=said["meeting"],
            sequence=int(said["seq"]),
            language=self._language(said.get("lang") or ""),
            **{kind: int(said.get(name) or 0) for name, kind in _COUNTED.items()},
        )

    def letter(self, language: str) -> str:
        """Return the suffix of *language*."""
        return self.letters.get(language, language.upper())

    def _language(self, letter: str) -> str:
        for language, known in self.letters.items():
            if known.upper() == letter.upper():
                return language
        return letter.lower()

    def _written(self, part: _Part, number: DocumentNumber) -> str:
        value = self._value(part.name, number)
        if part.is_optional and not value:
            return ""
        return f"{part.before}{value}{part.after}"

    def _value(self, name: str, number: DocumentNumber) -> str:
        if name in _COUNTED:
            return str(getattr(number, _COUNTED[name]) or "")
        values = {
            "body": self.symbol,
            "meeting": number.meeting,
            "seq": str(number.sequence),
            "lang": self.letter(number.language) if number.language else "",
        }
        return values.get(name, "")

    def _expression(self, part: _Part) -> str:
        inside = re.escape("".join(part.before.split()))
        if part.name == "body":
            inside += re.escape("".join(self.symbol.split()))
        elif part.name:
            inside += f"(?P<{part.name}>{_SHAPES[part.name]})"
        inside += re.escape("".join(part.after.split()))
        return f"(?:{inside})?" if part.is_optional else inside


def _read_pattern(pattern: str) -> tuple[_Part, ...]:
    """Cut *pattern* into its pieces."""
    parts: list[_Part] = []
    inside: list[tuple[str, str]] | None = None
    for name, bracket, text, other in _TOKEN.findall(pattern):
        if other:
            raise InvalidGrammarError("brace_alone", other)
        if bracket == "[":
            if inside is not None:
                raise InvalidGrammarError("bracket_in_bracket")
            inside = []
        elif bracket == "]":
            parts.append(_optional(inside))
            inside = None
        elif inside is not None:
            inside.append((name, text))
        else:
            parts.append(_Part(text) if text else _Part("", name))
    if inside is not None:
        raise InvalidGrammarError("bracket_open")
    return tuple(parts)


def _optional(inside: list[tuple[str, str]] | None) -> _Part:
    if inside is None:
        raise InvalidGrammarError("bracket_open")
    names = [place for place, (name, _text) in enumerate(inside) if name]
    if len(names) != 1:
        raise InvalidGrammarError("one_field_in_brackets")
    before = "".join(text for _name, text in inside[: names[0]])
    after = "".join(text for _name, text in inside[names[0] + 1 :])
    return _Part(before, inside[names[0]][0], after, is_optional=True)


def _check_fields(parts: tuple[_Part, ...]) -> None:
    names = [part.name for part in parts if part.name]
    for part in parts:
        if part.name:
            _check_field(part, names)
    for name in ("meeting", "seq"):
        if name not in names:
            raise InvalidGrammarError("field_missing", name)


def _check_field(part: _Part, names: list[str]) -> None:
    name = part.name
    if name != "body" and name not in _SHAPES:
        raise InvalidGrammarError("unknown_field", name)
    if names.count(name) > 1:
        raise InvalidGrammarError("field_twice", name)
    if name in _COUNTED and not part.is_optional:
        raise InvalidGrammarError("must_be_optional", name)
    if name in ("body", "meeting", "seq") and part.is_optional:
        raise InvalidGrammarError("must_always_stand", name)


def _check_order(parts: tuple[_Part, ...], symbol: str) -> None:
    """Refuse what could be read in two ways: a field must end where other text begins."""
    starts = [part.before for part in parts if part.is_optional]
    for start in starts:
        if not start or any(other != start and other.startswith(start) for other in starts):
            raise InvalidGrammarError("parts_look_alike", start)
    if len(set(starts)) < len(starts):
        raise InvalidGrammarError("parts_look_alike", starts[0])
    for place, part in enumerate(parts):
        if part.name in ("", "body") or part.after:
            continue
        for text in _followers(parts[place + 1 :], symbol):
            greedy = _GREEDY.get(part.name, _DIGIT)
            if greedy.match(text):
                raise InvalidGrammarError("runs_together", part.name)


def _followers(parts: tuple[_Part, ...], symbol: str) -> list[str]:
    """Return what may stand right after a field: every optional part, and the first that always stands."""
    found: list[str] = []
    for part in parts:
        text = part.before or (symbol if part.name == "body" else "0" if part.name else "")
        found.append(text)
        if not part.is_optional:
            break
    return found
