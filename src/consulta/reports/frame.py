"""Frame: head, title and note that every paper of a consultation has."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core import addresses
from consulta.core.document_numbers import LETTERS
from consulta.core.multilingual import text_in
from consulta.core.paper import (
    Block,
    Heading,
    Origin,
    Paper,
    PaperKind,
    Paragraph,
    Row,
    Span,
    Words,
)
from consulta.groups import queries as groups
from consulta.meetings import documents, numbering
from consulta.meetings.models import Meeting
from consulta.reports import covers, heads, since, words
from consulta.reports.models import Edition
from consulta.reports.printing import as_words

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
        origin=_origin(consultation, language=language),
    )


def as_edition(drawn: Paper, edition: Edition) -> Paper:
    """*drawn* as *edition*: its head has number, summary and what is asked of the reader.

    A later edition says first what changed; the language of *edition* is active.
    """
    ordinal = edition.ordinal
    stem = drawn.stem if ordinal == 1 else f"{drawn.stem}-edition-{ordinal}"
    document = edition.document
    number = numbering.number_in(document, edition.language) if document else ""
    marked = replace(
        drawn,
        header=_head(drawn, edition, number),
        stem=stem,
        origin=replace(drawn.origin, document=number, edition=ordinal),
        blocks=(*_changed(edition), *drawn.blocks),
    )
    return covers.on(marked, edition)


def _head(drawn: Paper, edition: Edition, number: str) -> tuple[Row, ...]:
    """The head's rows with those of the edition, in the order of official papers."""
    said = heads.shown(edition.consultation, edition.kind, edition.language)
    date = next((i for i, row in enumerate(drawn.header) if row.label == gettext("Date")), 0)
    own = [(gettext("Agenda item"), said.agenda_item)]
    own += [(gettext("Edition"), words.number(edition.ordinal))]
    own += [(gettext("Summary"), said.summary), (gettext("Action required"), said.action)]
    own += [(gettext("References"), said.references)]
    rows = [Row(label, Words(text)) for label, text in own if text]
    numbered = [Row(gettext("Document"), Words(number, "en"))] if number else []
    return (*drawn.header[:date], *numbered, *drawn.header[date:], *rows)


def _changed(edition: Edition) -> list[Block]:
    """What changed since the edition before: what the officer says, and what became of responses."""
    before = since.previous(edition)
    happened = since.changes([before])[before.pk] if before else []
    zone = edition.consultation.timezone
    told = [since.after(change, zone, before) for change in happened] if before else []
    if edition.ordinal > 1:
        told = [edition.errata or gettext("No change was named."), *told]
    if not told:
        return []
    heading = Heading(1, Words(gettext("Changes in this edition")), anchor="errata")
    return [heading, *(Paragraph((Span(said),)) for said in told)]


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
        rows.append((gettext("Place and dates"), _where(consultation.group_meeting)))
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


def _where(meeting: Meeting) -> Words | None:
    """Where and when the meeting is held; nothing where only its first day is known."""
    place = meeting.place or (meeting.get_mode_display() if meeting.mode == "virtual" else "")
    first, last = meeting.starts_on, meeting.ends_on
    if first is None or not (place or (last and last != first)):
        return None
    days = words.date_in_words(first)
    if last is not None and last != first:
        said = {"first": days, "last": words.date_in_words(last)}
        days = gettext("%(first)s to %(last)s") % said
    if not place:
        return Words(days)
    return Words(gettext("%(place)s, %(days)s") % {"place": place, "days": days})


def _origin(consultation: Consultation, *, language: str) -> Origin:
    """What names the document for machines; the same in all its languages."""
    body = groups.body() if consultation.group is None else consultation.group.body
    closed = consultation.closes_at
    address = addresses.consultation(consultation.slug, language=consultation.original_language)
    return Origin(
        jurisdiction=settings.JURISDICTION,
        body=body.slug if body else "",
        body_name=groups.name(body, language).text if body else "",
        dated=words.local_day(closed, consultation.timezone).isoformat() if closed else "",
        consultation=consultation.slug,
        number=str(consultation.number),
        address=settings.BASE_URL + address,
    )


def _note(consultation: Consultation) -> str:
    if consultation.is_sample:
        return gettext(
            "Sample: no real consultation. Respondents and texts are made up as examples."
        )
    return ""
