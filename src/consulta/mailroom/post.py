"""Post: what a letter says. Whatever arrives is read as far as it can be; the raw letter stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256

from consulta.core.plaintext import one_line, storable
from consulta.mailroom import charset, hypertext

MAX_PARTS = 500
MAX_DEPTH = 50
MAX_HEADER = 20_000  # characters that are looked at
MAX_TEXT = 500_000  # characters; a longer text is kept as a file
_SIGNATURES = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
_REPORTS = frozenset({"multipart/report", "message/delivery-status"})
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})


class UnreadableLetterError(ValueError):
    """The letter cannot be taken apart; the raw one is kept."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came with a letter; its name is as the sender wrote it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, opened. *guessed*: its character set was not named, or named wrong.

    *automatic*: why it was sent by a program (RFC 3834), as the names of headers; empty for a
    person's letter. *key* tells a letter sent twice: Message-ID, sender and a hash of the body.
    """

    sender: str
    sender_name: str
    subject: str
    text: str
    enclosures: tuple[Enclosure, ...]
    message_id: str
    language: str
    automatic: tuple[str, ...]
    guessed: bool
    key: str


def open_letter(raw: bytes) -> Letter:
    """Read *raw*, a whole message. Raises UnreadableLetterError."""
    try:
        return _read(raw)
    except (RecursionError, MemoryError, LookupError, ValueError, TypeError, AttributeError) as e:
        raise UnreadableLetterError(f"{type(e).__name__}: {e}") from e


def key_of(raw: bytes) -> str:
    """What tells a letter sent twice; needs only that its headers can be told from its body."""
    head, body = _split(raw)
    message = message_from_bytes(head)
    parts = (_raw(message, "Message-ID").strip(), _sender(message)[0], sha256(body).hexdigest())
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _read(raw: bytes) -> Letter:
    message = message_from_bytes(raw)
    leaves = list(_leaves(message))
    bodies, enclosures = _sort(leaves)
    texts = [_text(part) for part in bodies]
    text = "\n\n".join(found for found, _guess in texts if found.strip())
    if len(text) > MAX_TEXT:
        enclosures.insert(0, Enclosure("letter.txt", text.encode()))
        text = ""
    sender, name = _sender(message)
    return Letter(
        sender=sender,
        sender_name=name,
        subject=header(message, "Subject"),
        text=text,
        enclosures=tuple(enclosures),
        message_id=one_line(_raw(message, "Message-ID"))[:300],
        language=_raw(message, "Content-Language").strip().lower()[:2],
        automatic=_automatic(message),
        guessed=any(guess for _found, guess in texts),
        key=key_of(raw),
    )


def header(message: Message, name: str) -> str:
    """One header as a line of text, encoded words and raw bytes decoded as far as they can be."""
    return one_line(_decoded(_raw(message, name)))


def _split(raw: bytes) -> tuple[bytes, bytes]:
    ends = [at for gap in (b"\r\n\r\n", b"\n\n") if (at := raw.find(gap)) >= 0]
    end = min(ends, default=len(raw))
    return raw[:end] + b"\n\n", raw[end:].strip()


def _raw(message: Message, name: str) -> str:
    """The first header called *name* as it came, folded lines joined; bytes as surrogates."""
    wanted = name.lower()
    found = next((value for key, value in message.raw_items() if key.lower() == wanted), "")
    return " ".join(str(found).split())[:MAX_HEADER]


def _decoded(value: str) -> str:
    if not value.isascii():
        return charset.decode(value.encode("utf-8", "surrogateescape"), "")[0]
    try:
        parts = decode_header(value)
    except (ValueError, LookupError, TypeError):
        return value
    return "".join(
        charset.decode(text, named or "")[0] if isinstance(text, bytes) else text
        for text, named in parts
    )


def _sender(message: Message) -> tuple[str, str]:
    """Address and name in From, the first that has an address; empty where there is none."""
    for name, address in getaddresses([_raw(message, "From")]):
        if "@" in address:
            return one_line(_decoded(address))[:320], one_line(_decoded(name))[:200]
    return "", ""


def _automatic(message: Message) -> tuple[str, ...]:
    """Which headers say that a program sent it (RFC 3834, section 2; RFC 3464)."""
    said = _raw(message, "Auto-Submitted").partition(";")[0].strip().lower()
    found = {
        "auto-submitted": said not in ("", "no"),
        "precedence": _raw(message, "Precedence").strip().lower() in _BULK,
        "list-id": bool(_raw(message, "List-Id") or _raw(message, "List-Unsubscribe")),
        "report": message.get_content_type() in _REPORTS,
        "x-autoreply": bool(_raw(message, "X-Autoreply") or _raw(message, "X-Autorespond")),
        "x-failed-recipients": bool(_raw(message, "X-Failed-Recipients")),
    }
    return tuple(name for name, holds in found.items() if holds)


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something; of alternatives, the one that can be read best.

    Files that lie in an alternative that was not chosen count all the same.
    """
    waiting, seen = [(message, 0, False)], 0
    while waiting:
        part, depth, files_only = waiting.pop(0)
        seen += 1
        if seen > MAX_PARTS or depth > MAX_DEPTH:
            raise ValueError("too many parts, or one inside the other too often")
        payload = part.get_payload()
        if not isinstance(payload, list) or part.get_content_maintype() == "message":
            if not files_only or _is_file(part):
                yield part
            continue
        inner = chosen = [each for each in payload if isinstance(each, Message)]
        if part.get_content_subtype() == "alternative":
            chosen = _best(inner)
        beside = [(each, depth + 1, files_only or each not in chosen) for each in inner]
        waiting[:0] = beside


