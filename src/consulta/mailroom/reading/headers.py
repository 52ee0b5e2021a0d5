"""Headers, one at a time: a failure leaves a header as it came."""

import re
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from consulta.core.plaintext import one_line
from consulta.mailroom import charset

MAX_HEADER = 20_000  # characters that are looked at
#: Content-Type and Content-Disposition are cut here: Python's parser takes the square of their length.
MAX_STRUCTURE = 2_000  # bytes
MOST_ANSWERED = 50
#: What Python's parser raises over what strangers send.
FAULTS = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
_STRUCTURE = re.compile(rb"^content-(?:type|disposition)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_LINE_END = re.compile(rb"\r?\n(?![ \t])")
_IDS = re.compile(r"<[^<>\s]{3,250}>")


def raw(message: Message, name: str) -> str:
    """The first header called *name* as it came, folded lines joined; bytes as surrogates."""
    wanted = name.lower()
    found = next((value for key, value in message.raw_items() if key.lower() == wanted), "")
    return " ".join(str(found).split())[:MAX_HEADER]


def every(message: Message, name: str) -> list[str]:
    """All headers called *name*, the topmost first, as :func:`raw` gives one."""
    wanted = name.lower()
    found = [value for key, value in message.raw_items() if key.lower() == wanted]
    return [" ".join(str(value).split())[:MAX_HEADER] for value in found[:MOST_ANSWERED]]


def line(message: Message, name: str) -> str:
    """One header as a line of text, encoded words and raw bytes decoded as far as they can be."""
    return one_line(decoded(raw(message, name)))


def decoded(value: str) -> str:
    """A header's value in words."""
    if not value.isascii():
        return charset.decode(value.encode("utf-8", "surrogateescape"), "")[0]
    try:
        parts = decode_header(value)
    except FAULTS:
        return value
    return "".join(
        charset.decode(text, named or "")[0] if isinstance(text, bytes) else text
        for text, named in parts
    )


def sender(message: Message) -> tuple[str, str]:
    """Address and name in From, the first that has an address; empty where there is none."""
    for name, address in _addresses(raw(message, "From")):
        if "@" in address:
            return one_line(decoded(address))[:320], one_line(decoded(name))[:200]
    return "", ""


def senders(message: Message) -> int:
    """How many addresses stand in all From headers; one in any honest letter (RFC 7489, 6.6.1)."""
    found = [pair for value in every(message, "From") for pair in _addresses(value)]
    return sum(1 for _name, address in found if "@" in address)


def answered(message: Message) -> tuple[str, ...]:
    """The Message-IDs that a letter answers, the nearest first."""
    said = f"{raw(message, 'In-Reply-To')} {' '.join(reversed(raw(message, 'References').split()))}"
    return tuple(dict.fromkeys(_IDS.findall(said)))[:MOST_ANSWERED]


def kind(part: Message) -> str:
    """The content type of a part; `text/plain` where it says nothing that can be read."""
    try:
        return part.get_content_type()
    except FAULTS:
        return "text/plain"


def file_name(part: Message) -> str:
    """The name of a file as its sender wrote it, on one line; empty where it has none."""
    try:
        return one_line(decoded(part.get_filename() or ""))[:255]
    except FAULTS:
        return ""


def shortened(letter: bytes) -> bytes:
    """*letter* with every header that describes a part cut to :data:`MAX_STRUCTURE`."""
    pieces, done = [], 0
    for found in _STRUCTURE.finditer(letter):
        end = _LINE_END.search(letter, found.end())
        stop = end.start() if end else len(letter)
        if found.start() >= done and stop - found.start() > MAX_STRUCTURE:
            pieces.append(letter[done : found.start() + MAX_STRUCTURE])
            done = stop
    return b"".join([*pieces, letter[done:]]) if pieces else letter


def _addresses(value: str) -> list[tuple[str, str]]:
    try:
        return getaddresses([value])
    except FAULTS:
        return []
