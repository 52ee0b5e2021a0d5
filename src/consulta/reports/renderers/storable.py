"""Makes any text fit for files that other programs read: nothing goes but what no file can hold.

Pages and print lose more (see `plain`): marks that would run over the lines above, and controls that
reorder what is seen. Here a text stays as it was sent.
"""

import re
from collections import Counter

from consulta.core.paper import Paper, from_json, to_json
from consulta.reports.renderers.plain import FORBIDDEN, each_text, known_languages

#: The last two places of every plane beyond the first.
_ENDS = "".join(chr((plane << 16) + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
_UNSTORABLE = re.compile(f"[{FORBIDDEN}{_ENDS}]")


def stored(paper: Paper) -> Paper:
    """Return *paper* with every text storable."""
    return from_json(each_text(known_languages(to_json(paper)), storable))


def storable(text: str) -> str:
    """Return *text* without what neither XML nor UTF-8 can hold."""
    return _UNSTORABLE.sub("", text)


def gone(text: str) -> Counter[str]:
    """Return every character that :func:`storable` leaves out, and how often."""
    return Counter(_UNSTORABLE.findall(text))
