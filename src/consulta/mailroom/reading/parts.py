"""The parts of a letter, walked without recursion; beyond the limits the rest stays in the raw letter."""

from dataclasses import dataclass
from email.message import Message

from consulta.mailroom.reading import headers, words

MAX_PARTS = 500
MAX_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that hold something, in order; *cut*: there were more than are looked at.

    *pages*: every part of HTML, those of alternatives that were not chosen too.
    """

    leaves: list[Message]
    pages: list[Message]
    cut: bool


def of(message: Message) -> Parts:
    """The parts that hold something; of alternatives, the one that can be read best.

    Files that lie in an alternative that was not chosen count all the same.
    """
    waiting, seen, found, pages = [(message, 0, False)], 0, [], []
    while waiting and seen < MAX_PARTS:
        part, depth, files_only = waiting.pop(0)
        seen += 1
        inner = _inner(part)
        if inner is None:
            pages += [part] if headers.kind(part) == "text/html" else []
            found += [part] if not files_only or is_file(part) else []
        elif depth < MAX_DEPTH:
            chosen = _chosen(part, inner)
            waiting[:0] = [(each, depth + 1, files_only or each not in chosen) for each in inner]
        else:
            return Parts(found, pages, cut=True)
    return Parts(found, pages, cut=bool(waiting))


def is_file(part: Message) -> bool:
    """Whether a part is something beside the words of the letter."""
    named = bool(headers.file_name(part)) or _disposition(part) == "attachment"
    return named or headers.kind(part) not in ("text/plain", "text/html")


def is_inline(part: Message) -> bool:
    """Whether a part says of itself that it stands in the text."""
    return _disposition(part) == "inline"


def _disposition(part: Message) -> str:
    return headers.raw(part, "Content-Disposition").partition(";")[0].strip().lower()


def _inner(part: Message) -> list[Message] | None:
    """What lies in a part; None where it holds something itself. A letter in a letter is one thing."""
    payload = part.get_payload()
    if not isinstance(payload, list) or headers.kind(part).startswith("message/"):
        return None
    return [each for each in payload if isinstance(each, Message)]


def _chosen(part: Message, inner: list[Message]) -> list[Message]:
    return _best(inner) if headers.kind(part) == "multipart/alternative" else inner


def _best(alternatives: list[Message]) -> list[Message]:
    """The plain text if it says something, else the richest; calendars and the like stay beside."""
    few = alternatives[:MAX_PARTS]
    plain = [p for p in few if headers.kind(p) == "text/plain" and words.of(p).text.strip()]
    if plain:
        return plain[:1]
    rich = [p for p in few if p.is_multipart() or headers.kind(p) == "text/html"]
    return rich[-1:] or few[-1:]
