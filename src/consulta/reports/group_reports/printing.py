"""Printing: a report of a group as a paper, with the head that documents of the body have."""

import base64
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from consulta.core.document_numbers import LETTERS
from consulta.core.group_report import Drafted, Kind, Outline, marks, section_marks
from consulta.core.languages import django_code
from consulta.core.multilingual import choose
from consulta.core.paper import (
    Block,
    Heading,
    Logo,
    Origin,
    Paper,
    PaperKind,
    Paragraph,
    Row,
    Span,
    Words,
)
from consulta.groups import queries as groups
from consulta.groups.models import Group
from consulta.reports import covers, words
from consulta.reports.group_reports import phrases
from consulta.reports.printing import as_words

#: Letters that fit on the one line at the top of a page.
RUNNING = 90


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on the first page beside the outline's own head. *edition* 0: a draft."""

    kind: Kind
    group: Group
    dated: date
    document: str = ""
    addressee: str = ""
    agenda_item: str = ""
    edition: int = 0
    errata: str = ""
    address: str = ""


def paper(outline: Outline, head: Head) -> Paper:
    """Return *outline* as a paper in its language."""
    with translation.override(django_code(outline.language)):
        drawn = Paper(
            kind=PaperKind.GROUP_REPORT,
            language=outline.language,
            title=outline.title,
            subtitle=head.addressee,
            stem=stem(outline, head),
            dated=head.dated.isoformat(),
            running=_running(outline, head),
            labels=words.labels(),
            header=_header(outline, head),
            note=_note(outline, head),
            blocks=(*_changed(head), *blocks(outline, head.kind)),
            contents=False,
            origin=_origin(outline, head),
        )
        return _covered(drawn, head, outline.language)


def stem(outline: Outline, head: Head) -> str:
    """Name the files: by the document's number where there is one."""
    letter = LETTERS.get(outline.language, outline.language.upper())
    said = head.document or f"{head.group.slug}-{head.kind}-{head.dated.year}-{letter}"
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in said)
    name = "-".join(part for part in plain.split("-") if part) or "report"
    return name if head.edition < 2 else f"{name}-edition-{head.edition}"


def blocks(outline: Outline, kind: Kind) -> tuple[Block, ...]:
    """Return the sections with their numbered paragraphs; an empty paragraph is not printed."""
    letters = phrases.of(outline.language).letters
    found: list[Block] = []
    numbers = section_marks(kind, len(outline.sections))
    for place, (number, section) in enumerate(zip(numbers, outline.sections, strict=True), 1):
        written = [one for one in section.paragraphs if one.text.strip()]
        if not written:
            continue
        title = Words(f"{number}  {section.title}")
        found.append(Heading(1, title, anchor=f"section-{place}"))
        depths = [one.depth for one in written]
        marked = marks(depths, section=place, dotted=section.dotted, letters=letters)
        found += [_paragraph(one, mark) for one, mark in zip(written, marked, strict=True)]
    return tuple(found)


def _paragraph(one: Drafted, mark: str) -> Paragraph:
    """A paragraph; words that the record has in another language only say which one it is."""
    depth = 1 if mark.endswith(")") else 0
    if not one.language:
        return Paragraph((Span(one.text),), mark, depth)
    named = gettext("[in %(language)s]") % {"language": words.language(one.language)}
    return Paragraph((Span(one.text, one.language), Span(f" {named}")), mark, depth)


def _header(outline: Outline, head: Head) -> tuple[Row, ...]:
    code = outline.language
    rows: list[tuple[str, Words | None]] = [
        (gettext("Body"), as_words(groups.name(head.group.body, code))),
        (gettext("Group"), as_words(groups.name(head.group, code))),
        (gettext("Document"), Words(head.document, "en") if head.document else None),
        (gettext("Date"), Words(words.date_in_words(head.dated))),
        (gettext("Agenda item"), Words(head.agenda_item)),
        (gettext("Edition"), Words(words.number(head.edition)) if head.edition else None),
        (gettext("Summary"), Words(outline.summary)),
        (gettext("Action required"), Words(outline.action)),
        (gettext("References"), Words("\n".join(outline.references))),
        (gettext("Permanent address"), Words(head.address, "en") if head.address else None),
    ]
    return tuple(Row(label, value) for label, value in rows if value is not None and value.text)


def _note(outline: Outline, head: Head) -> str:
    said = [outline.note]
    if not head.edition:
        said.insert(0, gettext("Draft: drawn up from the record, not released."))
    if head.group.is_sample:
        said.insert(0, gettext("Sample: no real group. Its members and texts are made up."))
    return "\n\n".join(filter(None, said))


def _changed(head: Head) -> tuple[Block, ...]:
    if head.edition < 2:
        return ()
    said = head.errata or gettext("No change was named.")
    heading = Heading(1, Words(gettext("Changes in this edition")), anchor="errata")
    return heading, *(Paragraph((Span(line),)) for line in said.splitlines() if line.strip())


def _running(outline: Outline, head: Head) -> str:
    line = " · ".join(filter(None, (head.document, outline.title)))
    return line if len(line) <= RUNNING else line[: RUNNING - 1].rstrip() + "…"


def _origin(outline: Outline, head: Head) -> Origin:
    body = head.group.body
    return Origin(
        jurisdiction=settings.JURISDICTION,
        body=body.slug,
        body_name=groups.name(body, outline.language).text,
        dated=head.dated.isoformat(),
        document=head.document,
        edition=head.edition or 1,
        address=head.address,
    )


def _covered(drawn: Paper, head: Head, language: str) -> Paper:
    """*drawn* with cover page and logo of its group, as they are now."""
    found = covers.of(head.group)
    if found is None:
        return drawn
    said = {row.label: row.value.text for row in drawn.header}
    values = {
        "date": said.get(gettext("Date"), ""),
        "group": said.get(gettext("Group"), ""),
        "agenda_item": head.agenda_item,
        "summary": said.get(gettext("Summary"), ""),
        "action": said.get(gettext("Action required"), ""),
        "references": said.get(gettext("References"), ""),
        "language": words.language(language),
        "edition": words.number(head.edition) if head.edition else "",
    }
    logo = Logo(_base64(found.logo), choose(found.logo_names, language).text)
    return replace(
        drawn,
        logo=logo if found.logo else Logo(),
        cover=_base64(found.template) if found.template else "",
        places=tuple((k, v) for k, v in values.items() if v) if found.template else (),
    )


def _base64(data: bytes | memoryview | None) -> str:
    return base64.b64encode(bytes(data or b"")).decode()
