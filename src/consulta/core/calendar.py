"""Days and instants: counting, rolling off a weekend, and the last second of a day in a zone."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

#: So many instants are remembered: the pages of a year ask for the same ones again.
INSTANTS = 4096
#: Says of a day whether nobody works on it.
IsOff = Callable[[date], bool]

_ISO_HOUR = re.compile(r"\d{2}:\d{2}(:\d{2})?", re.ASCII)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069\ufeff"))

#: The years in which a rule can be counted; outside them a date is a slip of the keyboard.
FIRST_YEAR, LAST_YEAR = 1865, 2999


class Weekday(StrEnum):
    """The days of the week, Monday first as in ISO 8601."""

    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"
    SUNDAY = "Sunday"


class Unit(StrEnum):
    """In what a rule counts."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    WORKING_DAYS = "working_days"


class Roll(StrEnum):
    """What becomes of a date that falls on a weekend: it stays, or moves back or forward."""

    EXACT = "exact"
    BACK = "back"
    FORWARD = "forward"


class RollOff(StrEnum):
    """Off which days a date rolls: weekends alone, or the public holidays of the seat too."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class ClockChange(StrEnum):
    """What a change of the clocks does to an hour: it does not exist, or comes twice."""

    SKIPPED = "skipped"
    REPEATED = "repeated"


class NotADayError(ValueError):
    """The text is no day written as YYYY-MM-DD."""


class NotAnHourError(ValueError):
    """The text is no time of day written as HH:MM or HH:MM:SS."""


class OutOfCalendarError(ValueError):
    """A day lies outside the years in which a rule can be counted, 1865 to 2999."""


class UnknownZoneError(ValueError):
    """There is no time zone of this name in the tz database."""


def weekday(day: date) -> Weekday:
    """Name the weekday of *day*."""
    return tuple(Weekday)[day.weekday()]


def is_weekend(day: date) -> bool:
    """Say whether *day* is a Saturday or a Sunday."""
    return day.weekday() >= 5


def shift(day: date, amount: int, unit: Unit, *, is_off: IsOff = is_weekend) -> date:
    """Count *amount* units from *day*, which itself is not counted; a negative amount counts back.

    A month that is too short ends the count on its last day (31 January + 1 month is the last day
    of February). Days are calendar days: plain subtraction of dates. Working days are those that
    are not off. Raises OutOfCalendarError for a count that ends outside the years 1865 to 2999.
    """
    match unit:
        case Unit.MONTHS:
            return _months_later(day, amount)
        case Unit.WORKING_DAYS:
            return _working_days_later(day, amount, is_off)
    return _days_later(day, amount * (7 if unit is Unit.WEEKS else 1))


def roll(day: date, policy: Roll, *, is_off: IsOff = is_weekend) -> date:
    """Move *day* to the working day before or after, as the *policy* says, or not at all."""
    if policy is Roll.EXACT:
        return day
    while is_off(day):
        day = _days_later(day, -1 if policy is Roll.BACK else 1)
    return day


def zone_named(name: str) -> ZoneInfo:
    """Return the time zone called *name*, e.g. ``Europe/Zurich``. Raises UnknownZoneError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZoneError(name) from error


@lru_cache(maxsize=INSTANTS)
def instant(day: date, hour: time, zone: str) -> datetime:
    """Return the instant of *hour* on *day* in the named *zone*, with the offset of that day.

    An hour that the clocks skip is the first instant after the gap; one that comes twice is the
    later, since a last day is included until its end. `clock_change` says which it was.
    Raises UnknownZoneError.
    """
    at = datetime.combine(day, hour, zone_named(zone))
    match clock_change(day, hour, zone):
        case ClockChange.SKIPPED:
            return _first_after_gap(at)
        case ClockChange.REPEATED:
            return at.replace(fold=1)
    return at


@lru_cache(maxsize=INSTANTS)
def clock_change(day: date, hour: time, zone: str) -> ClockChange | None:
    """Say whether a change of the clocks skips or repeats *hour* on *day*; None: neither.

    Raises UnknownZoneError.
    """
    at = datetime.combine(day, hour, zone_named(zone))
    first, second = _offset(at, fold=0), _offset(at, fold=1)
    if first == second:
        return None
    return ClockChange.SKIPPED if first < second else ClockChange.REPEATED


def parse_day(text: str) -> date:
    """Read a day that a person typed as YYYY-MM-DD, in the digits of any script.

    Raises NotADayError for any other form, for a day that does not exist, and outside the years
    1865 to 2999.
    """
    typed = "".join(map(_ascii_digit, text.translate(_INVISIBLE).strip()))
    if not _ISO_DAY.fullmatch(typed):
        raise NotADayError(text)
    try:
        return checked(date.fromisoformat(typed))
    except ValueError as error:
        raise NotADayError(text) from error


def parse_hour(text: str) -> time:
    """Read a time of day written as HH:MM or HH:MM:SS. Raises NotAnHourError."""
    try:
        if _ISO_HOUR.fullmatch(text):
            return time.fromisoformat(text)
    except ValueError as error:
        raise NotAnHourError(text) from error
    raise NotAnHourError(text)


def checked(day: date) -> date:
    """Return *day*. Raises OutOfCalendarError outside the years 1865 to 2999."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise OutOfCalendarError(day.isoformat())
    return day


def _days_later(day: date, days: int) -> date:
    try:
        return checked(day + timedelta(days=days))
    except OverflowError as error:
        raise OutOfCalendarError(f"{day} {days:+} days") from error


def _months_later(day: date, amount: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutOfCalendarError(f"{day} {amount:+} months")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _working_days_later(day: date, amount: int, is_off: IsOff) -> date:
    left = abs(amount)
    while left:
        day = _days_later(day, 1 if amount > 0 else -1)
        left -= not is_off(day)
    return day


def _offset(at: datetime, *, fold: int) -> timedelta:
    return at.replace(fold=fold).utcoffset() or timedelta()


def _first_after_gap(at: datetime) -> datetime:
    """Find the instant of the change itself, to the second, between the two readings of *at*."""
    wall = at.replace(tzinfo=UTC)
    before, after = wall - _offset(at, fold=1), wall - _offset(at, fold=0)
    old = before.astimezone(at.tzinfo).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(at.tzinfo).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.astimezone(at.tzinfo)


def _ascii_digit(character: str) -> str:
    """Return the ASCII form of a decimal digit of any script, any other character as it is."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
