"""The lines of the inbox: every kind merged, the oldest first, page by page; and how many of each."""

import heapq
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Count, Q
from django.utils.dateparse import parse_datetime

from consulta.consultations.models import Consultation
from consulta.flow.inbox.scope import Scope
from consulta.flow.inbox.sources import OF_RESPONSES, SOURCES, Rows, Source

PAGE = 50
_CODE = re.compile(r'"([\w-]+)"')
_ORDER = {kind: place for place, kind in enumerate(SOURCES)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: of one kind, channel, consultation (its number), reason; empty for all."""

    kind: str = ""
    channel: str = ""
    consultation: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits. *row*: the response, letter, post, mail or practice itself."""

    kind: str
    since: datetime
    place: int | None
    channel: str
    reasons: tuple[str, ...]
    row: Any

    @property
    def key(self) -> str:
        """What a form sends for this line: its kind and its row's id."""
        return f"{self.kind}:{self.row.pk}"


@dataclass(frozen=True, slots=True)
class Pile:
    """How many lines of one kind, consultation and channel wait for the same reasons."""

    kind: str
    place: int | None
    channel: str
    reasons: tuple[str, ...]
    count: int


#: No filter at all.
EVERYTHING = Wanted()


def page(
    scope: Scope, wanted: Wanted = EVERYTHING, *, after: str = "", size: int = PAGE
) -> tuple[list[Line], str]:
    """The lines of one page, the oldest first, and the cursor of the next (empty: there is none).

    One query for each kind, whatever the number of lines. A cursor that is none is the beginning.
    """
    begin = _read(after)
    sources = [source for source in SOURCES.values() if wanted.kind in ("", source.kind)]
    found = [_first(source, scope, wanted, begin=begin, size=size) for source in sources]
    lines = list(islice(heapq.merge(*found, key=_place), size + 1))
    return lines[:size], _write(lines[size - 1]) if len(lines) > size else ""


def piles(scope: Scope) -> list[Pile]:
    """How many lines there are of what, for the counts and the filters. One query for each kind."""
    return [pile for source in SOURCES.values() for pile in _piles(source, scope)]


def total(scope: Scope) -> int:
    """How many lines wait, of every kind. One query."""
    first, *others = (
        source.rows(scope).order_by().values_list("pk") for source in SOURCES.values()
    )
    return first.union(*others, all=True).count()


def chosen(scope: Scope, keys: Iterable[str]) -> list[Line]:
    """The lines that a form named and that still wait, the oldest first; one query for each kind."""
    wanted: dict[str, set[int]] = {}
    for kind, _colon, pk in (key.partition(":") for key in keys):
        if kind in SOURCES and pk.isdecimal() and len(pk) < 16:
            wanted.setdefault(kind, set()).add(int(pk))
    rows = (
        (SOURCES[kind], SOURCES[kind].whole(scope).filter(pk__in=pks))
        for kind, pks in wanted.items()
    )
    return sorted((_line(source.kind, row) for source, found in rows for row in found), key=_place)


def consultations(piles: Iterable[Pile]) -> dict[int, Consultation]:
    """The consultations that lines name, by id, with their texts. Two queries."""
    wanted = {pile.place for pile in piles if pile.place is not None}
    return Consultation.objects.prefetch_related("texts").in_bulk(wanted)


def consultations_of(lines: Iterable[Line]) -> dict[int, Consultation]:
    """The consultations of some lines, as :func:`consultations` gives them."""
    wanted = {line.place for line in lines if line.place is not None}
    return Consultation.objects.prefetch_related("texts").in_bulk(wanted)


def procedures(lines: Iterable[Line]) -> set[str]:
    """The procedures under which the responses of *lines* are decided. One query."""
    rows = Consultation.objects.filter(pk__in={line.place for line in lines})
    return set(rows.values_list("procedure", flat=True))


def _piles(source: Source, scope: Scope) -> Iterator[Pile]:
    rows = source.rows(scope).order_by().values_list("place", "way", "why")
    for place, way, why, count in rows.annotate(count=Count("pk")):
        yield Pile(source.kind, place, way, _codes(why), count)


def _first(
    source: Source,
    scope: Scope,
    wanted: Wanted,
    *,
    begin: tuple[datetime, int, int] | None,
    size: int,
) -> Sequence[Line]:
    """The first lines of one kind after *begin*, one more than a page."""
    rows = _filtered(source.whole(scope), wanted)
    if begin is not None:
        since, order, pk = begin
        here = _ORDER[source.kind]
        same = Q(since=since, pk__gt=pk) if here == order else Q(since=since)
        rows = rows.filter(Q(since__gt=since) | same if here >= order else Q(since__gt=since))
    return [_line(source.kind, row) for row in rows.order_by("since", "pk")[: size + 1]]


def _filtered(rows: Rows, wanted: Wanted) -> Rows:
    if wanted.channel:
        rows = rows.filter(way=wanted.channel)
    if wanted.consultation:
        number = int(wanted.consultation)
        rows = rows.filter(place__in=Consultation.objects.filter(number=number).values("pk"))
    return rows.filter(why__contains=f'"{wanted.reason}"') if wanted.reason else rows


def _line(kind: str, row: Any) -> Line:
    return Line(kind, row.since, row.place, row.way, _codes(row.why), row)


def _codes(why: str | None) -> tuple[str, ...]:
    return tuple(_CODE.findall(why or ""))


def _place(line: Line) -> tuple[datetime, int, int]:
    return line.since, _ORDER[line.kind], line.row.pk


def _write(line: Line) -> str:
    since, order, pk = _place(line)
    return f"{since.isoformat()}_{order}_{pk}"


def _read(cursor: str) -> tuple[datetime, int, int] | None:
    instant, _, rest = cursor.partition("_")
    order, _, pk = rest.partition("_")
    try:
        since = parse_datetime(instant)
    except ValueError:
        return None
    if since is None or since.tzinfo is None or not (order.isdecimal() and pk.isdecimal()):
        return None
    return since, int(order), int(pk)


def response_of(line: Line) -> Any:
    """The response of a line, where its row is one; else None."""
    return line.row if line.kind in OF_RESPONSES else None
