"""What readers are shown of released reports of groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform

from consulta.core.paper import from_json
from consulta.groups.models import Group
from consulta.reports.models.group_reports import GroupReport, GroupReportEdition
from consulta.reports.renderers.html import body_html


@dataclass(frozen=True, slots=True)
class Listed:
    """A report with the editions that stand, one a language: language and title."""

    report: GroupReport
    editions: list[tuple[str, str]]


def listed(groups: Sequence[Group], seen: Sequence[Group]) -> list[Listed]:
    """Return the released reports of *groups*, those for members only where *seen*. One query."""
    may = Q(report__audience=GroupReport.Audience.PUBLIC) | Q(report__group__in=seen)
    rows = GroupReportEdition.objects.filter(
        may, report__group__in=groups, released_at__isnull=False
    )
    rows = rows.annotate(title=KeyTextTransform("title", "content")).defer("content")
    found: dict[int, Listed] = {}
    for row in rows.select_related("report__group").order_by(
        "-report__last_on", "report", "language", "-ordinal"
    ):
        one = found.setdefault(row.report_id, Listed(row.report, []))
        if row.language not in dict(one.editions):
            one.editions.append((row.language, str(row.title)))
    return list(found.values())


def title(edition: GroupReportEdition) -> str:
    """Return the title of an edition, in its language."""
    return str(edition.content["title"])


def body(edition: GroupReportEdition) -> str:
    """Return the text of an edition as HTML for a page of the site; all of it is escaped."""
    return body_html(from_json(edition.content))
