"""The reports of the groups for which a person writes, and the form that begins one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.reports.errors import ReportError
from consulta.reports.group_reports import beginning, queries
from consulta.reports.group_reports.errors import AlreadyBegunError
from consulta.reports.models.group_reports import GroupReport
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, person, sent
from consulta.web.desk.group_reports import doors, refused
from consulta.web.desk.group_reports.forms import BeginForm
from consulta.web.ui.languages import current


@require_http_methods(["GET", "HEAD", "POST"])
@anywhere(Act.EDIT_REPORT)
def reports(request: HttpRequest) -> HttpResponse:
    """Every report, and the form; a report that was begun already is opened."""
    groups = permissions.groups_of(person(request), Act.EDIT_REPORT)
    form = BeginForm(sent(request), groups=groups, initial={"languages": [current()]})
    said = ""
    if form.is_valid():
        made, said = _begun(form.cleaned_data, request)
        if made:
            return redirect("desk:group_report", *made)
    context: dict[str, Any] = {
        "reports": [(one, _language(one)) for one in queries.of_groups(groups)],
        "form": form,
        "said": said,
        "refused": said or form.errors,
    }
    return page.show(request, "group_reports/list.html", context, trail=doors.trail())


def _begun(said: dict[str, Any], request: HttpRequest) -> tuple[tuple[str, str] | None, str]:
    """Where to go on, or why not."""
    languages = said["languages"]
    try:
        made = beginning.begin(said["asked"], languages, by=person(request))
    except AlreadyBegunError as error:
        made = queries.by_slug(error.slug)
    except (ReportError, ValidationError) as error:
        return None, refused.sentence(error)
    return (made.slug, _language(made)), ""


def _language(report: GroupReport) -> str:
    """In which language it opens: the page's, where the report has it."""
    return current() if current() in report.languages else str(report.languages[0])
