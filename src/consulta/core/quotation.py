"""Quotation: finding somebody's words in a text, and setting them between marks."""

import re
from collections.abc import Iterable, Iterator

from consulta.core.redaction import OMISSION

#: Opening and closing marks by language (CLDR, quotationStart and quotationEnd).
MARKS = {
    "ar": ("”", "“"),
    "en": ("“", "”"),
    "es": ("«", "»"),
    "fr": ("«\u00a0", "\u00a0»"),
    "ru": ("«", "»"),
    "zh": ("“", "”"),
}


#: From here on (Thai, Khmer, Chinese, Japanese) scripts mostly set no space between words.
_UNSPACED = 0x0E00
#: The longest quotation that a form takes, in characters; templates ask for it by `longest_quote`.
LONGEST = 4_000
#: A quotation of so many words may stand inside of others by chance.
_SHORT = 2


def one_line(words: str) -> str:
    """*words* with every run of white space as one space: how quoted words are kept."""
    return " ".join(words.split())


def find(text: str, words: str) -> tuple[int, int] | None:
    """Where *words* stand in *text* (code points, end excluded), whatever the line breaks; or None.

    Only the very words count: nothing is guessed.
    """
    return next(find_all(text, words), None)


def find_all(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Everywhere that *words* stand in *text*, as :func:`find` says it."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return (found.span() for found in re.finditer(pattern, text)) if pattern else iter(())


def marked(words: str, language: str) -> str:
    """*words* between the quotation marks of *language*, the one of the text around them."""
    opening, closing = MARKS.get(language, MARKS["en"])
    return f"{opening}{words}{closing}"


def split(text: str, quotes: tuple[str, ...]) -> list[tuple[str, int | None]]:
    """*text* in pieces: what is its own (None), and which of *quotes* stands there, by its place.

    A quote counts where it stands word for word and touches no other; the longest are found first.
    """
    taken: list[tuple[int, int, int]] = []
    for place in sorted(range(len(quotes)), key=lambda n: -len(quotes[n])):
        for start, end in find_all(text, quotes[place]):
            if all(end <= other or start >= stop for other, stop, _ in taken):
                taken.append((start, end, place))
    pieces: list[tuple[str, int | None]] = []
    done = 0
    for start, end, place in sorted(taken):
        pieces += [(text[done:start], None), (text[start:end], place)]
        done = end
    return [piece for piece in [*pieces, (text[done:], None)] if piece[0]]


def without(text: str, quotes: Iterable[str]) -> str:
    """*text* with :data:`OMISSION` wherever one of *quotes* stands; the longest are found first.

    A quote of a word or two counts as whole words alone, so that “no” leaves “November” as it is;
    scripts that set no space between words have no such bounds.
    """
    for quote in sorted(filter(str.strip, quotes), key=len, reverse=True):
        words = quote.split()
        pattern = r"\s+".join(map(re.escape, words))
        if len(words) <= _SHORT:
            pattern = f"{_bound('<!', words[0][0])}{pattern}{_bound('!', words[-1][-1])}"
        text = re.sub(pattern, OMISSION, text)
    return text


def _bound(looking: str, letter: str) -> str:
    spaced = letter.isalnum() and ord(letter) < _UNSPACED
    return rf"(?{looking}\w)" if spaced else ""
