"""What a respondent keeps from the public: passages between two marks, files whose name says so.

Only where the rule of a consultation has a confidential twin. The marks are typed, so that they work
by every channel: `[confidential]` before a passage, `[/confidential]` behind it, in any of the six
languages. A passage that is never closed goes on to the end of its answer.
"""

import re
from collections.abc import Iterator

from consulta.core.redaction import Passage

KIND = "confidential"
#: The word of the marks, by language.
WORDS = {
    "ar": "سري",
    "en": "confidential",
    "es": "confidencial",
    "fr": "confidentiel",
    "ru": "конфиденциально",
    "zh": "保密",
}
_WORD = "(?:confidential|confidencial|confidentiel(?:le)?|конфиденциально|سرّ?ي|保密|机密|機密)"
_MARK = re.compile(rf"[\[［【]\s*([/／\\]?)\s*{_WORD}\s*[\]］】]", re.IGNORECASE)
_NAMED = re.compile(rf"[\W_]*{_WORD}(?![^\W\d_])", re.IGNORECASE)
_NAMED_ZH = re.compile(r"[\W_]*(?:保密|机密|機密)")


def marks(language: str) -> tuple[str, str]:
    """The two marks in the words of *language* (English where it has none)."""
    return f"[{word(language)}]", f"[/{word(language)}]"


def word(language: str) -> str:
    """The word for confidential in *language* (English where it has none)."""
    return WORDS.get(language, WORDS["en"])


def passages(text: str) -> tuple[Passage, ...]:
    """The confidential passages of *text*, their marks included, in code points."""
    return tuple(_passages(text))


def is_named(name: str) -> bool:
    """Whether the name of a file begins with the word for confidential, e.g. `Confidential annex.pdf`."""
    return bool(_NAMED.match(name) or _NAMED_ZH.match(name))


def _passages(text: str) -> Iterator[Passage]:
    start: int | None = None
    for mark in _MARK.finditer(text):
        closes = bool(mark[1])
        if closes and start is not None:
            yield Passage(start, mark.end(), KIND)
            start = None
        elif not closes and start is None:
            start = mark.start()
    if start is not None:
        yield Passage(start, len(text), KIND)
