"""What is asked about the reports of groups."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Prefetch

from consulta.core.group_report import Drafted, Kind, Outline, Section
from consulta.groups.models import Group
from consulta.reports import locking
from consulta.reports.group_reports import phrases
from consulta.reports.models.group_reports import (
    GroupParagraph,
    GroupReport,
    GroupReportEdition,
    GroupReportHead,
    GroupReportLock,
    GroupText,
)

#: The sections of each report, and whether their paragraphs are numbered 1.1 or 1.
SECTIONS: dict[str, tuple[tuple[str, bool], ...]] = {
    Kind.OUTCOME: tuple(
        (key, True) for key in ("meeting", "documents", "outcomes", "follow_ups", "next")
    ),
    Kind.ANNUAL: tuple(
        (key, True)
        for key in ("introduction", "meetings", "consultations", "follow_ups", "council")
    ),
    Kind.FOUR_YEAR: (("introduction", True), ("activities", False), ("recommendations", False)),
}


def of_groups(groups: Sequence[Group]) -> Sequence[GroupReport]:
    """Return the reports of *groups*, the latest period first. One query."""
    rows = GroupReport.objects.filter(group__in=groups)
    return list(rows.select_related("group", "meeting"))


def by_slug(slug: str) -> GroupReport:
    """Return one report. Raises GroupReport.DoesNotExist."""
    rows = GroupReport.objects.select_related(
        "group__body", "meeting", "goes_to__group", "document"
    )
    return rows.get(slug=slug)


def head(report: GroupReport, language: str) -> GroupReportHead:
    """Return the head in *language*. Raises GroupReportHead.DoesNotExist."""
    return GroupReportHead.objects.get(report=report, language=language)


def paragraphs(report: GroupReport, language: str) -> list[GroupParagraph]:
    """Return the paragraphs that stand, each with its one text in *language*. Two queries."""
    texts = GroupText.objects.filter(language=language).select_related("written_by")
    rows = GroupParagraph.objects.filter(report=report, removed_at__isnull=True)
    return list(rows.prefetch_related(Prefetch("texts", texts)))


def text(report: GroupReport, pk: int, language: str) -> GroupText:
    """Return the words of one paragraph. Raises GroupText.DoesNotExist."""
    rows = GroupText.objects.select_related("paragraph__report__group", "written_by")
    return rows.get(
        paragraph__report=report,
        paragraph__pk=pk,
        paragraph__removed_at__isnull=True,
        language=language,
    )


def outline(report: GroupReport, language: str) -> Outline:
    """Return the report as it stands in *language*, edits included."""
    said, written = head(report, language), paragraphs(report, language)
    sections = tuple(
        Section(key, section_title(report, key, language), _drafted(written, key), dotted)
        for key, dotted in SECTIONS[report.kind]
    )
    references = tuple(line for line in said.references.splitlines() if line.strip())
    return Outline(language, said.title, said.summary, said.action, references, sections, said.note)


def section_title(report: GroupReport, key: str, language: str) -> str:
    """Return the heading of a section."""
    return phrases.of(language).say(key, "sections", group=report.group.short_name)


def lock(report: GroupReport, section: str, language: str, now: datetime) -> GroupReportLock | None:
    """Return the lock that stands on a section, or None."""
    rows = GroupReportLock.objects.filter(report=report, section=section, language=language)
    found = rows.select_related("holder").first()
    return found if found and now < found.renewed_at + locking.LASTS else None


def editions(report: GroupReport) -> Sequence[GroupReportEdition]:
    """Return the editions without their content, by language, the latest first."""
    rows = GroupReportEdition.objects.filter(report=report).defer("content")
    return list(rows.select_related("document__meeting__group", "released_by"))


def released(groups: Sequence[Group], *, audiences: Sequence[str]) -> list[GroupReportEdition]:
    """Return the released editions that stand: the last of each language, for those audiences."""
    rows = GroupReportEdition.objects.filter(
        report__group__in=groups, report__audience__in=audiences, released_at__isnull=False
    )
    rows = rows.defer("content").select_related("report__group")
    found: dict[tuple[int, str], GroupReportEdition] = {}
    for edition in rows.order_by("-report__last_on", "report", "language", "-ordinal"):
        found.setdefault((edition.report_id, edition.language), edition)
    return list(found.values())


def _drafted(written: Sequence[GroupParagraph], section: str) -> tuple[Drafted, ...]:
    """The paragraphs of a section as an outline has them."""
    found = []
    for paragraph in written:
        for said in paragraph.texts.all():
            if paragraph.section == section:
                found.append(_one(paragraph, said))
    return tuple(found)


def _one(paragraph: GroupParagraph, said: GroupText) -> Drafted:
    return Drafted(
        key=paragraph.key or f"own.{paragraph.pk}",
        text=said.text,
        language=said.said_in,
        status=said.status,
        rows=tuple(paragraph.rows),
        depth=paragraph.depth,
        prompt=said.prompt,
        is_chairs=paragraph.is_chairs,
    )
