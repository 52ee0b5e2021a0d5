"""Makes any text safe to lay out: what no format can carry goes, what a reader must see stays."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from consulta.core.paper import LANGUAGE, LINK, Paper, from_json, to_json

#: Invisible controls that reorder text (bidi), and marks that no XML, PDF or page may hold.
_REORDERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_FORBIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff"
)
_GONE = re.compile(f"[{_REORDERING}{_FORBIDDEN}]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
#: More marks than this on one letter would run over the lines above.
MARKS = 4
#: A run without a space from this length on gets places to break: in running text, elsewhere.
RUNNING, ELSEWHERE = 60, 30
_PIECE = 15
_NOT_TEXT = ("anchor", "href", "target", "block", "language", "kind", "stem", "dated", "sha256")
_RUNNING_TEXT = ("answer", "spans", "items", "note")
_UNBROKEN = "[^\\s\u200b\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
_LONG = {length: re.compile(f"{_UNBROKEN}{{{length},}}") for length in (RUNNING, ELSEWHERE)}


def plain(text: str) -> str:
    """Return *text* without control characters, lone surrogates, noncharacters and bidi controls."""
    text = _GONE.sub("", _LINE_ENDS.sub("\n", text)).replace("\t", " ")
    return "".join(c for c in text if ord(c) & 0xFFFE != 0xFFFE) if not text.isascii() else text


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
    return _LONG[length].sub(lambda found: _pieces(found.group()), text)


def _pieces(word: str) -> str:
    return "\u200b".join(word[i : i + _PIECE] for i in range(0, len(word), _PIECE))


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


def _known_languages(value: Any) -> Any:
    """Return *value* (JSON) with every malformed language code emptied: the paper's own counts."""
    if isinstance(value, list | tuple):
        return [_known_languages(item) for item in value]
    if isinstance(value, dict):
        return {
            key: (item if LANGUAGE.fullmatch(item) else "")
            if key == "language"
            else _known_languages(item)
            for key, item in value.items()
        }
    return value


def cleaned(paper: Paper) -> Paper:
    """Return *paper* with every text made plain."""
    data = each_text(_known_languages(to_json(paper)), lambda text: calm_marks(plain(text)))
    return from_json(data)


def link(anchor: str, href: str, known: frozenset[str]) -> str:
    """Return where a citation leads: ``#anchor`` if it is in this file, else its address, else ''."""
    if anchor in known:
        return f"#{anchor}"
    return href if LINK.fullmatch(href) and plain(href) == href else ""
