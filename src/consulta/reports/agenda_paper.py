"""The agenda of a meeting as a paper: PDF, DOCX or HTML, in one language, for whoever has the agenda."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_time
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from consulta.core import addresses
from consulta.core.fingerprint import canonical
from consulta.core.languages import django_code
from consulta.core.multilingual import choose
from consulta.core.paper import Block, Origin, Paper, PaperKind, Paragraph, Row, Span, Words
from consulta.groups import queries as groups
from consulta.meetings import agenda_queries, queries, slots, wording
from consulta.meetings.agenda_queries import Listed
from consulta.meetings.models import AgendaItem, Meeting
from consulta.reports import words
from consulta.reports.printing import as_words
from consulta.reports.renderers.render import Format

FORMATS: tuple[Format, ...] = ("pdf", "docx", "html")


def draw_up(
    meeting: Meeting, *, language: str, at: datetime, number: str = "", member: bool = False
) -> Paper:
    """Draw up the agenda as it stands; *number*: of the document; *member*: with what members alone have."""
    with translation.override(django_code(language)):
        name = wording.name(meeting, language)
        stem = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in number)
        return Paper(
            kind=PaperKind.GROUP_REPORT,
            language=language,
            title=gettext("Agenda"),
            subtitle=name.text,
            stem=stem.strip("-") or f"{meeting.slug}-agenda-{language}",
            dated=at.date().isoformat(),
            running=" · ".join(filter(None, (number, gettext("Agenda")))),
            labels=words.labels(),
            header=_header(meeting, language, at, number),
            note=_note(meeting),
            blocks=tuple(_blocks(_listed(meeting, member=member), language)),
            contents=False,
            origin=_origin(meeting, language, at, number),
        )


def sha256(meeting: Meeting, *, member: bool = False) -> str:
    """Return the hash of what the agenda says in all languages: its words, times and documents."""
    told = [
        {
            "number": row.item.number,
            "titles": row.item.titles,
            "purpose": row.item.purpose,
            "presenter": row.item.presenter,
            "begins_at": row.item.begins_at.isoformat() if row.item.begins_at else None,
            "length": row.item.length,
            "documents": [document.base_number for document in row.documents],
        }
        for row in _listed(meeting, member=member)
    ]
    return hashlib.sha256(canonical({"items": told})).hexdigest()


def _listed(meeting: Meeting, *, member: bool) -> Sequence[Listed]:
    shown = queries.for_members(meeting)
    if not member:
        shown = [one for one in shown if one.audience in ("public", "listed")]
    return agenda_queries.shown(meeting, shown, member=member)


def _header(meeting: Meeting, language: str, at: datetime, number: str) -> tuple[Row, ...]:
    body = meeting.group.body if meeting.group else groups.body()
    address = settings.BASE_URL + addresses.meeting(meeting.slug, language=language)
    rows = [
        (gettext("Body"), as_words(groups.name(body, language)) if body else None),
        (
            gettext("Group"),
            as_words(groups.name(meeting.group, language)) if meeting.group else None,
        ),
        (gettext("Document"), Words(number, "en") if number else None),
        (gettext("Place and dates"), Words(_where(meeting))),
        (gettext("Date"), Words(words.date_in_words(slots.local(meeting, at).date()))),
        (gettext("Permanent address"), Words(address, "en")),
    ]
    return tuple(Row(label, value) for label, value in rows if value is not None and value.text)


def _where(meeting: Meeting) -> str:
    if meeting.starts_on is None:
        return meeting.place
    days = words.date_in_words(meeting.starts_on)
    if meeting.ends_on is not None and meeting.ends_on != meeting.starts_on:
        last = words.date_in_words(meeting.ends_on)
        days = gettext("%(first)s to %(last)s") % {"first": days, "last": last}
    if not meeting.place:
        return days
    return gettext("%(place)s, %(days)s") % {"place": meeting.place, "days": days}


def _blocks(listed: Sequence[Listed], language: str) -> list[Block]:
    found: list[Block] = []
    for row in listed:
        depth = row.item.number.count(".")
        title = choose(row.item.titles, language)
        said = f" ({_said(row.item, language)})"
        spans = (Span(title.text, title.language), Span(said))
        found.append(Paragraph(spans, row.item.number, depth))
        found += [
            Paragraph((Span(one.number, "en"), *_called(one.titles, language)), "–", depth + 1)
            for one in row.documents
        ]
    return found


def _called(titles: object, language: str) -> tuple[Span, ...]:
    title = choose(titles if isinstance(titles, dict) else {}, language)
    return (Span(" – "), Span(title.text, title.language)) if title.text else ()


def _said(item: AgendaItem, language: str) -> str:
    """When, for how long, what for, by whom."""
    told = [str(item.get_purpose_display())]
    if item.begins_at is not None and item.length:
        long = ngettext("%(count)s minute", "%(count)s minutes", item.length)
        told = [_when(item, language), long % {"count": words.number(item.length)}, *told]
    return " · ".join([*told, item.presenter] if item.presenter else told)


def _when(item: AgendaItem, language: str) -> str:
    assert item.begins_at is not None  # noqa: S101  (asked for before)
    zone = ZoneInfo(slots.zone(item.meeting))
    there = item.begins_at.astimezone(zone)
    at = format_time(there, "HH:mm", locale="zh_Hans" if language == "zh" else language)
    said = {"day": words.date_in_words(there.date()), "time": at, "zone": str(zone)}
    return gettext("%(day)s, %(time)s (%(zone)s)") % said


def _note(meeting: Meeting) -> str:
    if meeting.group and meeting.group.is_sample:
        return gettext("Sample: no real group. Its members and texts are made up.")
    return ""


def _origin(meeting: Meeting, language: str, at: datetime, number: str) -> Origin:
    body = meeting.group.body if meeting.group else groups.body()
    return Origin(
        jurisdiction=settings.JURISDICTION,
        body=body.slug if body else "",
        body_name=groups.name(body, language).text if body else "",
        dated=at.date().isoformat(),
        document=number,
        address=settings.BASE_URL + addresses.meeting(meeting.slug, language=language),
    )
