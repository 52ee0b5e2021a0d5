"""Arabic words with vowel signs in a PDF: put into the order in which they are typed.

PDFium breaks such words: a sign (as in the common ending of adverbs) ends its run of letters, and the rest
comes out backwards. Where the letters stand on the page tells their order.
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
class _Glyph:
    """What stands in one place: letters first, signs after."""

    text: str
    x: float
    left: float
    right: float
    size: float


def repaired(page: Any, text: str) -> str:
    """*text* of the text *page*, with those lines put right that hold Arabic with vowel signs.

    Brackets of Arabic lines open before they close; PDFium gives them as they are drawn.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if _SIGN.search(text):
        placed = list(_lines(page))
        if len(placed) == len(lines):
            lines = [_line(line, letters) for line, letters in zip(lines, placed, strict=True)]
    return "\n".join(_bracketed(line) for line in lines)


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


def _line(line: str, letters: list[_Letter | None]) -> str:
    """The line as it is typed; as it was where that is not sure."""
    placed = [letter for letter in letters if letter]
    if not _SIGN.search(line) or len(placed) < len(letters):
        return line
    made = _FORWARD.sub(lambda run: run[0][::-1], "".join(_spaced(_glyphs(placed)))).strip()
    return made if set(made) - {" "} == set(line) - {" "} else line


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
        here = sorted(group, key=lambda a: (bool(_SIGN.match(a.text)), -a.left))
        text = "".join(letter.text for letter in here)
        left, right = min(a.left for a in here), max(a.right for a in here)
        glyph = _Glyph(text, x, left, right, here[0].size)
        repeated = last and _SIGN.search(text) and last.x - x < NEAR * glyph.size
        if not (repeated and last and last.text == text):
            yield glyph
            last = glyph


def _spaced(glyphs: Iterator[_Glyph]) -> Iterator[str]:
    """Their texts, with the spaces that stand on the page as mere gaps between Arabic letters."""
    edge: float | None = None
    for glyph in glyphs:
        is_letter = _LETTER.match(glyph.text) is not None
        if edge is not None and is_letter and edge - glyph.right > SPACE * glyph.size:
            yield " "
        yield glyph.text
        edge = glyph.left if is_letter else None
