"""Anchors: a stretch of a public text as a stretch of the text that arrived, and back.

The text that arrived never changes; what is left out of it may change any day. Whoever keeps a place in
the first keeps it for good, and never needs to keep the words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consulta.core.redaction import OMISSION

Spans = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch that is kept, or left out: where it stands in the public text and where it came from."""

    public: int
    public_end: int
    start: int
    end: int
    is_left_out: bool


def to_arrived(start: int, end: int, *, length: int, left_out: Spans) -> tuple[int, int]:
    """The stretch of the text that arrived (*length* code points) behind one of the public text.

    A stretch that touches an omission takes in all that was left out there.
    """
    first = last = None
    for run in _runs(length, left_out):
        if first is None and start < run.public_end:
            first = run.start if run.is_left_out else run.start + start - run.public
        if end <= run.public_end:
            last = run.end if run.is_left_out else run.start + end - run.public
            break
    return first if first is not None else length, last if last is not None else length


def to_public(start: int, end: int, *, length: int, left_out: Spans) -> tuple[int, int] | None:
    """Where a stretch of the text that arrived stands in the public text; None where no word is left."""
    first = last = None
    for run in _runs(length, left_out):
        if run.is_left_out or run.end <= start or run.start >= end:
            continue
        if first is None:
            first = run.public + max(start - run.start, 0)
        last = run.public + min(end, run.end) - run.start
    return None if first is None or last is None else (first, last)


def _runs(length: int, left_out: Spans) -> Iterator[_Run]:
    """The stretches in order, exactly as :func:`consulta.core.redaction.apply` puts them together."""
    place = done = 0
    for start, end in sorted(left_out):
        if end <= done:
            continue
        if start > done:
            yield _Run(place, place + start - done, done, start, is_left_out=False)
            place += start - done
        mark = len(OMISSION) if start >= done else 0
        yield _Run(place, place + mark, max(start, done), end, is_left_out=True)
        place, done = place + mark, end
    if done < length:
        yield _Run(place, place + length - done, done, length, is_left_out=False)
