"""Frame: head, title and note that every paper of a consultation has."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core import addresses
from consulta.core.paper import Block, Paper, PaperKind, Row, Words
from consulta.groups import queries as groups
from consulta.meetings.models import Meeting
from consulta.reports import words
from consulta.reports.printing import as_words

LETTERS = {"ar": "A", "zh": "C", "en": "E", "fr": "F", "ru": "R", "es": "S"}


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
        running=f"{title} · {topic.text}"[:140],
        labels=words.labels(),
        header=_header(consultation, language=language, at=at),
        note=_note(consultation),
        blocks=blocks,
    )


def _header(consultation: Consultation, *, language: str, at: datetime) -> tuple[Row, ...]:
    body = groups.body() if consultation.group is None else consultation.group.body
    rows = [(gettext("Body"), as_words(groups.name(body, language)) if body else None)]
    if consultation.group is not None:
        rows.append((gettext("Group"), as_words(groups.name(consultation.group, language))))
    if consultation.group_meeting is not None:
        rows.append((gettext("Meeting"), _meeting(consultation.group_meeting)))
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


def _meeting(meeting: Meeting) -> Words:
    number = str(meeting.number) if meeting.number else meeting.slug
    day = meeting.starts_on.isoformat() if meeting.starts_on else gettext("Not known")
    provisional = gettext("provisional date") if meeting.is_provisional else ""
    return Words(" · ".join(filter(None, [number, day, provisional])))


def _note(consultation: Consultation) -> str:
    if consultation.is_sample:
        return gettext(
            "Sample: no real consultation. Respondents and texts are made up as examples."
        )
    return ""
