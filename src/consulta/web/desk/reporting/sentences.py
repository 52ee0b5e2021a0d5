"""The sentences of a paragraph as they stand in the form: read from what was typed, never lost."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from consulta.reports.models import Sentence
from consulta.reports.writing import Typed

#: Empty rows below those that are written.
EMPTY = 3
#: What one form can hold; a longer paragraph is two.
ROWS, LENGTH, CITED = 60, 4000, 400
_BETWEEN = re.compile(r"[,;،؛、，；\s]+")
_AROUND_DASH = re.compile(r"\s*[-‐‑‒–—−]\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence as typed: which one (None: new), its words, its numbers as they were written."""

    pk: int | None = None
    text: str = ""
    numbers: str = ""
    wrong: tuple[str, ...] = ()

    @property
    def listed(self) -> tuple[str, ...]:
        """The numbers one by one, each once."""
        parts = _BETWEEN.split(_AROUND_DASH.sub("-", self.numbers))
        return tuple(dict.fromkeys(part for part in parts if part))


def of(sentences: Iterable[Sentence]) -> list[Row]:
    """The rows of what is saved."""
    return [
        Row(
            sentence.pk,
            sentence.text,
            ", ".join(c.version.response.number for c in sentence.citations.all()),
        )
        for sentence in sentences
    ]


def read(data: Mapping[str, str]) -> list[Row]:
    """The rows of a form as they were sent, in their order, empty ones left out."""
    rows = []
    for place in range(min(_number(data.get("rows")) or 0, ROWS)):
        text = data.get(f"text-{place}", "")[:LENGTH]
        numbers = data.get(f"numbers-{place}", "")[: CITED * 20]
        if text.strip() or numbers.strip():
            rows.append(Row(_number(data.get(f"pk-{place}")), text, numbers))
    return rows


def typed(rows: Iterable[Row]) -> list[Typed]:
    """What the act of saving is given."""
    return [Typed(row.pk, row.text, row.listed) for row in rows]


def with_empty(rows: Sequence[Row]) -> list[Row]:
    """*rows* and the empty ones below."""
    return [*rows, *[Row()] * max(0, min(EMPTY, ROWS - len(rows)))]


def moved(rows: Sequence[Row], place: int, by: int) -> list[Row]:
    """*rows* with the one at *place* moved up (-1) or down (1)."""
    there = list(rows)
    if 0 <= place < len(there):
        there.insert(max(0, place + by), there.pop(place))
    return there


def without(rows: Sequence[Row], place: int) -> list[Row]:
    """*rows* without the one at *place*."""
    return [row for number, row in enumerate(rows) if number != place]


def citing(rows: Sequence[Row], number: str, *, hand: int) -> list[Row]:
    """*rows* with *number* added to the sentence in hand, a new one where that is none yet."""
    there = list(rows)
    place = hand if 0 <= hand < len(there) else len(there)
    if place == len(there):
        there.append(Row())
    if number not in there[place].listed:
        cited = ", ".join([*there[place].listed, number])
        there[place] = replace(there[place], numbers=cited)
    return there


def marked(rows: Iterable[Row], unknown: Iterable[str]) -> list[Row]:
    """*rows*, each naming the numbers in it that nobody has."""
    wrong = set(unknown)
    return [replace(row, wrong=tuple(n for n in row.listed if n in wrong)) for row in rows]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 12 else None
