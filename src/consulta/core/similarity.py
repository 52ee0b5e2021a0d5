"""How alike two texts are: what is left of a text when it is compared, and how much two texts share.

Compared are words, not bytes: letter case, spaces, punctuation, accents and other ways to write the
same letter do not count. Nothing here keeps a text; sets of hashed shingles are compared.
"""

import hashlib
import re
import unicodedata
import zlib
from array import array

#: Marks above and below letters in Latin, Greek, Cyrillic, Hebrew and Arabic script. In other scripts
#: (Devanagari, Thai) such marks are vowels, and stay.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff]"
)
#: Arabic as it is typed: alef wasla, alef maksura, teh marbuta, Persian letters, the stretch.
_ARABIC = str.maketrans(
    {
        "\u0671": "\u0627",
        "\u0649": "\u064a",
        "\u0629": "\u0647",
        "\u06cc": "\u064a",
        "\u06a9": "\u0643",
        "\u06c1": "\u0647",
        "\u06be": "\u0647",
        "\u0640": None,
    }
)
_HAS_ARABIC = re.compile("[\u0600-\u06ff]")
#: Scripts written without spaces: each letter is a word of its own.
_UNSPACED = re.compile(
    "[\u2e80-\u2fdf\u3005-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
#: Words in a shingle.
RUN = 3
#: Letters, digits, and the vowel signs of scripts in which they are marks of their own.
_WORD = re.compile("[\\w\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")
#: A letter of those scripts says about as much as three of an alphabet.
_WORTH = 3
_MASK = 0xFFFFFFFF
_FIRST, _SECOND = 0x9E3779B1, 0x85EBCA77  # odd constants: the order of words matters


def words(text: str) -> list[str]:
    """The words of *text* as they are compared; a Chinese character is a word."""
    if text.isascii():
        return _WORD.findall(text.lower().replace("_", " "))
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = unicodedata.normalize("NFC", _MARKS.sub("", plain))
    if _HAS_ARABIC.search(plain):
        plain = _digits(plain.translate(_ARABIC))
    if _UNSPACED.search(plain):
        plain = _UNSPACED.sub(r" \g<0> ", plain)
    return _WORD.findall(plain.replace("_", " "))


def length(compared: list[str]) -> int:
    """How long a text is, in letters; one of a script without spaces counts three."""
    return sum(
        _WORTH if len(word) == 1 and _UNSPACED.match(word) else len(word) for word in compared
    )


def digest(compared: list[str]) -> bytes:
    """What is the same for two texts exactly when their compared words are: SHA-256, 32 bytes."""
    return hashlib.sha256(" ".join(compared).encode()).digest()


def shingles(compared: list[str]) -> "array[int]":
    """Every run of :data:`RUN` neighbouring words as a number of 32 bits, each once, in order."""
    known: dict[str, int] = {}
    codes = [known.get(word) or known.setdefault(word, _code(word)) for word in compared]
    runs = _runs(codes) if len(codes) >= RUN else set(codes)
    return array("I", sorted(runs))


def jaccard(one: "array[int]", other: "array[int]") -> float:
    """How many of all their shingles two texts share: 0 nothing, 1 everything."""
    if not one or not other:
        return 0.0
    shared = len(set(one).intersection(other))
    return shared / (len(one) + len(other) - shared)


def _runs(codes: list[int]) -> set[int]:
    return {
        (a * _FIRST + b * _SECOND + c) & _MASK
        for a, b, c in zip(codes, codes[1:], codes[2:], strict=False)
    }


def _code(word: str) -> int:
    return zlib.crc32(word.encode()) or 1


def _digits(text: str) -> str:
    """Arabic-Indic digits as European ones."""
    return re.sub("[\u0660-\u0669\u06f0-\u06f9]", lambda m: str(unicodedata.digit(m[0])), text)
