"""Character sets of letters: as named, unless the bytes say otherwise."""

import re

from consulta.adapters.files import charset as guessing

#: Names in use that Python does not know, or knows as a smaller set than is meant.
ALIASES = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso8859-1": "cp1252",
    "us-ascii": "ascii", "ansi_x3.4-1968": "ascii", "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8", "unicode": "utf-8", "gb2312": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "big5": "big5hkscs", "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6", "iso-8859-6-e": "iso-8859-6", "windows-874": "cp874",
    "ks_c_5601-1987": "cp949", "x-sjis": "cp932", "x-mac-cyrillic": "mac_cyrillic",
    "cp-1251": "cp1251", "win-1251": "cp1251", "x-cp1251": "cp1251", "koi8r": "koi8-r",
}  # fmt: skip
#: What programs name out of habit: any bytes can be read so, whatever was meant.
_HABITS = frozenset({"cp1252", "ascii", ""})
#: What no language in Latin letters writes: four letters beyond ASCII in a row, four pairs as Chinese has.
_NOT_LATIN = re.compile(rb"[\xc0-\xff]{4}|(?:[\xb0-\xf7][\xa1-\xfe]){4}")


def decode(data: bytes, named: str) -> tuple[str, bool]:
    """The text of *data*, said to be in the set *named*; whether the set was guessed."""
    wanted = named.strip().strip("\"'").lower()
    known = ALIASES.get(wanted, wanted)
    if known in _HABITS:
        text = _strictly(data, "utf-8")
        if text is not None:
            return text, known == "cp1252" and not data.isascii()
    if known == "cp1252" and _is_not_latin(data) and (text := guessing.decode(data)):
        return text, True
    if known and (text := _strictly(data, known)) is not None:
        return text, False
    for other in ("utf-8", "gb18030") if known.startswith("gb") else ("utf-8",):
        if (text := _strictly(data, other)) is not None:
            return text, True
    return guessing.decode(data) or data.decode("cp1252", "replace"), True


def _is_not_latin(data: bytes) -> bool:
    """Whether *data* says two such things; a line drawn with one sign says the same again and again."""
    return len(set(_NOT_LATIN.findall(data))) > 1


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None
