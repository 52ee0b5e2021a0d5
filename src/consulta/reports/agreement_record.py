"""The record of agreement as a paper: what those present said to the brief summary, for the group."""

from datetime import datetime

from django.utils.translation import gettext

from consulta.consultations.models import Consultation
from consulta.core.paper import Block, Heading, Paper, PaperKind, Span, Table, Words
from consulta.core.paper import Paragraph as Printed
from consulta.reports import frame, summary_queries, words
from consulta.reports.models import Agreement
from consulta.reports.summary_errors import NotAgreedYetError


def draw_up(consultation: Consultation, *, language: str, at: datetime) -> Paper:
    """What stands on record, with the frame in *language*. Raises NotAgreedYetError."""
    agreed = summary_queries.standing(consultation)
    if agreed is None:
        raise NotAgreedYetError
    blocks: list[Block] = [_facts(agreed, consultation.timezone)]
    for title, text, anchor in _texts(agreed):
        if text:
            blocks.append(Heading(1, Words(title), anchor=anchor))
            blocks += [_said(line, agreed.language) for line in text.splitlines() if line.strip()]
    return frame.paper(
        consultation,
        tuple(blocks),
        kind=PaperKind.AGREEMENT,
        title=gettext("Record of agreement on the brief summary"),
        language=language,
        at=at,
    )


def _facts(agreed: Agreement, zone: str) -> Table:
    lines = (
        (gettext("Outcome"), Words(str(agreed.get_outcome_display()))),
        (gettext("When"), Words(words.instant(agreed.at, zone))),
        (gettext("How"), Words(str(agreed.get_how_display()))),
        (gettext("Put by"), Words(agreed.put_by, agreed.language)),
        (gettext("Language of the text"), Words(words.language(agreed.edition.language))),
        (gettext("Edition"), Words(words.number(agreed.edition.ordinal))),
        (gettext("Text, by its SHA-256"), Words(agreed.content_sha256, "en")),
    )
    return Table(
        caption=Words(gettext("What the stakeholders present said")),
        head=(Words(gettext("Fact")), Words(gettext("On record"))),
        rows=tuple((Words(label), value) for label, value in lines),
        widths=(30, 70),
    )


def _texts(agreed: Agreement) -> tuple[tuple[str, str, str], ...]:
    return (
        (gettext("Procedure"), agreed.procedure, "procedure"),
        (gettext("Who agreed"), agreed.agreed_by, "agreed"),
        (gettext("Reservations"), agreed.reservations, "reservations"),
        (gettext("Views set out"), agreed.views, "views"),
    )


def _said(line: str, language: str) -> Printed:
    return Printed((Span(line.strip(), language),))
