"""Dates and choices as they stand in an address, read or refused with a sentence."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from consulta.core import calendar
from consulta.core import procedure as known
from consulta.core.calendar import NotADayError, Roll
from consulta.core.rules import Procedure
from consulta.core.timetable import Announcement
from consulta.web.api.door import RefusedError

T = TypeVar("T")
NOT_KNOWN = "unknown"
LONGEST = 100  # characters that a refusal repeats


def procedure(slug: str, *, status: int = 400) -> Procedure:
    """Return the procedure called *slug*. Raises RefusedError, with the slip of a file that has one."""
    try:
        return known.load(slug)
    except known.UnknownProcedureError as error:
        sentence = _("There is no procedure called “%(slug)s”; choose one of: %(slugs)s.")
        told = sentence % {"slug": slug[:LONGEST], "slugs": ", ".join(known.slugs())}
        raise RefusedError("procedure_unknown", told, status=status) from error
    except known.ProcedureFileError as error:
        sentence = _(
            "The file of this procedure has a slip; it can be used when it is mended: %(slip)s."
        )
        told = sentence % {"slip": str(error).rstrip(".")}
        raise RefusedError("procedure_slip", told, status=status) from error


def only(request: HttpRequest, allowed: Iterable[str]) -> None:
    """Refuse a request with a parameter that nobody reads. Raises RefusedError."""
    names = sorted(allowed)
    for name in request.GET:
        if name not in names:
            sentence = _("There is no parameter “%(name)s” here; there is: %(names)s.")
            words = {"name": name[:LONGEST], "names": ", ".join(names)}
            raise RefusedError("parameter_unknown", sentence % words)


def one_of(parameter: str, asked: str, allowed: Iterable[str]) -> None:
    """Refuse a value that there is not; empty asks for nothing. Raises RefusedError."""
    known = list(dict.fromkeys(allowed))
    if asked and asked not in known:
        sentence = _("“%(value)s” is no value of %(parameter)s; write one of: %(values)s.")
        values = ", ".join(known) or "—"
        words = {"value": asked[:LONGEST], "parameter": parameter, "values": values}
        raise RefusedError("value_unknown", sentence % words)


def pairs(parameter: str, given: Sequence[str], read: Callable[[str], T]) -> dict[str, T]:
    """Read NAME=VALUE; each name may be given once. Raises RefusedError."""
    found: dict[str, T] = {}
    for pair in given:
        name, _equals, value = (part.strip() for part in pair.partition("="))
        if not (name and value) or name in found:
            sentence = _("“%(pair)s” cannot be read; write %(parameter)s=NAME=VALUE, a name once.")
            words = {"pair": pair[:LONGEST], "parameter": parameter}
            raise RefusedError("mistyped", sentence % words)
        found[name] = read(value)
    return found


def day(text: str) -> date:
    """Read a day. Raises RefusedError."""
    try:
        return calendar.parse_day(text)
    except NotADayError as error:
        sentence = _(
            "“%(text)s” is not a date; write an existing day as YYYY-MM-DD, between the years "
            "%(first)s and %(last)s."
        )
        years = {"first": str(calendar.FIRST_YEAR), "last": str(calendar.LAST_YEAR)}
        raise RefusedError("not_a_date", sentence % {"text": text[:LONGEST], **years}) from error


def day_or_unknown(text: str) -> date | None:
    """Read a day, or `unknown` for "done or not, nobody knows"."""
    return None if text == NOT_KNOWN else day(text)


def announcement(text: str) -> Announcement:
    """Read DATE@DAY: from DAY on, the date was known to be DATE. Raises RefusedError."""
    known, at, on = text.partition("@")
    if not at:
        sentence = _("“%(text)s” is incomplete; write announced=NAME=DATE@DAY.")
        raise RefusedError("mistyped", sentence % {"text": text[:LONGEST]})
    return Announcement(on=day(on), day=day(known))


def announced(given: Sequence[str]) -> dict[str, tuple[Announcement, ...]]:
    """Read NAME=DATE@DAY; a date may have moved more than once. Raises RefusedError."""
    found: dict[str, tuple[Announcement, ...]] = {}
    for pair in given:
        for name, told in pairs("announced", (pair,), announcement).items():
            found[name] = (*found.get(name, ()), told)
    return found


def out_of_calendar() -> RefusedError:
    """Refuse dates from which a milestone falls outside the years that can be counted."""
    sentence = _(
        "Counted from these dates, a milestone falls outside the years %(first)s to %(last)s; "
        "give dates well inside them."
    )
    years = {"first": str(calendar.FIRST_YEAR), "last": str(calendar.LAST_YEAR)}
    return RefusedError("not_a_date", sentence % years)


def roll(text: str) -> Roll:
    """Read what a deadline does on a weekend. Raises RefusedError."""
    try:
        return Roll(text)
    except ValueError as error:
        sentence = _("“%(text)s” is no policy for weekends; choose one of: %(policies)s.")
        words = {"text": text[:LONGEST], "policies": ", ".join(Roll)}
        raise RefusedError("mistyped", sentence % words) from error


def number(text: str) -> int:
    """Read a number from 1 to 1000. Raises RefusedError."""
    found = int(text) if text.isdecimal() and len(text) <= 4 else 0
    if not 1 <= found <= 1000:
        sentence = _("“%(text)s” is no number that can be counted; write one from 1 to 1000.")
        raise RefusedError("mistyped", sentence % {"text": text[:LONGEST]})
    return found
