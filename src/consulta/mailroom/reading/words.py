"""The words of a part, and the bytes that it carries."""

from dataclasses import dataclass
from email.message import Message

from consulta.core.plaintext import storable
from consulta.mailroom import charset, hypertext
from consulta.mailroom.reading import headers

MAX_BYTES = 2_000_000  # of one part whose words are read; a longer one is kept as a file


@dataclass(frozen=True, slots=True)
class Words:
    """What a part says; *guessed*: its character set was; *hidden*: it held words that nobody sees."""

    text: str
    guessed: bool
    hidden: bool = False


def of(part: Message) -> Words:
    """The words of a part of plain text or HTML."""
    text, guessed = charset.decode(content(part)[:MAX_BYTES], _named(part))
    hidden = False
    if headers.kind(part) == "text/html":
        page = hypertext.read(text)
        text, hidden = page.text, page.hidden
    return Words(storable(text).strip(), guessed, hidden)


def content(part: Message) -> bytes:
    """The bytes that a part carries, its transfer encoding undone as far as it can be."""
    try:
        data = part.get_payload(decode=True)
    except headers.FAULTS:
        data = str(part.get_payload()).encode("utf-8", "replace")
    return data if isinstance(data, bytes) else b""


def _named(part: Message) -> str:
    try:
        return part.get_content_charset() or ""
    except headers.FAULTS:
        return ""
