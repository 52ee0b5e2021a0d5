"""Options: the positions that a question offers beside the free text, and what somebody chose of them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

#: A question offers none, or between so many.
LEAST, MOST = 2, 12
#: The longest words of one option, in characters.
LONGEST = 200
_APART = re.compile(r"[;|\n؛；]+")


class UnknownOptionError(ValueError):
    """The question offers no such option; the argument is what was given."""


class OneOptionError(ValueError):
    """The question lets one option be chosen, and several were."""


def chosen(given: Iterable[str], offered: Sequence[str], *, several: bool) -> tuple[str, ...]:
    """Return the slugs *given*, each once, in the order in which they are *offered*.

    Raises UnknownOptionError, OneOptionError.
    """
    wanted = list(dict.fromkeys(slug for slug in given if slug))
    for slug in wanted:
        if slug not in offered:
            raise UnknownOptionError(slug)
    if len(wanted) > 1 and not several:
        raise OneOptionError(", ".join(wanted))
    return tuple(slug for slug in offered if slug in wanted)


def named(text: str, names: Mapping[str, str], *, several: bool) -> tuple[str, ...]:
    """Return the slugs that *text* names, one, or several divided by semicolons, bars or line ends.

    *names*: folded words (:func:`folded`) of every option in every language, and its slug, to the
    slug. An option may hold such a sign itself: of several that begin alike the longest counts.
    Raises UnknownOptionError with the words that name none, OneOptionError.
    """
    if whole := names.get(folded(text)):
        return (whole,)
    found = list(dict.fromkeys(_each(text, names)))
    if len(found) > 1 and not several:
        raise OneOptionError(text)
    return tuple(found)


def _each(text: str, names: Mapping[str, str]) -> Iterator[str]:
    """The slug of each option that *text* names, in their order."""
    edges = [(0, 0), *(sign.span() for sign in _APART.finditer(text)), (len(text), len(text))]
    first, last = 0, len(edges) - 1
    most = max((len(_APART.findall(name)) for name in names), default=0) + 1
    while first < last:
        begins, longest = edges[first][1], min(last, first + most)
        spelled = (
            n for n in range(longest, first, -1) if folded(text[begins : edges[n][0]]) in names
        )
        ends = next(spelled, first + 1)
        part = text[begins : edges[ends][0]].strip()
        if folded(part) in names:
            yield names[folded(part)]
        elif part:
            raise UnknownOptionError(part)
        first = ends


def first_lines(text: str, names: Mapping[str, str], *, several: bool) -> tuple[str, ...]:
    """Return the slugs of the options that stand word for word alone on the first lines of *text*.

    Nothing is guessed: a line says exactly what an option says, or it is part of the text; and where
    one may be chosen, two chose none.
    """
    lines = (names.get(folded(line), "") for line in text.strip().splitlines())
    found = tuple(dict.fromkeys(takewhile(bool, lines)))
    return found if several or len(found) == 1 else ()


def folded(text: str) -> str:
    """Return *text* as it is compared: one line, composed, case folded, no marks at its ends."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    return plain.casefold().strip(" .:*?!？：。-–—•☐☒☑✓✗[]()>»")
