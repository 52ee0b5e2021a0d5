"""Charts as pictures that need no style: bars with their words, either way of writing, any colours.

Labels stand above their bars, so that a long one has room on a small screen; the table beside a chart
holds them whole. Everything is drawn in the colour of the text around (`currentColor`), so that forced
colours and print keep it, and what differs in shade bears a letter too.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import accumulate, takewhile
from unicodedata import east_asian_width

#: Width of a picture, and the height of a label, of a bar, and of the room beneath a bar.
WIDTH, LABEL, BAR, ROOM = 360, 16, 10, 8
#: Room for the number at the end of a bar; letters that fit on a line (a Chinese one counts two).
NUMBER, LETTERS = 56, 50
#: Parts of a stacked bar differ from their neighbours in shade; one narrower than so much bears no letter.
SHADES, NARROW, WIDE = (1.0, 0.35, 0.7, 0.15), 9, 26
LETTERS_OF_PARTS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def bars(rows: Sequence[tuple[str, int]], *, title: str, desc: str, rtl: bool = False) -> str:
    """Return one bar for each of *rows*, pairs of label and count; *desc* says the same in words."""
    most = max([1, *(count for _label, count in rows)])
    drawn, top = [], 0
    for label, count in rows:
        width = _width(count, most)
        drawn.append(_words(label, top + LABEL - 4, rtl=rtl))
        drawn.append(_rect(0, max(1, width), top + LABEL, rtl=rtl))
        drawn.append(_mark(str(count), width + 6, top + LABEL + BAR - 1, rtl=rtl))
        top += LABEL + BAR + ROOM
    return _picture(drawn, top, (title, desc), rtl=rtl)


def stacked(
    rows: Sequence[tuple[str, Sequence[int]]],
    parts: Sequence[str],
    *,
    title: str,
    desc: str,
    rtl: bool = False,
) -> str:
    """Return one bar for each of *rows*, a label and a count for each of *parts*, whose key comes last."""
    most = max([1, *(sum(counts) for _label, counts in rows)])
    drawn, top = [], 0
    for label, counts in rows:
        drawn.append(_words(label, top + LABEL - 4, rtl=rtl))
        drawn += _stack(counts, top + LABEL, most, rtl=rtl)
        top += LABEL + BAR + LABEL + ROOM
    for place, part in enumerate(parts):
        drawn.append(_rect(0, BAR, top + 2, rtl=rtl, shade=_shade(place)))
        drawn.append(_mark(letter(place), BAR + 6, top + BAR, rtl=rtl))
        drawn.append(_words(part, top + BAR, rtl=rtl, inset=2 * BAR + 12))
        top += LABEL
    return _picture(drawn, top, (title, desc), rtl=rtl)


def letter(place: int) -> str:
    """The letter of a part, the same in every language; *place* counts from 0."""
    return LETTERS_OF_PARTS[place % len(LETTERS_OF_PARTS)]


def _stack(counts: Sequence[int], top: int, most: int, *, rtl: bool) -> Iterator[str]:
    start = 0
    for place, count in enumerate(counts):
        width = _width(count, most)
        if not width:
            continue
        yield _rect(start, max(1, width - 1), top, rtl=rtl, shade=_shade(place))
        if width >= NARROW:
            said = f"{letter(place)} {count}" if width >= WIDE else letter(place)
            yield _mark(said, start + width // 2, top + BAR + 12, rtl=rtl, middle=True)
        start += width


def _picture(drawn: Sequence[str], height: int, said: tuple[str, str], *, rtl: bool) -> str:
    title, desc = (escape(" ".join(words.split())) for words in said)
    side = ' direction="rtl"' if rtl else ""
    return (
        f'<svg class="chart" role="img" aria-label="{_told(title, desc)}" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}"{side} focusable="false">'
        f"<title>{title}</title><desc>{desc}</desc>{''.join(drawn)}</svg>"
    )


def _told(title: str, desc: str) -> str:
    """The name of a picture: its caption and its figures, since few readers look for a description."""
    return f"{title} — {desc}" if desc else title


def _width(count: int, most: int) -> int:
    return max(1, round((WIDTH - NUMBER) * count / most)) if count else 0


def _shade(place: int) -> float:
    return SHADES[place % len(SHADES)]


def _rect(start: int, width: int, top: int, *, rtl: bool, shade: float = 1.0) -> str:
    x = WIDTH - start - width if rtl else start
    return (
        f'<rect x="{x}" y="{top}" width="{width}" height="{BAR}" fill="currentColor" '
        f'fill-opacity="{shade}" stroke="currentColor" stroke-width=".5"/>'
    )


def _words(words: str, y: int, *, rtl: bool, inset: int = 0) -> str:
    """Words from the side where the writing begins."""
    x = WIDTH - inset if rtl else inset
    return (
        f'<text class="chart-words" x="{x}" y="{y}" font-size="12">{escape(_fitting(words))}</text>'
    )


def _mark(said: str, start: int, y: int, *, rtl: bool, middle: bool = False) -> str:
    x = WIDTH - start if rtl else start
    anchor = ' text-anchor="middle"' if middle else ""
    return f'<text class="chart-number" x="{x}" y="{y}" font-size="11"{anchor}>{said}</text>'


def _fitting(words: str) -> str:
    line = " ".join(words.split())
    widths = accumulate(2 if east_asian_width(letter) in "WF" else 1 for letter in line)
    fitting = sum(1 for width in takewhile(lambda width: width <= LETTERS, widths))
    return line if fitting == len(line) else f"{line[:fitting].rstrip()}…"
