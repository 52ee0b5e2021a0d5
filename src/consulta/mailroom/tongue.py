"""In which of the six languages a letter is written: by its script, then by its small words."""

import re
from collections.abc import Collection

_SCRIPTS = {"ar": r"[\u0600-\u06ff]", "ru": r"[\u0400-\u04ff]", "zh": r"[\u4e00-\u9fff]"}
_SMALL = {
    "en": "the and of to in is that for with are we our this on be as",
    "fr": "le la les des et une est que pour dans nous sur avec du notre ce",
    "es": "el los las una y es que para con del nuestro por se al esta como",
}
LOOKED_AT = 5000  # characters
#: An Arabic or Chinese letter may quote English: so great a share of its letters is enough.
SHARE = 0.2


def likely(text: str, among: Collection[str]) -> str:
    """The likeliest of the languages *among*, empty where nothing speaks for any of them."""
    seen = text[:LOOKED_AT]
    letters = sum(1 for c in seen if c.isalpha())
    for language, script in _SCRIPTS.items():
        if language in among and letters and len(re.findall(script, seen)) > SHARE * letters:
            return language
    words = re.findall(r"[a-zà-ÿ]+", seen.lower())
    counts = {
        language: sum(1 for word in words if word in small.split())
        for language, small in _SMALL.items()
        if language in among
    }
    best = max(counts, key=counts.__getitem__, default="")
    return best if best and counts[best] else ""
