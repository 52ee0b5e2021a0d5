"""Plain words: freed of what is not seen, and of forms of letters that only paper needs."""

import re
import unicodedata

#: Control characters but tab and line end, bidirectional overrides, noncharacters, tag characters.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
#: Arabic letters by their shape in the word: old PDF files hold them, searches do not find them.
_SHAPES = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")


def without_controls(text: str) -> tuple[str, int]:
    """*text* without unseen characters, and how many were dropped."""
    return _CONTROLS.subn("", text)


def without_shapes(text: str) -> str:
    """*text* with Arabic letters as they are typed."""
    return _SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
