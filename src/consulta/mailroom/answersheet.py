"""A form that came back by mail: which words answer which question, told by the questions' headings.

Headings are found as they were sent, wrapped, quoted or marked by a mail program; words that stand
under none answer the whole.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from consulta.mailroom import quotes

#: Over so many lines a mail program may have broken one heading.
MOST_LINES = 15
#: And so many may the line above a quotation take ("On Friday … wrote:").
LINES_OF_AN_INTRODUCTION = 2
_BEFORE = r"[>»\s#*_•|]*"
_MARKED = re.compile(r"\s{0,3}[>»]")
_AFTER = r"[*_\s]*[:：.。)\-–—]\s*"
_DIGITS = {str(n): f"[{n}{chr(0x660 + n)}{chr(0x6F0 + n)}{chr(0xFF10 + n)}]" for n in range(10)}

_CHINESE = dict(enumerate("一二三四五六七八九十", start=1))
#: What may stand before a number: № 2, n° 1, n.º 2, no. 3.
_SIGN = r"(?:№|#|n\.?\s*[°ºo]\.?|no\.)"
#: The same once NFKC has written № as no, º as o; only right before a number.
_NUMBER_SIGN = re.compile(r"(?<!\w)(?:#|n\.?\s*[°o]\.?)\s*(?=\d)")


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
class _Line:
    """A line, whether a letter's program would fold it (*quoted*), and whether it bears a sign (>)."""

    text: str
    quoted: bool = False
    marked: bool = False

    @property
    def said(self) -> bool:
        """Whether it says something that no sign marks as quoted."""
        return bool(self.text.strip()) and not self.marked


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines under one heading; *marked*: the heading bears the sign of a quotation."""

    question: int | None
    lines: list[_Line]
    marked: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A heading at one line: how many lines it takes, and what stands behind it on the last."""

    question: int
    lines: int
    rest: str = ""


def parts(text: str, headings: Mapping[int, Heading], *, whole: bool = False) -> list[Part]:
    """*text* by questions, in their order; one part for the whole where no heading is found.

    Of an answer to a mail of ours only what is new counts: under a heading, quoted lines before and
    after the words are left out, and where somebody answered at all, so are questions that only the
    quotation answers. With *whole* nothing that was forwarded, enclosed or quoted is left out but the
    form itself, and what stands quoted between its headings and new words.
    """
    pieces = _pieces(text.split("\n"), headings)
    if len(pieces) == 1:
        return [Part(None, text.strip())] if text.strip() else []
    return _joined(_everything(pieces) if whole else _new(pieces))


def _pieces(texts: list[str], headings: Mapping[int, Heading]) -> list["_Piece"]:
    """What stands above the first heading, then what stands under each."""
    names = {number: _Names.of(number, heading) for number, heading in headings.items()}
    lines = [
        _Line(t, q, bool(_MARKED.match(t)))
        for t, q in zip(texts, quotes.quoted(texts), strict=True)
    ]
    pieces, n = [_Piece(None, [])], 0
    while n < len(lines):
        found, line = _heading_at(texts, n, names), lines[n]
        if found is None:
            pieces[-1].lines.append(line)
        else:
            rest = [replace(line, text=found.rest)] if found.rest else []
            pieces.append(_Piece(found.question, rest, line.marked))
        n += found.lines if found else 1
    return pieces


def _joined(pieces: Sequence["_Piece"]) -> list[Part]:
    """One part for each question that has words: the same heading may come twice."""
    texts: dict[int | None, list[str]] = {}
    for each in pieces:
        if words := "\n".join(line.text for line in each.lines).strip():
            texts.setdefault(each.question, []).append(words)
    order = sorted(texts, key=lambda number: number or 0)
    return [Part(number, "\n\n".join(texts[number])) for number in order]


def _new(pieces: list["_Piece"]) -> list["_Piece"]:
    """What the sender of an answer added to the mail that is answered."""
    own = [_Piece(each.question, _trimmed(each.lines)) for each in pieces]
    return [each for each in own if each.lines] or pieces[1:]


def _trimmed(lines: list["_Line"]) -> list["_Line"]:
    """*lines* without those at the ends that are quoted or empty."""
    said = [n for n, line in enumerate(lines) if line.text.strip() and not line.quoted]
    return lines[said[0] : said[-1] + 1] if said else []


def _everything(pieces: list["_Piece"]) -> list["_Piece"]:
    """All words, those of forwarded letters too; old answers only where no new one was given."""
    answered = any(_says(each) for each in pieces[1:])
    below = [*pieces[1:], _Piece(None, [])]
    return [
        _Piece(each.question, _without_form(each, form_follows=after.marked))
        for each, after in zip(pieces, below, strict=True)
        if _says(each) or not (each.marked and answered)
    ]


def _says(piece: "_Piece") -> bool:
    return any(line.said for line in piece.lines)


def _without_form(piece: "_Piece", *, form_follows: bool) -> list["_Line"]:
    """The lines of *piece* without the rest of a quoted form above, and the line that introduces one."""
    lines = list(piece.lines)
    while piece.marked and _says(piece) and not lines[0].said:
        del lines[0]
    end = len(lines)
    while form_follows and end and (not lines[end - 1].text.strip() or _introduces(lines[end - 1])):
        end -= 1
    introduction = [line for line in lines[end:] if line.text.strip()]
    return lines[:end] if len(introduction) <= LINES_OF_AN_INTRODUCTION else lines


def _introduces(line: "_Line") -> bool:
    return line.quoted and not line.marked


@dataclass(frozen=True, slots=True)
class _Names:
    """What is compared: letters and digits alone, and labels with words behind them on the line."""

    keys: frozenset[str]
    inline: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, number: int, heading: Heading) -> "_Names":
        labels = {_key(label) for label in heading.labels} - {""}
        texts = {_key(text) for text in heading.texts} - {""}
        labels |= {f"q{number}"} | {_key(label) for label in map(_in_chinese, heading.labels)}
        keys = labels | {start + text for start in ("", str(number), *labels) for text in texts}
        return cls(frozenset(keys), tuple(map(_inline, (*heading.labels, f"Q{number}"))))


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
    """Letters and digits of *line*, small, digits of any script as ours, without a sign for "number"."""
    plain = _NUMBER_SIGN.sub(" ", unicodedata.normalize("NFKC", line).casefold())
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain if c.isalnum()
    )


def _in_chinese(label: str) -> str:
    """*label* with its number as Chinese numerals, up to ten."""
    return re.sub(r"\d+", lambda found: _CHINESE.get(int(found[0]), found[0]), label)


def _inline(label: str) -> re.Pattern[str]:
    """A label at the beginning of a line, a sign that ends it, and the first words of the answer."""
    words = "".join(map(_as_written, re.findall(r"\d+|\s+|.", label.strip())))
    return re.compile(rf"{_BEFORE}{words}{_AFTER}(\S.*)$", re.IGNORECASE)


def _as_written(piece: str) -> str:
    """A number with or without a sign before it, in the digits of any script; anything else as it is."""
    if not piece.isdecimal():
        return r"\s*" if piece.isspace() else re.escape(piece)
    digits = "".join(_DIGITS.get(str(unicodedata.decimal(c)), c) for c in piece)
    chinese = _CHINESE.get(int(piece))
    return rf"\s*{_SIGN}?\s*(?:{digits}{f'|{chinese}' if chinese else ''})"
