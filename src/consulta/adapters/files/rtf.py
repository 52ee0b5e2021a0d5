"""RTF: its words as plain text; whatever it embeds goes to the virus scanner only (RTF 1.9.1)."""

import re
from collections.abc import Iterator
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from consulta.adapters.files import plain
from consulta.adapters.files.findings import Cleaning, Finding, RefusedError

MAX_EMBEDDED = 20
#: A group's edge, a control word, a character by its code, another control symbol, or words.
_TOKEN = re.compile(
    r"[{}]|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[^\\{}]+",
    re.DOTALL,
)
_OBJECT = re.compile(r"\\objdata\s*([0-9a-fA-F\s]{2,})")
#: Words that hide what follows, until their group ends or they say 0.
_HIDING = {"v": Finding.HIDDEN_TEXT_REMOVED, "deleted": Finding.CHANGES_ACCEPTED}
_FOUND = {
    r"\objdata": Finding.EMBEDDED_FILES_REMOVED,
    r"\objlink": Finding.EXTERNAL_LINKS_REMOVED,
    r"\annotation": Finding.COMMENTS_REMOVED,
    r"{\info": Finding.HIDDEN_DATA_REMOVED,
}


def clean(source: Path, target: Path) -> Cleaning:
    """Write the words of *source* to *target* as UTF-8. Raises RefusedError when it is no whole RTF."""
    work = Cleaning(found={Finding.FORMATTING_REMOVED})
    text = source.read_bytes().decode("cp1252", "replace")
    work.found |= {finding for mark, finding in _FOUND.items() if mark in text}
    for data in _OBJECT.findall(text)[:MAX_EMBEDDED]:
        digits = "".join(data.split())
        work.embedded.append(bytes.fromhex(digits[: len(digits) // 2 * 2]))
    try:
        words = rtf_to_text("".join(_shown(text, work.found)), errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError, OverflowError) as error:
        raise RefusedError(Finding.BROKEN) from error
    words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    work.text, _dropped = plain.without_controls(words.replace("\xa0", " "))
    work.text = work.text.strip()
    target.write_bytes(work.text.encode())
    return work


def _shown(text: str, found: set[Finding]) -> Iterator[str]:
    """What a reader sees: no hidden or deleted words, no raw bytes; a note stands where its mark was."""
    outer: list[frozenset[str]] = []
    hiding: frozenset[str] = frozenset()
    at = 0
    while token := _TOKEN.match(text, at):
        word, at = token["word"], token.end()
        if word == "bin":
            at += max(0, int(token["number"] or 0))
            continue
        if token[0] == "{":
            outer.append(hiding)
        hiding = (outer.pop() if outer else hiding) if token[0] == "}" else _after(token, hiding)
        if hiding and _says(token):
            found |= {_HIDING[word] for word in hiding}
        else:
            # else the reader of RTF drops notes with headers and comments
            yield " " if word == "footnote" else token[0]


def _after(token: re.Match[str], hiding: frozenset[str]) -> frozenset[str]:
    """What hides the words that follow *token*."""
    if token["word"] == "plain":
        return frozenset()
    if token["word"] not in _HIDING:
        return hiding
    here = {token["word"]}
    return hiding - here if token["number"] == "0" else hiding | here


def _says(token: re.Match[str]) -> bool:
    """Whether *token* is words, not form."""
    return token[0] not in "{}" and token["word"] in (None, "u")
