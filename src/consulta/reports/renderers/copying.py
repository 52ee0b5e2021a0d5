"""Makes words of a finished PDF that run from right to left copy out as they were written.

The typesetter sets a vowel mark apart from its letter and has both say the pair: readers find it twice,
or turn the letters of the word. Here a letter and its marks are drawn by one glyph, and beside it stand
empty ones, so that there is one glyph for each character, in the order in which they are seen: what every
reader of PDF expects of such a script. Nothing that is drawn moves. See docs/adr/0110.
"""

import io
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pikepdf

from consulta.reports.renderers import embedded, shown_text
from consulta.reports.renderers.embedded import Embedded, Part
from consulta.reports.renderers.shown_text import Line, Shown

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
#: A gap inside a word that is wider (in thousandths of the size) is taken for a space by readers.
GAP = 60.0


def readable(data: bytes) -> bytes:
    """Return the PDF with every word of such a script readable; the same bytes give the same bytes."""
    with pikepdf.open(io.BytesIO(data)) as document:
        fonts: dict[Any, Embedded] = {}
        for page in document.pages:
            named = dict(_named(page, fonts))
            texts = (text for font in named.values() for text in font.text.values())
            if any(map(RIGHT_TO_LEFT.search, texts)):
                _mend(document, page, named)
        for font in fonts.values():
            font.keep(document)
        written = io.BytesIO()
        mode = pikepdf.ObjectStreamMode.generate
        document.save(written, deterministic_id=True, object_stream_mode=mode)
        return written.getvalue()


def _named(page: pikepdf.Page, fonts: dict[Any, Embedded]) -> Iterator[tuple[str, Embedded]]:
    """Yield the fonts of *page* by their names on it; each is read once for all pages."""
    for name, font in page.Resources.get("/Font", {}).items():
        if font.objgen not in fonts and embedded.is_embedded(font):
            fonts[font.objgen] = Embedded(font)
        if font.objgen in fonts:
            yield name, fonts[font.objgen]


def _mend(document: pikepdf.Pdf, page: pikepdf.Page, fonts: dict[str, Embedded]) -> None:
    instructions = list(pikepdf.parse_content_stream(page))
    lines = shown_text.read(instructions, fonts)
    place = {each: line for line in lines.values() for each in line if isinstance(each, Shown)}
    for pair in _clusters(list(place)):
        _put(pair, place)
    for line in lines.values():
        _close_gaps(line)
    content = pikepdf.unparse_content_stream(list(_written(instructions, lines)))
    page.Contents = document.make_stream(content)


def _clusters(glyphs: Sequence[Shown]) -> Iterator[list[Shown]]:
    """Yield the glyphs that say one text together: marks, which move no pen, come before their letter."""
    at = 0
    while at < len(glyphs):
        cluster = [glyphs[at]]
        at += 1
        if not _is_unclear(cluster[0]):
            continue
        while at < len(glyphs) and _belongs(glyphs[at], cluster):
            cluster.append(glyphs[at])
            at += 1
        if any(each.width for each in cluster):
            yield cluster


def _is_unclear(glyph: Shown) -> bool:
    """Whether it does not simply say one character."""
    return bool(RIGHT_TO_LEFT.search(glyph.text)) and (
        len(glyph.text) > 1 or glyph.span is not None
    )


def _belongs(glyph: Shown, cluster: Sequence[Shown]) -> bool:
    last = cluster[-1]
    if glyph.text != last.text or glyph.font is not last.font:
        return False
    has_letter = any(each.width for each in cluster)
    return not has_letter or (glyph.span is not None and glyph.span == last.span)


def _put(cluster: Sequence[Shown], place: dict[Shown, Line]) -> None:
    """Draw *cluster* by one glyph and say the rest of its text by empty ones, on the same width."""
    letter = next(each for each in cluster if each.width)
    font, back, wide = letter.font, shown_text.undone(letter.at), letter.width
    parts: list[Part] = []
    for each in cluster:
        *_, x, y = shown_text.times(each.at, back)
        parts.append((each.code, font.units(x), font.units(y)))
        wide = max(wide, x + each.width)
    share = wide // len(letter.text)
    others, last = letter.text[:-1], letter.text[-1]  # from left to right, the last comes first
    first = font.cell(tuple(parts), round(wide - share * len(others), 3), last)
    codes = [first, *(font.cell((), share, each) for each in reversed(others))]
    for each in cluster:
        line = place[each]
        at = line.index(each)  # the pen goes on where it went on before
        line[at : at + 1] = [codes, wide - letter.width] if each is letter else [-each.width]


def _close_gaps(line: Line) -> None:
    """Where a wide gap follows a letter inside a word, the letter is made so much wider."""
    for at, (glyph, moved) in enumerate(pairwise(line)):
        if not isinstance(glyph, Shown) or not isinstance(moved, float) or moved > -GAP:
            continue
        if RIGHT_TO_LEFT.search(glyph.text):
            wide = round(glyph.width - moved, 3)
            line[at : at + 2] = [[glyph.font.cell(((glyph.code, 0, 0),), wide, glyph.text)], 0.0]


def _written(instructions: Sequence[Any], lines: dict[int, Line]) -> Iterator[Any]:
    """Yield the instructions as they are now, without spans that have no glyph left to speak for."""
    held = {each.span for line in lines.values() for each in line if isinstance(each, Shown)}
    open_spans: list[bool] = []
    for place, each in enumerate(instructions):
        operator = str(each.operator)
        if operator in ("BDC", "BMC"):
            words = shown_text.said(each)
            open_spans.append(not words or not RIGHT_TO_LEFT.search(words) or place in held)
            is_kept = open_spans[-1]
        else:
            is_kept = open_spans.pop() if operator == "EMC" else True
        if place in lines:
            shown = shown_text.operand(lines[place])
            is_kept = any(isinstance(part, pikepdf.String) for part in shown)
            each = pikepdf.ContentStreamInstruction([shown], pikepdf.Operator("TJ"))
        if is_kept:
            yield each
