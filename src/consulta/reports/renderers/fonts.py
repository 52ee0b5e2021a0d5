"""The fonts of the PDF editions: packages that are installed with us, never the system's.

Amiri writes Arabic because text copied out of the PDF reads as it was written (Noto's Arabic does
not); Noto Sans writes Latin, Cyrillic and Greek, Noto Sans CJK writes Chinese.
"""

import unicodedata
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import fontpkg_amiri
import manimgx_fonts
import manimgx_fonts_cjk
from fontTools.ttLib import TTFont

from consulta.reports.renderers.plain import each_text

_NOTO = Path(manimgx_fonts.__path__[0])
_CJK = Path(manimgx_fonts_cjk.__path__[0]) / "NotoSansCJK-VF.otf.ttc"
_AMIRI = Path(fontpkg_amiri.ROOT) / "files"
FOLDERS = [str(_AMIRI), str(_NOTO), str(_CJK.parent)]
_SIMPLIFIED = 2  # the place of "Noto Sans CJK SC" in its collection

#: Family, file, place in the collection: the order in which a glyph is looked for.
FACES: tuple[tuple[str, Path, int], ...] = (
    ("Noto Sans", _NOTO / "NotoSans[wght].ttf", 0),
    ("Amiri", _AMIRI / "Amiri-Regular.ttf", 0),
    ("Noto Sans CJK SC", _CJK, _SIMPLIFIED),
    ("Noto Sans Devanagari", _NOTO / "NotoSansDevanagari[wght].ttf", 0),
    ("Noto Sans Bengali", _NOTO / "NotoSansBengali[wght].ttf", 0),
    ("Noto Sans Georgian", _NOTO / "NotoSansGeorgian[wght].ttf", 0),
    ("Noto Sans Armenian", _NOTO / "NotoSansArmenian[wght].ttf", 0),
    ("Noto Sans Ethiopic", _NOTO / "NotoSansEthiopic[wght].ttf", 0),
    ("Noto Sans Thai", _NOTO / "NotoSansThai[wght].ttf", 0),
    ("Noto Sans Symbols", _NOTO / "NotoSansSymbols[wght].ttf", 0),
)
#: Drawn by no font and needing none: joiners, no-break space, a place to break, the line's end.
_INVISIBLE = frozenset("\n\u200b\u200c\u200d\u00a0\u202f\u2060\u00ad")


@cache
def _covered(face: int) -> frozenset[int]:
    _, path, number = FACES[face]
    with TTFont(path, fontNumber=number, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=65_536)
def covered(cluster: str) -> bool:
    """Return whether one font draws all of *cluster*, a letter with its marks."""
    needed = {ord(char) for char in cluster if char not in _INVISIBLE}
    return any(needed <= _covered(face) for face in range(len(FACES)))


def _private(char: str) -> bool:
    return unicodedata.category(char) in ("Co", "Cn", "Cs", "Cc") and char != "\n"


def stand_in(char: str) -> str:
    """Return how *char* is shown where it cannot be drawn."""
    return f"[U+{ord(char):04X}]"


def _joins(char: str) -> bool:
    return char in "\u200c\u200d" or unicodedata.category(char) in ("Mn", "Mc", "Me")


def clusters(text: str) -> list[str]:
    """Return *text* cut into letters, each with the marks and joiners that follow it."""
    parts: list[str] = []
    for char in text:
        if parts and _joins(char) and parts[-1] != "\n":
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def drawable(text: str, missing: Counter[str]) -> str:
    """Return *text* with ``[U+1F44D]`` for what no font draws, counted in *missing*."""
    used = "".join(sorted(set(text)))
    if covered(used) and not any(map(_private, used)):
        return text  # one font draws it all
    return "".join(_drawn(cluster, missing) for cluster in clusters(text))


def _drawn(cluster: str, missing: Counter[str]) -> str:
    if covered(cluster) and not any(map(_private, cluster)):
        return cluster
    drawn = []
    for char in cluster:
        alone = covered(char) and not _private(char) and not _joins(char)
        if not alone and char not in "\u200c\u200d\ufe0f":
            missing[char] += 1
        drawn.append(char if alone else "" if char in "\u200c\u200d\ufe0f" else stand_in(char))
    return "".join(drawn)


def drawable_data(data: Any) -> Any:
    """Return *data* (JSON) with every text drawable."""
    missing: Counter[str] = Counter()
    return each_text(data, lambda text: drawable(text, missing))
