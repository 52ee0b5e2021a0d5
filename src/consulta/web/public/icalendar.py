"""Writes iCalendar (RFC 5545): lines of at most 75 octets, escaped text, all-day or at an instant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

LIMIT = 75  # octets in a line, its end not counted (RFC 5545, 3.1)
END = "\r\n"
Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry. *start* is a day or an instant; *last* the last day of an entry of several days.

    *uid* never changes; *sequence* grows when the entry does; *changed_at* is when it last did.
    """

    uid: str
    start: date | datetime
    summary: str
    description: str
    url: str
    changed_at: datetime
    language: str
    last: date | None = None
    sequence: int = 0
    status: Status = "CONFIRMED"


def calendar(events: Iterable[Event], *, name: str, language: str) -> str:
    """Return a whole calendar called *name*, in *language*."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Consulta//Consulta//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME;LANGUAGE={language}:{escape(name)}",
        f"X-WR-CALNAME:{escape(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(fold(line) + END for line in lines)


def escape(text: str) -> str:
    """Escape *text* as a value (RFC 5545, 3.3.11); control characters are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    seen = "".join(c for c in text if c == "\n" or (c >= " " and c != "\x7f"))
    return seen.replace("\n", "\\n")


def fold(line: str) -> str:
    """Fold *line* so that no part has more than 75 octets and no character is split."""
    return f"{END} ".join(_parts(line))


def _parts(line: str) -> Iterator[str]:
    part, size, room = "", 0, LIMIT
    for character in line:
        width = len(character.encode())
        if size + width > room:
            yield part
            part, size, room = "", 0, LIMIT - 1  # the space that begins a folded line counts
        part, size = part + character, size + width
    yield part


def _event(event: Event) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_instant(event.changed_at)}",
        f"LAST-MODIFIED:{_instant(event.changed_at)}",
        f"SEQUENCE:{event.sequence}",
        *_when(event),
        f"SUMMARY;LANGUAGE={event.language}:{escape(event.summary)}",
        f"DESCRIPTION;LANGUAGE={event.language}:{escape(event.description)}",
        f"URL:{event.url}",
        f"STATUS:{event.status}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _when(event: Event) -> list[str]:
    """An instant takes no time; days end, as the standard has it, on the day after the last."""
    if isinstance(event.start, datetime):
        return [f"DTSTART:{_instant(event.start)}"]
    after = (event.last or event.start) + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
