"""Writes iCalendar (RFC 5545, 5546, 7986): what an entry is, and the time zones that its instants need.

Folding, escaping and parameters are the library's. The time zones are ours: the library's begin an hour
late in spring.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText
from icalendar import Event as Entry

from consulta.core import zones
from consulta.core.plaintext import storable

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
Method = Literal["REQUEST", "CANCEL"]
MARGIN = timedelta(days=366)  # before the first and after the last entry, what clocks do is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry. *start* is a day, or an instant shown by the clock of *zone*, which takes no time
    unless there is an *end*; it then comes on so many *days* one after the other.

    *last* is the last day of an entry of several days. *uid* never changes; *sequence* grows when
    the entry does; *changed_at* is when it last did. *conference*: where one takes part from afar.
    """

    uid: str
    start: date | datetime
    summary: str
    description: str
    url: str
    changed_at: datetime
    language: str
    zone: str = "UTC"
    last: date | None = None
    sequence: int = 0
    status: Status = "CONFIRMED"
    place: str = ""
    conference: str = ""
    conference_label: str = ""
    end: datetime | None = None
    days: int = 1


@dataclass(frozen=True, slots=True)
class Party:
    """Who calls to a meeting, or comes to it: a name and an e-mail address."""

    name: str
    address: str


def calendar(events: Iterable[Event], *, name: str, language: str) -> str:
    """Return a whole calendar called *name*, in *language*."""
    listed, made = list(events), Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", "-//Consulta//Consulta//EN")
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", "PUBLISH")
    made.add("NAME", storable(name), parameters={"LANGUAGE": language})
    made.add("X-WR-CALNAME", storable(name))
    made.add("REFRESH-INTERVAL", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for component in (*_timezones(listed), *map(_entry, listed)):
        made.add_component(component)
    written: bytes = made.to_ical(sorted=False)
    return written.decode()


def invitation(event: Event, method: Method, *, organizer: Party, attendee: Party) -> str:
    """Return the one entry as *organizer* puts it into the calendar of *attendee*, who said yes before.

    A second one under the same identity with a higher sequence changes it, CANCEL takes it out
    (RFC 5546, 3.2.2 and 3.2.5).
    """
    made = Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", "-//Consulta//Consulta//EN")
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", method)
    entry = _entry(event)
    del entry["TRANSP"]
    entry.add("TRANSP", "OPAQUE")
    entry.add("ORGANIZER", _party(organizer))
    coming = _party(attendee)
    coming.params["PARTSTAT"], coming.params["RSVP"] = vText("ACCEPTED"), vText("FALSE")
    entry.add("ATTENDEE", coming)
    for component in (*_timezones([event]), entry):
        made.add_component(component)
    written: bytes = made.to_ical(sorted=False)
    return written.decode()


def _party(party: Party) -> vCalAddress:
    """Quotation marks cannot stand in a parameter (RFC 5545, 3.2)."""
    made = vCalAddress(f"mailto:{party.address}")
    made.params["CN"] = vText(storable(party.name).replace('"', "'"))
    return made


def _entry(event: Event) -> Entry:
    made, spoken = Entry(), {"LANGUAGE": event.language}
    made.add("UID", event.uid)
    made.add("DTSTAMP", event.changed_at)
    made.add("LAST-MODIFIED", event.changed_at)
    made.add("SEQUENCE", event.sequence)
    for name, value in _when(event):
        made.add(name, value)
    if event.days > 1:
        made.add("RRULE", {"FREQ": "DAILY", "COUNT": event.days})
    made.add("SUMMARY", storable(event.summary), parameters=spoken)
    made.add("DESCRIPTION", storable(event.description), parameters=spoken)
    made.add("URL", event.url)
    if event.place:
        made.add("LOCATION", storable(event.place))
    if event.conference:
        labelled: Any = {"FEATURE": ["AUDIO", "VIDEO"], "LABEL": event.conference_label, **spoken}
        told: Any = {"VALUE": "URI"} | (labelled if event.conference_label else {})
        made.add("CONFERENCE", event.conference, parameters=told)
    made.add("STATUS", event.status)
    made.add("TRANSP", "TRANSPARENT")
    return made


def _when(event: Event) -> Iterator[tuple[str, date]]:
    """An instant takes no time; days end, as the standard has it, on the day after the last."""
    if isinstance(event.start, datetime):
        yield "DTSTART", event.start.astimezone(ZoneInfo(event.zone))
        if event.end is not None:
            yield "DTEND", event.end.astimezone(ZoneInfo(event.zone))
        return
    yield "DTSTART", event.start
    yield "DTEND", (event.last or event.start) + timedelta(days=1)


def _timezones(events: Iterable[Event]) -> Iterator[Timezone]:
    """Tell what the clock of each zone does around its entries; UTC needs no telling."""
    days: dict[str, list[date]] = {}
    for event in events:
        if isinstance(event.start, datetime) and event.zone != "UTC":
            days.setdefault(event.zone, []).append(event.start.date())
    for zone in sorted(days):
        yield _timezone(zone, min(days[zone]) - MARGIN, max(days[zone]) + MARGIN)


def _timezone(zone: str, first: date, last: date) -> Timezone:
    made, alike = Timezone(), dict[tuple[object, ...], list[zones.Jump]]()
    made.add("TZID", zone)
    for jump in zones.jumps(zone, first, last):
        kind = (jump.before, jump.after, jump.name, jump.is_summer)
        alike.setdefault(kind, []).append(jump)
    for found in alike.values():
        made.add_component(_observance(found))
    return made


def _observance(found: list[zones.Jump]) -> TimezoneDaylight | TimezoneStandard:
    """Tell jumps of one kind. They begin by the clock as it was before (RFC 5545, 3.6.5)."""
    first = found[0]
    made = TimezoneDaylight() if first.is_summer else TimezoneStandard()
    begin = [(jump.at + jump.before).replace(tzinfo=None) for jump in found]
    made.add("DTSTART", begin[0])
    made.add("TZOFFSETFROM", first.before)
    made.add("TZOFFSETTO", first.after)
    made.add("TZNAME", first.name)
    if begin[1:]:
        made.add("RDATE", begin[1:])
    return made
