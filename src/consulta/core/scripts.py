"""Scripts: in which direction words run whose language nobody named."""

from collections import Counter
from itertools import islice

#: Ranges of code points, and the language that stands for the script where none is known.
_RANGES = (
    (0x0590, 0x05FF, "he"), (0x0600, 0x06FF, "ar"), (0x0750, 0x077F, "ar"), (0x08A0, 0x08FF, "ar"),
    (0xFB50, 0xFDFF, "ar"), (0xFE70, 0xFEFF, "ar"), (0x0400, 0x052F, "ru"), (0x0900, 0x097F, "hi"),
    (0x3400, 0x4DBF, "zh"), (0x4E00, 0x9FFF, "zh"), (0x0041, 0x024F, "und"),
)  # fmt: skip
#: Languages of a script, for those that are declared; every other is taken for Latin.
_OF_SCRIPT = {
    "ar": {"ar", "fa", "ur", "ps", "ckb", "sd", "ug"},
    "he": {"he", "yi"},
    "ru": {"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"},
    "hi": {"hi", "mr", "ne"},
    "zh": {"zh", "ja"},
}
#: So many letters are looked at.
SAMPLE = 2000


def language_of(text: str, declared: str) -> str:
    """The language of *text*: the *declared* one if it is written in that one's script.

    Else a language of the script that most letters are of; ``und`` (not determined) for Latin.
    """
    found = _script(text)
    if not found or declared.split("-")[0] in _OF_SCRIPT.get(found, ()):
        return declared
    others = any(declared.split("-")[0] in codes for codes in _OF_SCRIPT.values())
    return found if found != "und" or others else declared


def _script(text: str) -> str:
    """The script of most letters, as a language; empty where there are no letters."""
    letters = islice((ord(char) for char in text if char.isalpha()), SAMPLE)
    counted = Counter(_of(letter) for letter in letters)
    return counted.most_common(1)[0][0] if counted else ""


def _of(letter: int) -> str:
    return next((code for first, last, code in _RANGES if first <= letter <= last), "")
