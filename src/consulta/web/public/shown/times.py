"""What clocks elsewhere show at a deadline: in UTC, and in a country that the reader chose by `?country=`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.core import get_global
from babel.dates import get_timezone_location
from django.http import Http404, HttpRequest

from consulta.core import zones
from consulta.web.public.respond import asked
from consulta.web.ui.templatetags.ui import locale

#: How many places are named of those whose clocks show the same.
PLACES = 4
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Time:
    """The clock of *zone* shows *at*; *places* are where it does, none for a zone that says it itself."""

    at: datetime
    zone: str
    places: Sequence[str] = ()
    more: int = 0


def chosen(request: HttpRequest) -> str:
    """Return the country whose clocks the reader asked for, none is "". Raises Http404 for no country.

    Only countries are answered, so that no more pages are kept than there are countries.
    """
    code = request.GET.get("country", "")
    if code and code not in dict(countries()):
        raise Http404
    return code


def countries() -> Choices:
    """Return the countries whose zones are known, by their names in the page's language."""
    known = _zones()
    return [(code, name) for code, name in asked.countries() if code in known]


def elsewhere(at: datetime | None, zone: str, country: str = "") -> list[Time]:
    """Return what clocks show at the instant *at*: in UTC, unless *zone* is that, and in *country*."""
    if at is None:
        return []
    found = [] if zone == "UTC" else [Time(at, "UTC")]
    return found + (in_country(at, country) if country else [])


def in_country(at: datetime, country: str) -> list[Time]:
    """Return what the clocks of *country* show at the instant *at*, from west to east, each time once."""
    there = zones.at_places(at, _zones()[country])
    return [_time(shown, name_places=len(there) > 1) for shown in there]


def _time(shown: zones.There, *, name_places: bool) -> Time:
    """Show one time; a zone whose time has a name, and one of a whole region, comes first."""
    with_name = get_global("meta_zones")
    named = sorted(shown.zones, key=lambda zone: (zone not in with_name, zone.count("/"), zone))
    if not name_places:
        return Time(shown.at, named[0])
    places = [get_timezone_location(z, locale=locale(), return_city=True) for z in named]
    return Time(shown.at, named[0], places[:PLACES], max(0, len(places) - PLACES))


def _zones() -> dict[str, list[str]]:
    """The zones of each country (CLDR), by its code of two letters."""
    return {code: named for code, named in get_global("territory_zones").items() if code.isalpha()}
