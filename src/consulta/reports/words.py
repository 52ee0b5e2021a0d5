"""The words that stand in a report, in the language that is active when they are asked for."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language, gettext, pgettext

from consulta.core.languages import public_code
from consulta.core.lifecycle import State
from consulta.core.paper import Labels
from consulta.responses.models import Response


def labels() -> Labels:
    """The fixed words of a layout."""
    return Labels(
        contents=gettext("Contents"),
        page=gettext("Page {page} of {pages}"),
        number=gettext("Number"),
        respondent=gettext("Respondent"),
        responses=gettext("Responses"),
        attachments=gettext("Attachments"),
        file_name=gettext("File"),
        file_size=gettext("Size"),
        checksum="SHA-256",
        no_text=gettext("No text"),
        nothing=gettext("None"),
        replacements=gettext("Characters that could not be printed as they were sent"),
        replacements_note=_replacements_note(),
        character=gettext("Character"),
        times=gettext("Times"),
        volume=gettext("Volume {volume} of {volumes}"),
        volumes=gettext("Volumes"),
        continued=gettext("{title} (continued)"),
        what_was_done=gettext("What was done"),
        by_number=gettext("Shown as its Unicode number"),
        left_out=gettext("Left out: it shows nothing and can mislead"),
        made_breakable=gettext("A long word: may break at the end of a line"),
        shortened=gettext("Shortened"),
        own_words=gettext("in this document, under “{title}”"),
        first_page=gettext("on the first page"),
        as_data=gettext("Text and figures of this document as data (JSON)"),
    )


def _replacements_note() -> str:
    return gettext(
        "This list says which characters and words could not be printed as they were sent, what "
        "was done to them, and in which responses they stand. The page of each response has the "
        "words as they came."
    )


def country(code: str) -> str:
    """The name of a country (CLDR), or that it is not shown."""
    if not code:
        return gettext("Not shown")
    return str(_locale().territories.get(code, code))


def language(code: str) -> str:
    """The name of a language (CLDR)."""
    return str(_locale().languages.get(code, code))


def number(value: int) -> str:
    """A number, grouped as the language groups."""
    return format_decimal(value, locale=_locale())


def percent(part: float) -> str:
    """A part of the whole in hundredths; only the whole itself is 100 %."""
    hundredths = 1.0 if part >= 1 else min(part, 0.99)
    return format_percent(hundredths, locale=_locale())


def listed(items: Sequence[str]) -> str:
    """Several things in one line, joined as the language joins them."""
    return format_list(items, style="standard", locale=_locale())


def instant(at: datetime | None, zone: str) -> str:
    """Date, time and zone in words."""
    if at is None:
        return gettext("Not known")
    local = at.astimezone(ZoneInfo(zone))
    values = {
        "day": format_date(local.date(), "long", locale=_dates()),
        "time": format_time(local.time(), "HH:mm:ss", locale=_dates()),
        "zone": zone,
    }
    return gettext("%(day)s, %(time)s (%(zone)s)") % values


def day(at: datetime, zone: str) -> str:
    """A date in words."""
    return date_in_words(at.astimezone(ZoneInfo(zone)).date())


def local_day(at: datetime, zone: str) -> date:
    """The calendar day of an instant in *zone*."""
    return at.astimezone(ZoneInfo(zone)).date()


def date_in_words(value: date) -> str:
    """A calendar day in words."""
    return format_date(value, "long", locale=_dates())


def filesize(size: int) -> str:
    """A size in bytes as people read it."""
    if size < 1_000_000:
        kilobytes = format_decimal(max(1, round(size / 1000)), locale=_locale())
        return gettext("%(size)s kB") % {"size": kilobytes}
    megabytes = format_decimal(round(size / 1_000_000, 1), locale=_locale())
    return gettext("%(size)s MB") % {"size": megabytes}


def channel(code: str) -> str:
    """How a response came."""
    return {
        "web": pgettext("channel of a response", "Web form"),
        "email": pgettext("channel of a response", "E-mail"),
        "api": pgettext("channel of a response", "API"),
        "desk": pgettext("channel of a response", "Entered at the desk"),
        "import": pgettext("channel of a response", "Imported"),
        "reflector": pgettext("channel of a response", "Discussion list"),
    }.get(code, code)


def state(code: str) -> str:
    """What became of a response."""
    return {
        "received": pgettext("state of a response", "Received"),
        "held": pgettext("state of a response", "Held"),
        "accepted": pgettext("state of a response", "Accepted"),
        "declined": pgettext("state of a response", "Declined"),
        "published": pgettext("state of a response", "Published"),
        "withdrawn": pgettext("state of a response", "Withdrawn by the respondent"),
        "removed": pgettext("state of a response", "Removed by the institution"),
        "set_aside": pgettext("state of a response", "Set aside: it is no response"),
    }[code]


def name(response: Response) -> str:
    """Whose name stands on a published response, or why none does; none once it was taken down."""
    if response.state != State.PUBLISHED:
        return gettext("Name withheld")
    if response.public_name:
        return response.public_name
    if not response.respondent.confirmed:
        return gettext("Sender not confirmed, name withheld")
    if response.respondent.mandate_needed:
        return gettext("Mandate not confirmed, name withheld")
    return gettext("Name withheld")


def _dates() -> Locale:
    """English dates as international bodies write them: 21 November 2026."""
    found = _locale()
    return Locale.parse("en_GB") if found.language == "en" else found


def _locale() -> Locale:
    return Locale.parse(public_code(get_language() or "en"))
