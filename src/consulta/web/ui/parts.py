"""The values that components are given. A view builds them; a template shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

#: The lines of the balance whose sum is what was received (INTERFACE, balance).
LINES = ("published", "held", "declined", "withdrawn", "removed")
BAR_WIDTH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A crumb, a tab or a plain link; *current* marks the page being read."""

    label: str
    href: str = ""
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableRow:
    """One milestone: its date, the sentence it comes from, and the verdict (None before any)."""

    label: str
    source: str
    source_language: str = "en"
    on: date | datetime | None = None
    zone: str = ""
    verdict: Any = None
    note: str = ""
    first_on: date | datetime | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of a document: its format, language and size in bytes."""

    href: str
    format: str
    language: str = ""
    size: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of the balance and its place on the bar, in thousandths of the whole."""

    line: str
    count: int
    start: int
    width: int


def segments(counts: Mapping[str, Any]) -> list[Segment]:
    """Lay the balance out along a bar; every line that is not zero is at least visible."""
    total = sum(int(counts.get(line) or 0) for line in LINES)
    placed: list[Segment] = []
    start = before = 0
    for line in LINES:
        count = int(counts.get(line) or 0)
        before += count
        end = round(BAR_WIDTH * before / total) if total else 0
        end = max(end, start + 6) if count else start
        placed.append(Segment(line, count, start, min(end, BAR_WIDTH) - start))
        start = min(end, BAR_WIDTH)
    return placed
