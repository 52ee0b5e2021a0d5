"""What clocks elsewhere show at a deadline: in UTC, and in a country that the reader chose by `?country=`."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import get_timezone_location
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from consulta.core import zones
from consulta.web.public.respond import asked
from consulta.web.ui.templatetags.ui import locale, written, zone_name

#: How many places are named of those whose clocks show the same.
PLACES = 4
#: What stands between things in a line, where it is no comma and space.
COMMAS = {"ar": "، ", "zh": "、"}
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Time:
    """What clocks show at the instant *at*, in words; *places* where they do, and how many *more*.

    No places are named where a country has one time.
    """

    at: datetime
    words: str
    places: str = ""
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
    found = [] if zone == "UTC" else [Time(at, words(at, "UTC"))]
    return found + (in_country(at, country) if country else [])


def in_country(at: datetime, country: str) -> list[Time]:
    """Return what the clocks of *country* show at the instant *at*, from west to east, each time once."""
    there = zones.at_places(at, _zones()[country])
    return [_time(shown, name_places=len(there) > 1) for shown in there]


def _time(shown: zones.There, *, name_places: bool) -> Time:
    """Show one time; places of a whole region are named, those of a county (America/Indiana/…) counted."""
    with_name = get_global("meta_zones")
    named = sorted(shown.zones, key=lambda zone: (zone not in with_name, zone.count("/"), zone))
    if not name_places:
        return Time(shown.at, words(shown.at, named[0]))
    regions = [zone for zone in named if zone.count("/") == 1] or named
    places = [_place(zone) for zone in regions[:PLACES]]
    more = len(named) - len(places)
    return Time(shown.at, words(shown.at, named[0]), _list(places), more)


def _place(zone: str) -> str:
    return str(get_timezone_location(zone, locale=locale(), return_city=True))


def _list(places: list[str]) -> str:
    """Without the word "and": more may follow."""
    return COMMAS.get(locale().language, ", ").join(places)


def words(at: datetime, zone: str) -> str:
    """Write the instant *at* as the clock of *zone* shows it, in the page's language."""
    there = at.astimezone(UTC if zone == "UTC" else ZoneInfo(zone))
    return _("%(date)s, %(time)s (%(zone)s)") % {
        "date": written(there),
        "time": f"{there:%H:%M}",
        "zone": zone_name(there, zone),
    }


def _zones() -> dict[str, list[str]]:
    """The zones of each country (CLDR), by its code of two letters."""
    return {code: named for code, named in get_global("territory_zones").items() if code.isalpha()}
