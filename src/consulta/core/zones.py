"""Time zones: when a zone's clock jumps, and which clocks one instant shows at several places."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Jump:
    """At the instant *at* a zone's clock goes from *before* to *after* (offsets from UTC).

    *name* is what the time is called from then on, *is_summer* whether it is summer time.
    """

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


@dataclass(frozen=True, slots=True)
class There:
    """What the clocks of *zones* show at one instant: all the same, *at*."""

    at: datetime
    zones: tuple[str, ...]


def jumps(zone: str, first: date, last: date) -> Iterator[Jump]:
    """Yield what the clock of *zone* does from the day *first* to the day *last*, by the tz database.

    The first one says, as if it jumped from nothing to nothing, which time it is to begin with.
    """
    there = ZoneInfo(zone)
    at, end = (datetime.combine(day, time.min, UTC) for day in (first, last + _DAY))
    yield _jump(at, there, before=_offset(at, there))
    while at < end:
        if _offset(at, there) != _offset(at + _DAY, there):
            yield _jump(_exactly(at, there), there, before=_offset(at, there))
        at += _DAY


def at_places(instant: datetime, zones: Iterable[str]) -> list[There]:
    """Put together the *zones* whose clocks show the same at *instant*, from west to east."""
    found: dict[timedelta, list[str]] = {}
    for zone in zones:
        found.setdefault(_offset(instant, ZoneInfo(zone)), []).append(zone)
    return [
        There(instant.astimezone(ZoneInfo(found[offset][0])), tuple(found[offset]))
        for offset in sorted(found)
    ]


def _offset(at: datetime, there: ZoneInfo) -> timedelta:
    return at.astimezone(there).utcoffset() or timedelta()


def _exactly(low: datetime, there: ZoneInfo) -> datetime:
    """Halve the day after *low* until the second is found at which the offset is another."""
    high, old = low + _DAY, _offset(low, there)
    while high - low > _SECOND:
        middle = low + ((high - low) // 2) // _SECOND * _SECOND
        low, high = (middle, high) if _offset(middle, there) == old else (low, middle)
    return high


def _jump(at: datetime, there: ZoneInfo, *, before: timedelta) -> Jump:
    local = at.astimezone(there)
    return Jump(at, before, _offset(at, there), local.tzname() or "", bool(local.dst()))
