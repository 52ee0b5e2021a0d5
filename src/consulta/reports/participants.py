"""The list of participants of a meeting as a paper: PDF, DOCX or HTML, in one language."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from consulta.core.languages import django_code
from consulta.core.paper import Block, Origin, Paper, PaperKind, Paragraph, Row, Span, Table, Words
from consulta.groups import queries as groups
from consulta.live import participation, registration_days, registration_queries
from consulta.live import registration_letters as told
from consulta.live.models import Registration
from consulta.meetings import wording
from consulta.meetings.models import Meeting
from consulta.reports import words
from consulta.reports.renderers.render import Format, RenderedFile, render
from consulta.stakeholders import queries as stakeholders

FORMATS: tuple[Format, ...] = ("pdf", "docx", "html")


def file(meeting: Meeting, *, language: str, format: Format, at: datetime) -> RenderedFile:  # noqa: A002
    """Return the list of *meeting* as a file. Raises LayoutFailedError."""
    return render(draw_up(meeting, language=language, at=at), format)[0]


def draw_up(meeting: Meeting, *, language: str, at: datetime) -> Paper:
    """Draw up who takes part in *meeting*, as it stands at the instant *at*: whoever is to be named."""
    with translation.override(django_code(language)):
        rows, unnamed = registration_queries.listed(meeting)
        return Paper(
            kind=PaperKind.GROUP_REPORT,
            language=language,
            title=gettext("List of participants"),
            subtitle=wording.name(meeting, language).text,
            stem=f"{meeting.slug}-participants-{language}",
            dated=at.date().isoformat(),
            running=gettext("List of participants"),
            labels=words.labels(),
            header=_header(meeting, language, at),
            note=_note(meeting),
            blocks=tuple(_blocks(meeting, rows, unnamed, language)),
            contents=False,
            origin=_origin(meeting, language, at),
        )


def _header(meeting: Meeting, language: str, at: datetime) -> tuple[Row, ...]:
    body = meeting.group.body if meeting.group else groups.body()
    there = at.astimezone(ZoneInfo(registration_days.zone(meeting)))
    rows = [
        (gettext("Body"), groups.name(body, language).text if body else ""),
        (gettext("Group"), groups.name(meeting.group, language).text if meeting.group else ""),
        (gettext("Date"), "\n".join(told.when(meeting))),
        (gettext("Place"), meeting.place),
        (gettext("As of"), words.date_in_words(there.date())),
    ]
    return tuple(Row(label, Words(value)) for label, value in rows if value)


def _blocks(
    meeting: Meeting, rows: Sequence[Registration], unnamed: int, language: str
) -> list[Block]:
    counted = participation.of(meeting)
    said = gettext("Registered: %(registered)s. Took part so far: %(present)s.") % {
        "registered": words.number(counted["registered"]),
        "present": words.number(counted["present"]),
    }
    blocks: list[Block] = [Paragraph((Span(said),))]
    for caption, listed in _parts(rows, language):
        blocks.append(_table(caption, listed))
    if unnamed:
        unlisted = ngettext(
            "%(count)s person takes part without being named here.",
            "%(count)s persons take part without being named here.",
            unnamed,
        ) % {"count": words.number(unnamed)}
        blocks.append(Paragraph((Span(unlisted),)))
    return blocks


def _parts(rows: Sequence[Registration], language: str) -> list[tuple[str, list[Registration]]]:
    """By what people come as; of an open meeting by stakeholder group."""
    found: dict[str, list[Registration]] = {}
    for row in rows:
        found.setdefault(_part(row, language), []).append(row)
    return sorted(found.items(), key=lambda pair: pair[0].casefold())


def _part(row: Registration, language: str) -> str:
    if row.role != Registration.Role.PARTICIPANT:
        return str(row.get_role_display()).capitalize()
    if row.stakeholder_group is None:
        return gettext("Others")
    return stakeholders.name(row.stakeholder_group, language).text


def _table(caption: str, rows: Sequence[Registration]) -> Table:
    heads = (gettext("Name"), gettext("Organisation or member"), gettext("Country"), gettext("How"))
    return Table(
        caption=Words(caption),
        head=tuple(Words(head) for head in heads),
        rows=tuple(_row(row) for row in rows),
        widths=(32, 36, 18, 14),
    )


def _row(row: Registration) -> tuple[Words, ...]:
    name = (
        gettext("%(name)s (head of delegation)") % {"name": row.name} if row.is_head else row.name
    )
    country = words.country(row.country) if row.country else "–"
    how = str(row.get_mode_display())
    return Words(name), Words(row.organisation_name or "–"), Words(country), Words(how)


def _note(meeting: Meeting) -> str:
    if meeting.group and meeting.group.is_sample:
        return gettext("Sample: no real group. Its members and texts are made up.")
    return ""


def _origin(meeting: Meeting, language: str, at: datetime) -> Origin:
    body = meeting.group.body if meeting.group else groups.body()
    return Origin(
        jurisdiction=settings.JURISDICTION,
        body=body.slug if body else "",
        body_name=groups.name(body, language).text if body else "",
        dated=at.date().isoformat(),
    )
