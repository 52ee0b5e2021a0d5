"""Days and instants: counting, rolling off a weekend, and the last second of a day in a zone."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

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


class Roll(StrEnum):
    """What becomes of a date that falls on a weekend: it stays, or moves back or forward."""

    EXACT = "exact"
    BACK = "back"
    FORWARD = "forward"


class NotADayError(ValueError):
    """The text is no day written as YYYY-MM-DD."""


def weekday(day: date) -> Weekday:
    """Name the weekday of *day*."""
    return tuple(Weekday)[day.weekday()]


def is_weekend(day: date) -> bool:
    """Say whether *day* is a Saturday or a Sunday."""
    return day.weekday() >= 5


def shift(day: date, amount: int, unit: Unit) -> date:
    """Count *amount* units from *day*, which itself is not counted; a negative amount counts back.

    A month that is too short ends the count on its last day (31 January + 1 month is the last day
    of February). Days are calendar days: plain subtraction of dates.
    """
    if unit is Unit.MONTHS:
        months = day.year * 12 + day.month - 1 + amount
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day + timedelta(days=amount * (7 if unit is Unit.WEEKS else 1))


def roll(day: date, policy: Roll) -> date:
    """Move *day* off a weekend as the *policy* says: to Friday, to Monday, or not at all."""
    if policy is Roll.EXACT or not is_weekend(day):
        return day
    past_friday = day.weekday() - 4
    return day + timedelta(days=-past_friday if policy is Roll.BACK else 3 - past_friday)


def instant(day: date, hour: time, zone: str) -> datetime:
    """Return the instant of *hour* on *day* in the named *zone*, with the offset of that day."""
    return datetime.combine(day, hour, ZoneInfo(zone))


def parse_day(text: str) -> date:
    """Read a day that a person typed as YYYY-MM-DD, in the digits of any script.

    Raises NotADayError for any other form, for a day that does not exist, and outside the years
    1865 to 2999.
    """
    typed = "".join(map(_ascii_digit, text.translate(_INVISIBLE).strip()))
    if not _ISO_DAY.fullmatch(typed):
        raise NotADayError(text)
    try:
        day = date.fromisoformat(typed)
    except ValueError as error:
        raise NotADayError(text) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotADayError(text)
    return day


def _ascii_digit(character: str) -> str:
    """Return the ASCII form of a decimal digit of any script, any other character as it is."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
