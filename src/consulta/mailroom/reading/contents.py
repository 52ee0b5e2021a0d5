"""What a letter holds: its words, and the files beside them, those inside containers included."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import Message

from consulta.adapters.outlook import opening
from consulta.core.plaintext import one_line, storable
from consulta.mailroom import hypertext
from consulta.mailroom.reading import beside, headers, parts, words
from consulta.mailroom.reading.beside import Beside
from consulta.mailroom.reading.letter import Enclosure

#: Letters inside letters are opened so far; deeper ones stay files.
MAX_FORWARDS = 3
#: How many of Outlook's containers in one letter are opened; each costs a process.
MAX_CONTAINERS = 5
#: Which part of the words of winmail.dat may be written otherwise than in the letter that says them too.
MAY_DIFFER = 0.1
_WORD = re.compile(r"\w+")
_SEALED = frozenset({"application/pgp-encrypted", "application/pkcs7-mime"})


@dataclass(slots=True)
class Contents:
    """What was found so far. *texts* in their order; *guessed*, *cut*, *sealed*, *hidden* as in a letter.

    *beside*: what is no file of its sender's, with the name of each.
    """

    texts: list[str] = field(default_factory=list)
    files: list[Enclosure] = field(default_factory=list)
    guessed: bool = False
    cut: bool = False
    sealed: bool = False
    hidden: bool = False
    beside: list[tuple[Beside, str]] = field(default_factory=list)
    containers: int = 0


def of(message: Message) -> Contents:
    """Everything that *message* holds."""
    found = Contents()
    _read(message, found, forwards=0)
    return found


def _read(message: Message, found: Contents, *, forwards: int) -> None:
    walked = parts.of(message)
    found.cut |= walked.cut
    inside = beside.shown_inside(walked.pages)
    for part in walked.leaves:
        if headers.kind(part) == "message/rfc822" and forwards < MAX_FORWARDS:
            _forwarded(part, found, forwards=forwards + 1)
        elif parts.is_file(part) or len(words.content(part)) > words.MAX_BYTES:
            _file(part, found, inside=inside)
        else:
            said = words.of(part)
            found.texts.append(said.text)
            found.guessed |= said.guessed
            found.hidden |= said.hidden


def _forwarded(part: Message, found: Contents, *, forwards: int) -> None:
    """A letter inside the letter: its head, its words, and its files among the files."""
    inner = part.get_payload()
    if not isinstance(inner, list):
        _file(part, found, inside=frozenset())
        return
    for each in (letter for letter in inner if isinstance(letter, Message)):
        heads = [(name, headers.line(each, name)) for name in ("Date", "Subject", "From")]
        found.texts.append(_head(heads))
        _read(each, found, forwards=forwards)


def _head(heads: Iterable[tuple[str, str]]) -> str:
    """Who wrote an inner letter; nothing of it is checked. Not in the order of a quotation: it is none."""
    return "\n".join(["-" * 8, *(f"{name}: {value}" for name, value in heads if value)])


def _file(part: Message, found: Contents, *, inside: frozenset[str]) -> None:
    name, kind, data = headers.file_name(part), headers.kind(part), _bytes(part)
    found.sealed |= kind in _SEALED and "signed-data" not in headers.raw(part, "Content-Type")
    what = beside.of(part, data, inside=inside)
    if what is not None:
        found.beside.append((what, name))
    if what is not None or not data:
        return
    if opening.is_one(data, name) and found.containers < MAX_CONTAINERS:
        found.containers += 1
        if _unpacked(data, found):
            return
    found.files.append(Enclosure(name or f"file-{len(found.files) + 1}", data))


def _unpacked(data: bytes, found: Contents) -> bool:
    """Take out what Outlook packed; whether it could be opened."""
    inside = opening.opened(data)
    if inside is None:
        return False
    if data.startswith(opening.OLE):
        found.texts.append(_head([("From", one_line(inside.sender)),
                                  ("Subject", one_line(inside.subject))]))  # fmt: skip
    page = hypertext.read(inside.html)
    said = inside.text.strip() or page.text
    found.hidden |= page.hidden and not inside.text.strip()
    if said and not (data.startswith(opening.TNEF) and _is_said(said, found.texts)):
        found.texts.append(storable(said).strip())
    found.files.extend(Enclosure(one_line(each)[:255], content) for each, content in inside.files)
    return True


def _is_said(text: str, texts: Iterable[str]) -> bool:
    """Whether *texts* hold the words of *text*: Outlook sends them twice, written a little otherwise."""
    known, words = (
        set(_WORD.findall(" ".join(texts).casefold())),
        set(_WORD.findall(text.casefold())),
    )
    return len(words - known) <= len(words) * MAY_DIFFER


def _bytes(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):  # a letter inside the letter, or a report
        return b"\n".join(_whole(each) for each in inner if isinstance(each, Message))
    return words.content(part)


def _whole(message: Message) -> bytes:
    """An inner letter as a file, as far as it can be written again."""
    try:
        return message.as_bytes()
    except headers.FAULTS:
        return str(message.get_payload()).encode("utf-8", "replace")
