"""What the page of a report shows: sections with numbered paragraphs, review, editions."""

from dataclasses import dataclass

from django.utils import timezone

from consulta.core.group_report import Kind, marks, section_marks
from consulta.reports.group_reports import phrases, queries
from consulta.reports.models.group_reports import (
    GroupParagraph,
    GroupReport,
    GroupReportLock,
    GroupText,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with its number, as the edition will have it."""

    mark: str
    paragraph: GroupParagraph
    text: GroupText


@dataclass(frozen=True, slots=True)
class Part:
    """A section, and who edits it now."""

    mark: str
    key: str
    title: str
    lines: list[Line]
    lock: GroupReportLock | None


def parts(report: GroupReport, language: str) -> list[Part]:
    """The sections of *report* in *language*; empty paragraphs stand without a number."""
    now, letters = timezone.now(), phrases.of(language).letters
    known = queries.SECTIONS[report.kind]
    written = queries.paragraphs(report, language)
    found = []
    numbers = section_marks(Kind(report.kind), len(known))
    for place, ((key, dotted), number) in enumerate(zip(known, numbers, strict=True), 1):
        mine = [(p, t) for p in written if p.section == key for t in p.texts.all()]
        depths = [p.depth for p, t in mine if t.text.strip()]
        given = iter(marks(depths, section=place, dotted=dotted, letters=letters))
        lines = [Line(next(given) if t.text.strip() else "", p, t) for p, t in mine]
        title = queries.section_title(report, key, language)
        lock = queries.lock(report, key, language, now)
        found.append(Part(number, key, title, lines, lock))
    return found
