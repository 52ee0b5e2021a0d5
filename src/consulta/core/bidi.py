"""Writing directions: what a stranger's text may not do to the words around it.

A number such as 11-000142 is shown backwards behind an Arabic word (UAX 9, rules W2 and W4: its hyphens
part it), and an override shows any words backwards. What was sent stays on record as it came.
"""

import re

LRI, PDI = "\u2066", "\u2069"
#: Embeddings, overrides and isolates: a name, a subject or the name of a file needs none of them.
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OVERRIDES = re.compile("[\u202d\u202e]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
#: Digits parted by hyphens, by themselves: numbers of responses, days, ranges; never inside an address.
_CODE = re.compile(r"(?<![\w/@.:=&?#%+-])\d+(?:[-\u2011]\d+)+(?![\w/@=-])")


def bare(line: str) -> str:
    """*line* without any control of direction."""
    return _CONTROLS.sub("", line)


def seen(text: str) -> str:
    """*text* with a sign that can be seen for each override: what it says cannot be turned around."""
    return _OVERRIDES.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def codes(text: str, *, before: str = LRI, after: str = PDI) -> str:
    """*text* with each number of several parts kept from left to right, where any of it runs otherwise.

    Plain text is given invisible signs, a page the tags *before* and *after*.
    """
    if not _RIGHT_TO_LEFT.search(text):
        return text
    return _CODE.sub(lambda found: f"{before}{found[0]}{after}", text)
