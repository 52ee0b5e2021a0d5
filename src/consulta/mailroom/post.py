"""Post: what a letter says. Whatever arrives is read as far as it can be; the raw letter stays.

Python's older parser takes a letter apart (decision 74); the rooms of `reading/` read what it found.
"""

from email import message_from_bytes
from email.message import Message
from hashlib import sha256

from consulta.core.plaintext import one_line
from consulta.mailroom import own_links
from consulta.mailroom.reading import automatic, contents, headers
from consulta.mailroom.reading.contents import Contents
from consulta.mailroom.reading.letter import Enclosure, Letter, UnreadableLetterError

__all__ = ["Enclosure", "Letter", "UnreadableLetterError", "headers_of", "key_of", "open_letter"]

#: Under this name a letter that could not be read to its end comes as a file, for a person.
WHOLE = "letter.eml"
MAX_TEXT = 500_000  # characters; a longer text is kept as a file
#: Lines times boundaries: what taking a letter apart costs. Beyond it only the head is read.
MAX_WORK = 20_000_000
_FAULTS = (*headers.FAULTS, MemoryError)


def open_letter(raw: bytes) -> Letter:
    """Read *raw*, a whole message; what cannot be taken apart is kept whole, as a file.

    Raises UnreadableLetterError where not even its head can be read.
    """
    try:
        if _work(raw) <= MAX_WORK:
            return _read(message_from_bytes(headers.shortened(raw)), raw)
    except _FAULTS:
        pass  # a fault of the letter: its head is read below
    try:
        return _letter(headers_of(raw), raw, Contents(cut=True))
    except _FAULTS as error:
        raise UnreadableLetterError(f"{type(error).__name__}: {error}") from error


def key_of(raw: bytes, *, envelope_sender: str = "") -> str:
    """What tells a letter sent twice; needs only that its headers can be told from its body.

    One without a Message-ID, a sender or a body is told by all its bytes and by who handed it in:
    else two letters that have nothing would be one.
    """
    message, (_head, body) = headers_of(raw), _split(raw)
    named = headers.raw(message, "Message-ID").strip(), headers.sender(message)[0]
    parts = [*named, sha256(body).hexdigest()]
    if not (body and all(named)):
        parts += [sha256(raw).hexdigest(), envelope_sender]
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def headers_of(raw: bytes) -> Message:
    """The head of *raw* alone: nothing of the body is looked at."""
    return message_from_bytes(headers.shortened(_split(raw)[0]))


def _read(message: Message, raw: bytes) -> Letter:
    return _letter(message, raw, contents.of(message))


def _letter(message: Message, raw: bytes, found: Contents) -> Letter:
    text, files = own_links.left_out("\n\n".join(filter(str.strip, found.texts))), found.files
    if len(text) > MAX_TEXT:
        text, files = "", [Enclosure("letter.txt", text.encode()), *files]
    if found.cut:
        files = [*files, Enclosure(WHOLE, raw)]
    sender, name = headers.sender(message)
    return Letter(
        sender=sender,
        sender_name=name,
        subject=own_links.left_out(headers.line(message, "Subject")),
        text=text,
        enclosures=tuple(files),
        message_id=one_line(headers.raw(message, "Message-ID"))[:300],
        language=headers.raw(message, "Content-Language").strip().lower()[:2],
        automatic=automatic.reasons(message),
        guessed=found.guessed,
        key=key_of(raw),
        bulk=automatic.bulk(message),
        spam=automatic.spam(message),
        cut=found.cut,
        sealed=found.sealed,
        answers=headers.answered(message),
        senders=headers.senders(message),
        hidden=found.hidden,
        beside=tuple(found.beside),
    )


def _work(raw: bytes) -> int:
    """At most how many comparisons the parser needs: each line with each boundary that is open."""
    return raw.count(b"\n") * min(raw.lower().count(b"boundary"), 1000)


def _split(raw: bytes) -> tuple[bytes, bytes]:
    ends = [at for gap in (b"\r\n\r\n", b"\n\n") if (at := raw.find(gap)) >= 0]
    end = min(ends, default=len(raw))
    return raw[:end] + b"\n\n", raw[end:].strip()
