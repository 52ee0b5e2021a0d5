"""A report of a group for everyone, released, and another still being written: for tests of pages."""

from datetime import date

from consulta.accounts.models import User
from consulta.flow import group_reporting
from consulta.groups.models import Group
from consulta.reports.group_reports import asking, beginning, freezing
from consulta.reports.group_reports.facts import Asked
from consulta.reports.models.group_reports import GroupParagraph, GroupReport, GroupReportEdition


def begun(group: Group, by: User, *, is_public: bool = True, year: int = 2026) -> GroupReport:
    """An outcome report needs no words of the chair: an annual one whose paragraph is taken out."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    asked = Asked(asking.Kind.ANNUAL, group, first, last, None, is_public)
    report = beginning.begin(asked, ["en"], by=by)
    GroupParagraph.objects.filter(report=report, is_chairs=True).update(removed_at=report.begun_at)
    return report


def released(group: Group, by: User, *, is_public: bool = True) -> GroupReportEdition:
    """The first edition of it, with its files in the quickest format."""
    return release(begun(group, by, is_public=is_public), by)


def release(report: GroupReport, by: User) -> GroupReportEdition:
    """Freeze and release *report* as it stands."""
    edition = freezing.freeze(report, "en", by=by)
    formats, freezing.FORMATS = freezing.FORMATS, ("json",)
    try:
        freezing.make(edition)
    finally:
        freezing.FORMATS = formats
    group_reporting.release(edition, reason="This body has one officer.", by=by)
    return GroupReportEdition.objects.select_related("report").get(pk=edition.pk)


def values(group: Group, by: User) -> dict[str, dict[str, object]]:
    """What leads to them, for every address that there is."""
    edition = released(group, by)
    paragraph = GroupParagraph.objects.filter(report=edition.report, removed_at=None)[0]
    where: dict[str, object] = {"slug": edition.report.slug, "language": "en"}
    file = where | {"pk": edition.pk, "name": edition.files[0]["name"]}
    return {
        "desk:group_report": where,
        "desk:group_report_paragraph": where | {"pk": paragraph.pk},
        "desk:group_report_keep": where | {"pk": paragraph.pk},
        "desk:group_report_file": file,
        "public:group_report": where,
        "public:group_report_file": file,
    }
