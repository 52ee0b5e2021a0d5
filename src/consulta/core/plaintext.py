"""Text as people send it: kept as it arrived, but for what no database or page can hold."""

import re
import unicodedata

from consulta.core import bidi

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: Letters and signs that show nothing: fillers of Korean, the empty pattern of Braille.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_SURROGATES = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """*text* with Unix line ends, without control characters; a lone surrogate becomes U+FFFD."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("�", _UNSTORABLE.sub("", lines))


def one_line(text: str) -> str:
    """*text* as a single line without control characters, those of direction too, for names and headers."""
    return " ".join(bidi.bare(storable(text)).split())


def says_something(text: str) -> bool:
    """Whether a reader sees anything of *text*: a letter, a digit or a sign, not spaces and marks alone."""
    return any(
        unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK
        for sign in _SURROGATES.sub("", text)
    )
