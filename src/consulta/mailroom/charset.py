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
#: What of a letter's bytes is no word of its writer: markup, style sheets, entities, addresses.
_NO_WORDS = re.compile(
    rb"<style\b[^<]*(?:<!--[^<]*)?</style>|<[^<>]*>|&#?\w{1,12};|[!-~]{1,80}[@/][!-~]+", re.I
)
#: So many bytes say what a text is in.
ENOUGH = 200_000
_RUN, _LETTER, _ALONE = (
    re.compile(rb"[\xa1-\xff]{2,}"),
    re.compile(rb"[A-Za-z]"),
    re.compile(rb"(?<![\xa1-\xff])[\xc0-\xff](?![\xa1-\xff])"),
)
#: So much of a letter stands in runs of signs beyond ASCII where it holds nothing Latin; or half of it
#: and more, where those are words: they use the same signs again, as a list of accented letters does not.
WHOLLY, HALF = 0.85, 0.5
#: Distinct signs for each sign of distinct runs: at most so many in words, of few runs or of many.
VARIED, VARIED_OF_MANY, MANY = 0.8, 0.6, 8
#: Signs that bring letters of their own to a text in Latin letters: at most so many to a run.
FEW_ALONE = 0.5


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
    """Whether *data* as a whole cannot be in Latin letters, whatever single words look like.

    A line drawn with one sign says the same again and again; a text about accented letters shows each
    of them once among words in ASCII; a mislabelled text is runs of such signs, but for what it quotes.
    """
    if len(set(_NOT_LATIN.findall(data))) <= 1:
        return False
    said = _NO_WORDS.sub(b" ", data[:ENOUGH])
    runs = [run for run in _RUN.findall(said) if len(set(run)) > 1]
    signs = sum(map(len, runs))
    share = signs / (signs + len(_LETTER.findall(said)) or 1)
    distinct = set(runs)
    together = b"".join(distinct)
    varied = len(set(together)) / (len(together) or 1)
    if share >= WHOLLY:
        return True
    if share >= HALF:
        return varied <= VARIED
    alone = len(_ALONE.findall(said))
    return len(distinct) >= MANY and varied <= VARIED_OF_MANY and alone <= FEW_ALONE * len(runs)


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None
