"""The values that components are given. A view builds them; a template shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

#: The lines of the balance whose sum is what was received (INTERFACE, balance).
LINES = ("published", "held", "declined", "withdrawn", "removed")
BAR_WIDTH = 1000
#: The least width of a line that holds a response.
VISIBLE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A crumb, a tab or a plain link; *current* marks the page being read, *above* one over it."""

    label: str
    href: str = ""
    current: bool = False
    above: bool = False
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
    """Lay the balance out along a bar; every line with a response is wide enough to be seen."""
    numbers = {line: int(counts.get(line) or 0) for line in LINES}
    shared = BAR_WIDTH - VISIBLE * sum(1 for count in numbers.values() if count)
    total = sum(numbers.values()) or 1
    placed: list[Segment] = []
    start = before = least = 0
    for line, count in numbers.items():
        before, least = before + count, least + (VISIBLE if count else 0)
        end = round(shared * before / total) + least if before else 0
        placed.append(Segment(line, count, start, end - start))
        start = end
    return placed
