"""The sentences of a paragraph as they stand in the form: read from what was typed, never lost."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from consulta.reports import following
from consulta.reports.models import Sentence
from consulta.reports.quoting import Passage
from consulta.reports.writing import Span, Typed

#: Empty rows below those that are written.
EMPTY = 3
#: What one form can hold; a longer paragraph is two. LENGTH: of a sentence that is saved; what is
#: typed is never cut.
ROWS, LENGTH, CITED, PASSAGES = 60, 4000, 400, 20
_BETWEEN = re.compile(r"[,;،؛、，；\s]+")
_AROUND_DASH = re.compile(r"\s*[-‐‑‒–—−]\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence as typed: which one (None: new), its words, its numbers as they were written."""

    pk: int | None = None
    text: str = ""
    numbers: str = ""
    wrong: tuple[str, ...] = ()
    passages: tuple[Span, ...] = ()
    agrees: bool = False

    @property
    def listed(self) -> tuple[str, ...]:
        """The numbers one by one, each once."""
        parts = _BETWEEN.split(_AROUND_DASH.sub("-", self.numbers))
        return tuple(dict.fromkeys(part for part in parts if part))


def of(sentences: Iterable[Sentence]) -> list[Row]:
    """The rows of what is saved."""
    return [_saved(sentence) for sentence in sentences]


def _saved(sentence: Sentence) -> Row:
    cited = list(sentence.citations.all())
    return Row(
        sentence.pk,
        "" if following.is_waiting(sentence) else sentence.text,
        ", ".join(c.version.response.number for c in cited if c.answer_id is None),
        passages=tuple(
            (c.answer_id, c.start or 0, c.end or 0) for c in cited if c.answer_id is not None
        ),
    )


def read(data: Mapping[str, str]) -> list[Row]:
    """The rows of a form as they were sent, in their order, empty ones left out."""
    rows = []
    for place in range(min(_number(data.get("rows")) or 0, ROWS)):
        text = data.get(f"text-{place}", "")
        numbers = data.get(f"numbers-{place}", "")[: CITED * 20]
        row = Row(
            _number(data.get(f"pk-{place}")),
            text,
            numbers,
            passages=_passages(data, place),
            agrees=f"agrees-{place}" in data,
        )
        if text.strip() or numbers.strip() or row.passages or row.pk is not None:
            rows.append(row)
    return rows


def too_long(rows: Iterable[Row]) -> list[tuple[int, str]]:
    """The places of the sentences that are longer than one may be, each with why, counted from 1."""
    check, found = MaxLengthValidator(LENGTH), []
    for place, row in enumerate(rows, start=1):
        try:
            check(row.text.replace("\r\n", "\n"))
        except ValidationError as error:
            found.append((place, " ".join(error.messages)))
    return found


def _passages(data: Mapping[str, str], place: int) -> tuple[Span, ...]:
    """The passages of a row that are still ticked; each names answer, first character and end."""
    named = (data.get(f"passage-{place}-{n}", "") for n in range(PASSAGES))
    spans = (tuple(_number(part) for part in name.split(":")) for name in named if name)
    return tuple(
        (span[0], span[1], span[2])
        for span in spans
        if len(span) == 3 and span[0] is not None and span[1] is not None and span[2] is not None
    )


def keepable(rows: Iterable[Row]) -> list[dict[str, object]]:
    """*rows* as they are kept on the server while they are not saved."""
    return [
        {
            "pk": r.pk,
            "text": r.text,
            "numbers": r.numbers,
            "passages": r.passages,
            "agrees": r.agrees,
        }
        for r in rows
    ]


def again(kept: Iterable[Mapping[str, Any]]) -> list[Row]:
    """The rows that :func:`keepable` was given."""
    return [
        Row(
            row["pk"],
            row["text"],
            row["numbers"],
            passages=tuple((p[0], p[1], p[2]) for p in row["passages"]),
            agrees=row["agrees"],
        )
        for row in kept
    ]


def typed(rows: Iterable[Row]) -> list[Typed]:
    """What the act of saving is given."""
    return [Typed(row.pk, row.text, row.listed, row.passages, row.agrees) for row in rows]


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


def as_saved(rows: Sequence[Row], place: int, saved: Iterable[Sentence]) -> list[Row]:
    """*rows* with the one at *place* as it is saved."""
    now = {row.pk: row for row in of(saved)}
    return [now.get(row.pk, row) if n == place else row for n, row in enumerate(rows)]


def citing(rows: Sequence[Row], number: str, *, hand: int) -> list[Row]:
    """*rows* with *number* added to the sentence in hand, a new one where that is none yet."""
    there, place = _in_hand(rows, hand)
    if number not in there[place].listed:
        cited = ", ".join([*there[place].listed, number])
        there[place] = replace(there[place], numbers=cited)
    return there


def citing_passage(
    rows: Sequence[Row], passage: Passage, *, hand: int, quoted: str = ""
) -> list[Row]:
    """*rows* with a passage added to the sentence in hand; *quoted*: its words join the sentence."""
    there, place = _in_hand(rows, hand)
    row, span = there[place], (passage.answer, passage.start, passage.end)
    spans = row.passages if span in row.passages else (*row.passages, span)
    text = f"{row.text.rstrip()} {quoted}".strip() if quoted else row.text
    there[place] = replace(row, passages=spans[:PASSAGES], text=text)
    return there


def _in_hand(rows: Sequence[Row], hand: int) -> tuple[list[Row], int]:
    """*rows* and the place of the sentence in hand, a new one where that is none yet."""
    there = list(rows)
    place = hand if 0 <= hand < len(there) else len(there)
    return (there if place < len(there) else [*there, Row()]), place


def marked(rows: Iterable[Row], unknown: Iterable[str]) -> list[Row]:
    """*rows*, each naming the numbers in it that nobody has."""
    wrong = set(unknown)
    return [replace(row, wrong=tuple(n for n in row.listed if n in wrong)) for row in rows]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 12 else None
