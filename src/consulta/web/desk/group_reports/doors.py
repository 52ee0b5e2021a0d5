"""Who comes to a report of a group at the desk: whoever edits reports in that group."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.reports.group_reports import queries
from consulta.reports.models.group_reports import GroupReport
from consulta.web.desk.access import anywhere, found, person
from consulta.web.ui.parts import Link

View = Callable[..., HttpResponseBase]


def at_report(view: View) -> View:
    """Hand the view the report at *slug* if the person edits reports in its group."""

    @anywhere(Act.EDIT_REPORT)
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        report: GroupReport = found(lambda: queries.by_slug(slug))
        permissions.require(person(request), Act.EDIT_REPORT, report.group)
        if kwargs.get("language", report.languages[0]) not in report.languages:
            raise Http404
        return view(request, report, **kwargs)

    return guarded


def trail(report: GroupReport | None = None, language: str = "", last: str = "") -> list[Link]:
    """The way from the desk to a report, and to a paragraph of it."""
    links = [Link(label=_("Reports of groups"), href=reverse("desk:group_reports"))]
    if report is not None:
        home = reverse("desk:group_report", args=[report.slug, language])
        links.append(Link(label=capfirst(report.get_kind_display()), href=home))
    if last:
        links.append(Link(label=last))
    return links
