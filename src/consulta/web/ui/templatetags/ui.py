"""Tags every template may use: content in its language, dates, names of countries, numbers."""

from collections.abc import Mapping
from datetime import date as Date  # noqa: N812  (the tag is called date)
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_name
from babel.numbers import format_decimal
from django import template
from django.template import Context
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from consulta.core import bidi, quotation
from consulta.web.ui import languages, parts, words

register = template.Library()

#: How a date is written out, by language, without and with the day of the week.
DATES = {
    "ar": ("j F Y", "l، j F Y"),
    "en": ("j F Y", "l, j F Y"),
    "es": (r"j \d\e F \d\e Y", r"l j \d\e F \d\e Y"),
    "fr": ("j F Y", "l j F Y"),
    "ru": ("j E Y г.", "l, j E Y г."),
    "zh": ("Y年n月j日", "Y年n月j日 l"),
}

_LEFT_TO_RIGHT = {"before": '<bdi dir="ltr">', "after": "</bdi>"}


@register.simple_tag
def text(value: object, lang: str = "") -> SafeString:
    """Show *value*, words that somebody wrote in *lang*, escaped, as paragraphs."""
    escaped = linebreaks(bidi.seen(str(value or "")), autoescape=True)
    body = mark_safe(bidi.codes(escaped, **_LEFT_TO_RIGHT))  # noqa: S308  (escaped)
    if not lang:
        return format_html('<div class="prose" dir="auto">{}</div>', body)
    return format_html('<div class="prose"{}>{}</div>', speech(lang), body)


@register.simple_tag
def phrase(value: object, lang: str = "") -> SafeString:
    """Show *value*, a few words in *lang* within a line of the page."""
    said = codes(seen(value))
    return format_html("<bdi{}>{}</bdi>", speech(lang) if lang else "", said)


@register.simple_tag
def longest_quote() -> int:
    """How many characters a field takes that quotes words of an answer."""
    return quotation.LONGEST


@register.filter
def seen(value: object) -> str:
    """Show *value*, words of a stranger, without letting them turn what stands around them."""
    return bidi.seen(str("" if value is None else value))


@register.filter
def codes(value: object) -> SafeString:
    """Keep numbers such as 11-000142 from left to right among words that run the other way."""
    escaped = conditional_escape(str(value) if not isinstance(value, str) else value)
    return mark_safe(bidi.codes(escaped, **_LEFT_TO_RIGHT))  # noqa: S308  (escaped)


@register.filter
def plain_codes(value: object) -> str:
    """Do the same where no element can stand: in a title or an attribute."""
    return bidi.codes(str(value))


@register.simple_tag
def speech(lang: str) -> SafeString:
    """Return the attributes `lang` and `dir` of an element that holds content in *lang*."""
    code = languages.public_code(lang)
    return format_html(' lang="{}" dir="{}"', code, languages.direction(code))


@register.simple_tag
def date(value: Date | datetime | None, weekday: object = False) -> SafeString:
    """Show a day, written out in the page's language; nothing is shown as not known."""
    if value is None:
        return format_html('<span class="unknown">{}</span>', _("Not known"))
    day = value.date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), written(day, weekday))


def written(value: Date | datetime, weekday: object = False) -> str:
    """Write a day out in the current language, with the day of the week if asked."""
    plain, with_day = DATES.get(languages.current(), DATES["en"])
    return date_format(value, with_day if weekday else plain)


@register.simple_tag
def instant(value: datetime | None, zone: str = "UTC", weekday: object = False) -> SafeString:
    """Show an instant as the clock of the named *zone* shows it, and say which zone that is."""
    if value is None:
        return format_html('<span class="unknown">{}</span>', _("Not known"))
    there = timezone.localtime(value, ZoneInfo(zone or "UTC"))
    label = _("%(date)s, %(time)s (%(zone)s)") % {
        "date": written(there, weekday),
        "time": there.strftime("%H:%M"),
        "zone": zone_name(there, zone or "UTC"),
    }
    return format_html(
        '<time datetime="{}" data-own-zone="{}">{}</time>',
        there.isoformat(timespec="seconds"),
        _("in your time zone: {time}"),
        label,
    )


def zone_name(value: datetime, zone: str) -> str:
    """Return a time zone's name in the current language (CLDR), e.g. "Central European Time"."""
    if zone == "UTC":
        return "UTC"
    return str(get_timezone_name(value, width="long", locale=locale()))


def locale() -> Locale:
    """Return the CLDR locale of the current language."""
    code = languages.current()
    return Locale.parse("zh_Hans" if code == "zh" else code)


@register.simple_tag
def country(code: str | None) -> str:
    """Return a country's name in the page's language (CLDR); an unknown code as it is."""
    return str(locale().territories.get((code or "").upper(), code or ""))


@register.simple_tag
def language_name(code: str | None, own: object = False) -> str:
    """Return a language's name in the page's language, or in itself with own=True."""
    spelled = "zh_Hans" if code == "zh" and own else (code or "")
    try:
        named = Locale.parse(spelled) if own else locale()
    except (UnknownLocaleError, ValueError):
        return code or ""
    name = named.get_language_name("zh" if code == "zh" else None) if own else None
    return name or locale().languages.get(code or "", code or "")


@register.simple_tag
def digits(value: float | None) -> str:
    """Group a number's digits as the page's language does."""
    return "" if value is None else format_decimal(value, locale=locale())


@register.simple_tag
def filesize(size: int | None) -> str:
    """Show a size given in bytes, in kB or MB."""
    return "" if size is None else filesizeformat(size)


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """Return this page's query string with *changes*; None or "" takes a parameter away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def state_word(code: object) -> str:
    """Return the word for a state of a response or a consultation."""
    return words.state(code)


@register.filter
def channel_word(code: object) -> str:
    """Return the word for the channel by which a response came."""
    return words.channel(code)


@register.simple_tag
def verdict_word(verdict: Any) -> str:
    """Return a verdict (anything with `status` and `days`) in words."""
    if isinstance(verdict, Mapping):
        return words.verdict(verdict.get("status"), verdict.get("days"))
    return words.verdict(getattr(verdict, "status", None), getattr(verdict, "days", None))


@register.filter
def segments(counts: Mapping[str, Any]) -> list[parts.Segment]:
    """Lay a balance out along its bar."""
    return parts.segments(counts)


@register.filter
def is_instant(value: object) -> bool:
    """Say whether a value has a time of day, not only a day."""
    return isinstance(value, datetime)
