"""The seat of a body: the place whose weekends and public holidays are no working days.

The library of public holidays is imported only when a seat with a country is asked.
"""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from consulta.core.calendar import is_weekend


class UnknownSeatError(ValueError):
    """No public holidays are known for this place. *allowed*: the places that are known."""

    def __init__(self, place: str, allowed: tuple[str, ...]) -> None:
        super().__init__(place)
        self.place, self.allowed = place, allowed


@dataclass(frozen=True, slots=True)
class Seat:
    """A country (ISO 3166-1, e.g. ``CH``) and a part of it (ISO 3166-2, e.g. ``GE``).

    Without a country only weekends are off.
    """

    country: str = ""
    subdivision: str = ""

    def is_off(self, day: date) -> bool:
        """Say whether *day* is on a weekend or a public holiday of the seat."""
        return is_weekend(day) or bool(self.holiday(day))

    def holiday(self, day: date) -> str:
        """Name the public holiday on *day*, in the words of the list; empty where there is none."""
        return _holidays(self.country, self.subdivision, day.year).get(day, "")


def check(seat: Seat) -> None:
    """Raise UnknownSeatError for a country or a part of it whose holidays nobody lists."""
    if not (seat.country or seat.subdivision):
        return
    places = _places()
    if seat.country not in places:
        raise UnknownSeatError(seat.country, tuple(sorted(places)))
    if seat.subdivision and seat.subdivision not in places[seat.country]:
        raise UnknownSeatError(seat.subdivision, tuple(places[seat.country]))


@cache
def _places() -> Mapping[str, list[str]]:
    """Return the countries by their two letters, each with its parts."""
    library = importlib.import_module("holidays")
    known = cast(Mapping[str, list[str]], library.list_supported_countries())
    return {country: parts for country, parts in known.items() if len(country) == 2}


@cache
def _holidays(country: str, subdivision: str, year: int) -> Mapping[date, str]:
    if not country:
        return {}
    library = importlib.import_module("holidays")
    found = library.country_holidays(country, subdiv=subdivision or None, years=year)
    return dict(found.items())
