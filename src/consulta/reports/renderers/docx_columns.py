"""How wide the columns of a table are, so that no word of it is broken in two.

Word breaks a word that is wider than its column wherever the column ends ("Intergovern mental"). Each
column gets at least the width of its longest word; where there is no room for that, the letters shrink.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

#: Of a letter of the size of cells in bold, of an ideograph, and of what stands free at one side of a
#: cell, in twentieths of a point. Wider than in most fonts: nobody knows which one a reader has.
LETTER, CYRILLIC, ARABIC, WIDE, SIDE = 130, 145, 165, 210, 70
FREE = 2 * SIDE + 20
#: The size of cells and the least they may shrink to, in half points.
SIZE, LEAST = 19, 13
#: A longer word is broken: an address, a checksum.
LONGEST = 24
_WORD = re.compile(r"[^\s\u200b\u00ad/-]+")
_VOWEL, _OTHER = "[aeiouyáéíóúàèêâîôûаеёиоуыэюя]", "[b-df-hj-np-tv-xzñçб-джзйк-нп-тф-щ]"
_SYLLABLE = re.compile(
    rf"(?i)(?<=\w\w{_VOWEL})(?={_OTHER}{_VOWEL}\w)|(?<=\w{_VOWEL}{_OTHER})(?={_OTHER}{_VOWEL}\w)"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """*widths* in twentieths of a point, and the *size* of letters in half points.

    *is_tight*: some words are broken all the same, at the places that :func:`breakable` gives them.
    """

    widths: tuple[int, ...]
    size: int = SIZE
    is_tight: bool = False


def fitted(lines: Sequence[Sequence[str]], shares: Sequence[int], wide: int) -> Columns:
    """The columns of a table *wide* in all: *shares* of it as they were asked for, where words allow."""
    needs = [max(map(_longest, column), default=0) for column in zip(*lines, strict=False)]
    needs += [0] * (len(shares) - len(needs))
    free = FREE * len(shares)
    size = SIZE
    while size > LEAST and sum(needs) * size // SIZE + free > wide:
        size -= 1
    least = [need * size // SIZE + FREE for need in needs]
    return Columns(tuple(_shared(least, shares, wide)), size, sum(least) > wide)


def breakable(text: str) -> str:
    """*text* with soft hyphens between syllables, as most languages of ours part them: V-CV, VC-CV."""
    return _SYLLABLE.sub("\u00ad", text)


def _longest(text: str) -> int:
    """How wide the longest word of *text* is that stands on a line of its own."""
    return max((_wide(word) for word in _WORD.findall(text) if len(word) <= LONGEST), default=0)


def _wide(word: str) -> int:
    """How wide *word* is; between two ideographs a line may end."""
    if any(unicodedata.east_asian_width(letter) in "WF" for letter in word):
        return WIDE * 2
    return sum(ARABIC if "\u0600" <= c <= "\u06ff" else CYRILLIC if "\u0400" <= c <= "\u04ff" else LETTER
               for c in word)  # fmt: skip


def _shared(least: Sequence[int], shares: Sequence[int], wide: int) -> list[int]:
    """*wide* in the proportion of *shares*; a column that would be less than its *least* gets that."""
    if sum(least) >= wide:  # the widest give way: their words are parted, short ones stay whole
        caps = range(max(least), 0, -10)
        cap = next((cap for cap in caps if sum(min(each, cap) for each in least) <= wide), 1)
        return [min(each, cap) for each in least]
    held: set[int] = set()
    while True:
        rest = wide - sum(least[at] for at in held)
        whole = sum(share for at, share in enumerate(shares) if at not in held) or 1
        given = [
            least[at] if at in held else rest * share // whole for at, share in enumerate(shares)
        ]
        short = {at for at, each in enumerate(given) if each < least[at]}
        if not short:
            return given
        held |= short