def _best(alternatives: list[Message]) -> list[Message]:
    """The plain text if it says something, else the richest; calendars and the like stay beside."""
    plain = [
        p for p in alternatives if p.get_content_type() == "text/plain" and _text(p)[0].strip()
    ]
    if plain:
        return plain[:1]
    rich = [p for p in alternatives if p.is_multipart() or p.get_content_type() == "text/html"]
    return rich[-1:] or alternatives[-1:]


def _sort(leaves: list[Message]) -> tuple[list[Message], list[Enclosure]]:
    """Words of the letter, and files beside it; pictures inside the text are neither."""
    bodies: list[Message] = []
    enclosures: list[Enclosure] = []
    for part in leaves:
        name, kind = _file_name(part), part.get_content_type()
        if not _is_file(part):
            bodies.append(part)
        elif kind not in _SIGNATURES and not _is_decoration(part) and (data := _bytes(part)):
            enclosures.append(Enclosure(name or f"file-{len(enclosures) + 1}", data))
    return bodies, enclosures


def _is_file(part: Message) -> bool:
    """Whether a part is something beside the words of the letter."""
    named = bool(_file_name(part)) or part.get_content_disposition() == "attachment"
    return named or part.get_content_type() not in ("text/plain", "text/html")


def _is_decoration(part: Message) -> bool:
    """A picture that the text itself shows, such as the logo under a signature."""
    inline = bool(_raw(part, "Content-ID")) or part.get_content_disposition() == "inline"
    return part.get_content_maintype() == "image" and inline


def _file_name(part: Message) -> str:
    try:
        return one_line(_decoded(part.get_filename() or ""))[:255]
    except (ValueError, LookupError, TypeError):
        return ""


def _bytes(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):  # a letter inside the letter
        return b"\n".join(_whole(each) for each in inner if isinstance(each, Message))
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _whole(message: Message) -> bytes:
    """An inner letter as a file, as far as it can be written again."""
    try:
        return message.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError):
        return str(message.get_payload()).encode("utf-8", "replace")


def _text(part: Message) -> tuple[str, bool]:
    """The words of a part, and whether its character set was guessed."""
    named = part.get_content_charset() or ""
    words, guessed = charset.decode(_bytes(part), named)
    if part.get_content_type() == "text/html":
        words = hypertext.plain(words)
    return storable(words).strip(), guessed
