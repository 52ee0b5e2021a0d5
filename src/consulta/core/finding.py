"""Whether words stand in a text, whatever their case, accents, vowel signs or widths."""

import unicodedata
from collections.abc import Iterable

TATWEEL = "\u0640"  # stretches an Arabic word and says nothing


def folded(text: str) -> str:
    """*text* as it is compared: NFKD (Unicode UAX 15), case folded, without combining marks."""
    apart = unicodedata.normalize("NFKD", text.replace(TATWEEL, "")).casefold()
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def terms(words: str) -> tuple[str, ...]:
    """The words looked for, each to be found, in whatever order."""
    return tuple(folded(words).split())


def found(looked_for: tuple[str, ...], texts: Iterable[str]) -> bool:
    """Whether every one of the *looked_for* terms stands in one or another of *texts*; none, never."""
    whole = folded("\n".join(texts))
    return bool(looked_for) and all(term in whole for term in looked_for)
