"""Frame: head, title and note that every paper of a consultation has."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core import addresses
from consulta.core.multilingual import text_in
from consulta.core.paper import Block, Heading, Paper, PaperKind, Paragraph, Row, Span, Words
from consulta.groups import queries as groups
from consulta.meetings import documents
from consulta.meetings.models import Meeting
from consulta.reports import words
from consulta.reports.printing import as_words

LETTERS = {"ar": "A", "zh": "C", "en": "E", "fr": "F", "ru": "R", "es": "S"}

#: Letters that fit on the one line at the top of a page.
RUNNING = 90


def paper(
    consultation: Consultation,
    blocks: tuple[Block, ...],
    *,
    kind: PaperKind,
    title: str,
    language: str,
    at: datetime,
) -> Paper:
    """A paper in *language* (which is active), dated *at*."""
    topic = consultations.topic(consultation, language)
    stem = f"{kind}-{consultation.number}-{LETTERS.get(language, language.upper())}"
    return Paper(
        kind=kind,
        language=language,
        title=title,
        subtitle=topic.text,
        stem=stem,
        dated=at.date().isoformat(),
        running=_running(f"{title} · {topic.text}"),
        labels=words.labels(),
        header=_header(consultation, language=language, at=at),
        note=_note(consultation),
        blocks=blocks,
    )


def as_edition(drawn: Paper, *, ordinal: int, errata: str) -> Paper:
    """*drawn* as edition *ordinal*: its head says so, and a later one says first what changed."""
    row = Row(gettext("Edition"), Words(words.number(ordinal)))
    if ordinal == 1:
        return replace(drawn, header=(*drawn.header, row))
    heading = Heading(1, Words(gettext("Changes in this edition")), anchor="errata")
    said = errata or gettext("No change was named.")
    return replace(
        drawn,
        header=(*drawn.header, row),
        stem=f"{drawn.stem}-edition-{ordinal}",
        blocks=(heading, Paragraph((Span(said),)), *drawn.blocks),
    )


def _running(line: str) -> str:
    """What stands at the top of every page, on one line."""
    return line if len(line) <= RUNNING else line[: RUNNING - 1].rstrip() + "…"


def _header(consultation: Consultation, *, language: str, at: datetime) -> tuple[Row, ...]:
    body = groups.body() if consultation.group is None else consultation.group.body
    rows = [(gettext("Body"), as_words(groups.name(body, language)) if body else None)]
    if consultation.group is not None:
        rows.append((gettext("Group"), as_words(groups.name(consultation.group, language))))
    if consultation.group_meeting is not None:
        rows.append((gettext("For the meeting"), _meeting(consultation.group_meeting, language)))
    if consultation.open_meeting is not None:
        rows.append((gettext("Open meeting"), _meeting(consultation.open_meeting, language)))
    address = settings.BASE_URL + addresses.consultation(consultation.slug, language=language)
    original = consultation.original_language
    rows += [
        (gettext("Consultation"), Words(str(consultation.number))),
        (gettext("Date"), Words(words.day(at, consultation.timezone))),
        (gettext("Original language of the questions"), Words(words.language(original))),
        (gettext("Source"), Words(gettext("Secretariat"))),
        (gettext("Permanent address"), Words(address, "en")),
    ]
    return tuple(Row(label, value) for label, value in rows if value is not None)


def _meeting(meeting: Meeting, language: str) -> Words:
    """A meeting by its title in *language*, else by the name of its documents, and its day."""
    day = words.date_in_words(meeting.starts_on) if meeting.starts_on else gettext("Not known")
    if meeting.number is None:
        name = gettext("%(day)s (provisional date)") if meeting.is_provisional else "%(day)s"
        return Words(name % {"day": day})
    titled = text_in(meeting.titles, language).text
    said = {"name": titled or documents.series(meeting), "day": day}
    if meeting.is_provisional:
        return Words(gettext("%(name)s, %(day)s (provisional date)") % said)
    return Words(gettext("%(name)s, %(day)s") % said)


def _note(consultation: Consultation) -> str:
    if consultation.is_sample:
        return gettext(
            "Sample: no real consultation. Respondents and texts are made up as examples."
        )
    return ""
