"""Makes any text safe to lay out: what no format can carry goes, what a reader must see stays."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any

from consulta.core.paper import LANGUAGE, LINK, Paper, from_json, to_json

#: Invisible controls that reorder text (bidi).
_REORDERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
#: What no XML, PDF or page may hold.
FORBIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff"
)
_GONE = re.compile(f"[{_REORDERING}{FORBIDDEN}]")
LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
#: More marks than this on one letter would run over the lines above.
MARKS = 4
#: A run without a space from this length on gets places to break: in running text, elsewhere.
RUNNING, ELSEWHERE = 60, 30
_PIECE = 15
#: Where a long word may be broken: it shows nothing.
PLACE = "\u200b"
_NOT_TEXT = (
    "anchor", "href", "target", "block", "language", "kind", "stem", "dated", "sha256",
    "sentence", "facts", "address", "data", "cover",
)  # fmt: skip
_RUNNING_TEXT = ("answer", "spans", "items", "note", "translations", "extract")
_UNBROKEN = "[^\\s\u200b\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
#: Not broken in running text: a SHA-256 fits on a line, an address breaks after its slashes.
_WHOLE = re.compile(r"[0-9a-f]{64}|https?://([!-.0-~]{1,40}/){2,}[!-~]{0,40}")
#: An address breaks after its slashes and hyphens without our help; only a long part of it needs some.
_ADDRESS, _PARTS = re.compile(r"\W*https?://"), re.compile(r"(?<=[/-])")
_PART, _PART_ELSEWHERE = 40, 24
_LONG = {length: re.compile(f"{_UNBROKEN}{{{length},}}") for length in (RUNNING, ELSEWHERE)}


def plain(text: str) -> str:
    """Return *text* without control characters, lone surrogates, noncharacters and bidi controls."""
    text = _GONE.sub("", LINE_ENDS.sub("\n", text)).replace("\t", " ")
    return "".join(c for c in text if ord(c) & 0xFFFE != 0xFFFE) if not text.isascii() else text


def gone(text: str) -> Counter[str]:
    """Return every character that :func:`plain` and :func:`calm_marks` leave out, and how often."""
    if text.isascii() and text.isprintable():
        return Counter()
    missing = Counter(text)
    missing.subtract(calm_marks(plain(text)))
    return Counter(
        {c: n for c, n in missing.items() if n > 0 and c not in "\r\n\t\x85\u2028\u2029"}
    )


def calm_marks(text: str) -> str:
    """Return *text* with at most :data:`MARKS` combining marks on one letter."""
    marks = {char for char in set(text) if unicodedata.category(char) in ("Mn", "Me")}
    if not marks:
        return text
    kept, run = [], 0
    for char in text:
        run = run + 1 if char in marks else 0
        if run <= MARKS:
            kept.append(char)
    return "".join(kept)


def breakable(text: str, length: int = RUNNING) -> str:
    """Return *text* with invisible places to break in every word of at least *length* letters."""
    whole = length == RUNNING
    return _LONG[length].sub(lambda found: _pieces(found.group(), whole=whole), text)


def long_words(text: str) -> list[str]:
    """Return the words of *text* that :func:`breakable` breaks, in order, but checksums and addresses."""
    return [word for word in _LONG[RUNNING].findall(text) if PLACE in breakable(word)]


def _pieces(word: str, *, whole: bool) -> str:
    if whole and _WHOLE.fullmatch(word):
        return word
    if _ADDRESS.match(word):
        longest = _PART if whole else _PART_ELSEWHERE
        parts = (_broken(part) if len(part) > longest else part for part in _PARTS.split(word))
        return "".join(parts)
    return _broken(word)


def _broken(word: str) -> str:
    return PLACE.join(word[i : i + _PIECE] for i in range(0, len(word), _PIECE))


def breakable_data(value: Any, length: int = ELSEWHERE) -> Any:
    """Return *value* (JSON) with long words breakable: early in titles and cells, late in texts."""
    if isinstance(value, str):
        return breakable(value, length)
    if isinstance(value, list | tuple):
        return [breakable_data(item, length) for item in value]
    if isinstance(value, dict):
        return {
            key: item
            if key in _NOT_TEXT
            else breakable_data(item, RUNNING if key in _RUNNING_TEXT else length)
            for key, item in value.items()
        }
    return value


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Return *value* (JSON) with every string in it changed, addresses and anchors left alone."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return [each_text(item, change) for item in value]
    if isinstance(value, dict):
        return {
            key: item if key in _NOT_TEXT else each_text(item, change)
            for key, item in value.items()
        }
    return value


def known_languages(value: Any) -> Any:
    """Return *value* (JSON) with every malformed language code emptied: the paper's own counts."""
    if isinstance(value, list | tuple):
        return [known_languages(item) for item in value]
    if isinstance(value, dict):
        return {
            key: (item if LANGUAGE.fullmatch(item) else "")
            if key == "language"
            else known_languages(item)
            for key, item in value.items()
        }
    return value


def cleaned(paper: Paper) -> Paper:
    """Return *paper* with every text made plain."""
    data = each_text(known_languages(to_json(paper)), lambda text: calm_marks(plain(text)))
    return from_json(data)


def link(anchor: str, href: str, known: frozenset[str]) -> str:
    """Return where a citation leads: ``#anchor`` if it is in this file, else its address, else ''."""
    if anchor in known:
        return f"#{anchor}"
    return href if LINK.fullmatch(href) and plain(href) == href else ""
