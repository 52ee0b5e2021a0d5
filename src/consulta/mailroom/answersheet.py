"""A form that came back by mail: which words answer which question, told by the questions' headings.

Headings are found as they were sent, wrapped, quoted or marked by a mail program; words that stand
under none answer the whole.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consulta.mailroom import quotes

#: Over so many lines a mail program may have broken one heading.
MOST_LINES = 15
_BEFORE = r"[>»\s#*_•|]*"
_AFTER = r"[*_\s]*[:：.。)\-–—]\s*"
_DIGITS = {str(n): f"[{n}{chr(0x660 + n)}{chr(0x6F0 + n)}{chr(0xFF10 + n)}]" for n in range(10)}


@dataclass(frozen=True, slots=True)
class Heading:
    """How a question may be named: *labels* (Question 1), *texts* (what it asks), in any language."""

    labels: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Words for one question; *question* is None for those to the whole."""

    question: int | None
    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines under one heading, each with whether it is quoted."""

    question: int | None
    lines: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A heading at one line: how many lines it takes, and what stands behind it on the last."""

    question: int
    lines: int
    rest: str = ""


def parts(text: str, headings: Mapping[int, Heading]) -> list[Part]:
    """*text* by questions, in their order; one part for the whole where no heading is found.

    Under a heading, quoted lines before and after the words (the form itself) are left out, and
    where somebody answered at all, so are questions that only the quotation answers.
    """
    lines = text.split("\n")
    pieces = _pieces(lines, headings)
    if len(pieces) == 1:
        return [Part(None, text.strip())] if text.strip() else []
    own = [_Piece(each.question, _trimmed(each.lines)) for each in pieces]
    said = [each for each in own if each.lines] or pieces[1:]
    return _joined(said)


def _pieces(lines: list[str], headings: Mapping[int, Heading]) -> list["_Piece"]:
    """What stands above the first heading, then what stands under each."""
    names = {number: _Names.of(number, heading) for number, heading in headings.items()}
    pieces, quoted, n = [_Piece(None, [])], quotes.quoted(lines), 0
    while n < len(lines):
        found = _heading_at(lines, n, names)
        if found is None:
            pieces[-1].lines.append((lines[n], quoted[n]))
        else:
            pieces.append(_Piece(found.question, [(found.rest, quoted[n])] if found.rest else []))
        n += found.lines if found else 1
    return pieces


def _joined(pieces: Sequence["_Piece"]) -> list[Part]:
    """One part for each question that has words: the same heading may come twice."""
    texts: dict[int | None, list[str]] = {}
    for each in pieces:
        if words := "\n".join(line for line, _quoted in each.lines).strip():
            texts.setdefault(each.question, []).append(words)
    order = sorted(texts, key=lambda number: number or 0)
    return [Part(number, "\n\n".join(texts[number])) for number in order]


def _trimmed(lines: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """*lines* without those at the ends that are quoted or empty."""
    said = [n for n, (line, quoted) in enumerate(lines) if line.strip() and not quoted]
    return lines[said[0] : said[-1] + 1] if said else []


@dataclass(frozen=True, slots=True)
class _Names:
    """What is compared: letters and digits alone, and labels with words behind them on the line."""

    keys: frozenset[str]
    inline: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, number: int, heading: Heading) -> "_Names":
        labels = {_key(label) for label in heading.labels} - {""}
        texts = {_key(text) for text in heading.texts} - {""}
        before = ("", str(number), f"q{number}", *labels)
        keys = labels | {start + text for start in before for text in texts}
        return cls(frozenset(keys), tuple(map(_inline, heading.labels)))


def _heading_at(lines: list[str], n: int, names: Mapping[int, _Names]) -> _Found | None:
    """The heading that begins at line *n*: the longest that fits, else a label with words behind it."""
    if not _key(lines[n]):
        return None
    whole = [
        _Found(number, length)
        for number, each in names.items()
        if (length := _lines_of(lines, n, each.keys))
    ]
    if whole:
        return max(whole, key=lambda found: found.lines)
    for number, each in names.items():
        for pattern in each.inline:
            if found := pattern.match(lines[n]):
                return _Found(number, 1, found[1].strip())
    return None


def _lines_of(lines: list[str], n: int, keys: frozenset[str]) -> int:
    """How many lines from *n* are one of *keys*, the most that fit; 0 for none."""
    said, longest = "", 0
    for count, line in enumerate(lines[n : n + MOST_LINES], start=1):
        said += _key(line)
        if said in keys and _key(line):
            longest = count
        if not any(key.startswith(said) for key in keys):
            break
    return longest


def _key(line: str) -> str:
    """Letters and digits of *line*, small, digits of any script as ours."""
    plain = unicodedata.normalize("NFKC", line).casefold()
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain if c.isalnum()
    )


def _inline(label: str) -> re.Pattern[str]:
    """A label at the beginning of a line, a sign that ends it, and the first words of the answer."""
    words = "".join(_DIGITS.get(c, r"\s*" if c.isspace() else re.escape(c)) for c in label.strip())
    return re.compile(rf"{_BEFORE}{words}{_AFTER}(\S.*)$", re.IGNORECASE)
