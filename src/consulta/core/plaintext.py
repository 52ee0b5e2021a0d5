"""Text as people send it: kept as it arrived, but for what no database or page can hold."""

import re

from consulta.core import bidi

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """*text* with Unix line ends, without control characters; a lone surrogate becomes U+FFFD."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("�", _UNSTORABLE.sub("", lines))


def one_line(text: str) -> str:
    """*text* as a single line without control characters, those of direction too, for names and headers."""
    return " ".join(bidi.bare(storable(text)).split())
