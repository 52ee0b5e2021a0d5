"""Arabic in a PDF: put into the order in which it is typed.

PDFium breaks words and lines: a vowel sign (as in the common ending of adverbs) ends a run of letters, and
the rest comes out backwards. Where the letters stand on the page tells their order.
"""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium

_SIGN = re.compile("[\u064b-\u065f\u0670]")
_ARABIC = "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
#: Numbers and other scripts inside: they run the other way.
_FORWARD = re.compile(
    rf"(?:(?![{_ARABIC}])\w|[\u0660-\u0669])(?:[^{_ARABIC}\n]*(?:(?![{_ARABIC}])\w|[\u0660-\u0669]))?"
)
_LETTER = re.compile(f"[{_ARABIC}]")
_OTHER_LETTER = re.compile(rf"(?![{_ARABIC}_])\w")
SPACE = 0.23  # of the height of the letters: a wider gap between two of them is a space
NEAR = 0.35  # of the height: a sign that is drawn by itself stands so near its letter
_MIRROR = str.maketrans("()[]«»", ")(][»«")
_UPRIGHT = 0.1  # radians


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character with the place where its glyph begins, its left and right edge, its height."""

    text: str
    x: float
    y: float
    left: float
    right: float
    size: float


@dataclass(frozen=True, slots=True)
class _Row:
    """One line as PDFium gives it, and its characters; None stands for one that is not drawn upright."""

    text: str
    letters: list[_Letter | None]


@dataclass(frozen=True, slots=True)
class _Glyph:
    """What stands in one place: letters first, signs after."""

    text: str
    x: float
    left: float
    right: float
    size: float


def repaired(page: Any, text: str) -> str:
    """*text* of the text *page*, with the lines that hold Arabic put right.

    Brackets of Arabic lines open before they close; PDFium gives them as they are drawn.
    """
    if not _LETTER.search(text):
        return text
    lines, placed = text.replace("\r\n", "\n").split("\n"), list(_lines(page))
    if len(placed) == len(lines):
        rows = _whole([_Row(line, found) for line, found in zip(lines, placed, strict=True)])
        lines = [_line(row) for row in rows]
    return "\n".join(_bracketed(line) for line in lines)


def _whole(rows: list[_Row]) -> list[_Row]:
    """Rows that PDFium cut in two, made one again."""
    whole: list[_Row] = []
    for row in rows:
        if whole and _continues(whole[-1], row):
            last = whole.pop()
            row = _Row(last.text + row.text, [*last.letters, *row.letters])
        whole.append(row)
    return whole


def _continues(one: _Row, other: _Row) -> bool:
    """Whether *other* stands beside *one* on the same line, with no more than a space between."""
    first, second = [a for a in one.letters if a], [a for a in other.letters if a]
    if not (first and second and _LETTER.search(one.text) and _LETTER.search(other.text)):
        return False
    size = first[0].size
    gaps = (
        min(a.left for a in first) - max(a.right for a in second),
        min(a.left for a in second) - max(a.right for a in first),
    )
    return abs(first[0].y - second[0].y) < size / 2 and -size < max(gaps) < size


def _lines(page: Any) -> Iterator[list[_Letter | None]]:
    """The characters of each line; None stands for one that is not drawn upright."""
    line: list[_Letter | None] = []
    for index in range(page.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(page.raw, index))
        if letter == "\n":
            yield line
            line = []
        elif letter != "\r":
            line.append(_placed(page, index, letter))
    yield line


def _placed(page: Any, index: int, letter: str) -> _Letter | None:
    turned = pdfium.FPDFText_GetCharAngle(page.raw, index)
    if _UPRIGHT < turned < 2 * 3.14159 - _UPRIGHT:
        return None
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(page.raw, index, x, y)
    left, _bottom, right, _top = page.get_charbox(index)
    size = pdfium.FPDFText_GetFontSize(page.raw, index) or 12.0
    return _Letter(letter, round(x.value, 1), round(y.value, 1), left, right, size)


def _line(row: _Row) -> str:
    """The line as it is typed; as it was where that is not sure."""
    line, placed = row.text, [letter for letter in row.letters if letter]
    if len(placed) < len(row.letters):
        return line
    if len(_LETTER.findall(line)) >= len(_OTHER_LETTER.findall(line)):
        made = _FORWARD.sub(lambda run: run[0][::-1], "".join(_spaced(_glyphs(placed)))).strip()
    else:
        made = "".join(_turned([glyph.text for glyph in _glyphs(placed)][::-1])).strip()
    return made if set(made) - {" "} == set(line) - {" "} else line


def _turned(texts: list[str]) -> list[str]:
    """Glyphs from left to right, with each run of Arabic among them turned round."""
    made: list[str] = []
    run: list[str] = []
    between: list[str] = []
    for text in texts:
        if _LETTER.match(text):
            run += [*between, text]
            between = []
        elif run and not _OTHER_LETTER.match(text):
            between.append(text)
        else:
            made += [*run[::-1], *between, text]
            run, between = [], []
    return [*made, *run[::-1], *between]


def _bracketed(line: str) -> str:
    turned = line.translate(_MIRROR)
    return turned if _LETTER.search(line) and not _closes(line) and _closes(turned) else line


def _closes(line: str) -> bool:
    """Whether every round or square bracket that closes was opened before."""
    depth = 0
    for bracket in re.findall(r"[()\[\]]", line):
        depth += 1 if bracket in "([" else -1
        if depth < 0:
            return False
    return depth == 0


def _glyphs(letters: list[_Letter]) -> Iterator[_Glyph]:
    """From right to left; what is said of a letter and again of its sign is said once."""
    last: _Glyph | None = None
    for (x, _y), group in groupby(
        sorted(letters, key=lambda a: (-a.x, -a.y)), key=lambda a: (a.x, a.y)
    ):
        here = sorted(group, key=_within)
        text = "".join(letter.text for letter in here)
        left, right = min(a.left for a in here), max(a.right for a in here)
        glyph = _Glyph(text, x, left, right, here[0].size)
        repeated = last and _SIGN.search(text) and last.x - x < NEAR * glyph.size
        if not (repeated and last and last.text == text):
            yield glyph
            last = glyph


def _within(letter: _Letter) -> tuple[bool, float]:
    """Signs after letters; letters of one glyph as their script runs."""
    place = -letter.left if _LETTER.match(letter.text) else letter.left
    return bool(_SIGN.match(letter.text)), place


def _spaced(glyphs: Iterator[_Glyph]) -> Iterator[str]:
    """Their texts, with the spaces that stand on the page as mere gaps between Arabic letters."""
    edge: float | None = None
    for glyph in glyphs:
        is_letter = _LETTER.match(glyph.text) is not None
        if edge is not None and is_letter and edge - glyph.right > SPACE * glyph.size:
            yield " "
        yield glyph.text
        edge = glyph.left if is_letter else None
