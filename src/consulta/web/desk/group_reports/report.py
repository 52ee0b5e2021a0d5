"""One report in one language: its sections, and every act on the whole of it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.flow import group_reporting, tasks
from consulta.groups.permissions import Act
from consulta.reports.group_reports import (
    beginning,
    freezing,
    keeping,
    queries,
    reviewing,
    writing,
)
from consulta.reports.models.group_reports import GroupReport, GroupReportEdition
from consulta.web.desk import page
from consulta.web.desk.access import found, may, person
from consulta.web.desk.group_reports import doors, refused, shown
from consulta.web.desk.group_reports.forms import HeadForm
from consulta.web.ui import downloads

Done = tuple[Callable[[], object], str]


@require_http_methods(["GET", "HEAD", "POST"])
@doors.at_report
def report(request: HttpRequest, report: GroupReport, language: str) -> HttpResponse:
    """Show the report, or do the act that a button asks for."""
    head = queries.head(report, language)
    act = request.POST.get("act", "")
    form = HeadForm(request.POST if act == "head" else None, head=head)
    if request.method == "POST":
        if act == "head":
            if form.is_valid() and not (said := _head(request, report, form, head)):
                return redirect("desk:group_report", report.slug, language)
            if form.is_valid():
                form.add_error(None, said)
        elif _act(request, report, language, act):
            return redirect("desk:group_report", report.slug, language)
    context: dict[str, Any] = {
        "report": report,
        "language": language,
        "head": head,
        "parts": shown.parts(report, language),
        "unsaved": keeping.paragraphs(report, language, by=person(request)),
        "review": reviewing.of(report, language),
        "editions": [e for e in queries.editions(report) if e.language == language],
        "form": form,
        "may_release": may(request, Act.RELEASE, report.group),
        "refused": bool(form.errors),
    }
    trail = doors.trail(report, language)
    return page.show(request, "group_reports/report.html", context, trail=trail)


@require_safe
@doors.at_report
def file(_request: HttpRequest, report: GroupReport, pk: int, name: str) -> HttpResponseBase:
    """Hand out a file of an edition, or one that is annexed to it."""
    edition = found(lambda: GroupReportEdition.objects.get(report=report, pk=pk))
    one = freezing.file_named([*edition.files, *edition.annexes], name)
    if one is None:
        raise Http404
    return downloads.download(one["path"], name=name, media_type=str(one["media_type"]))


def _head(request: HttpRequest, report: GroupReport, form: HeadForm, head: Any) -> str:
    """Write the head; return why not."""
    said = dict(form.cleaned_data)
    revision, goes_to = said.pop("revision"), said.pop("goes_to")
    typed = writing.Typed(**said)

    def act() -> None:
        writing.write_head(head, typed, revision=revision, by=person(request))
        writing.send_to(report, goes_to, by=person(request))

    return refused.refusal(act)


def _act(request: HttpRequest, report: GroupReport, language: str, act: str) -> bool:
    """Do one act on the whole; an unknown one does nothing."""
    known = _acts(request, report, language).get(act)
    if known is None:
        return True
    if refused.attempt(request, known[0], done=known[1]) and act == "freeze":
        tasks.render_editions.enqueue()
    return True


def _acts(request: HttpRequest, report: GroupReport, language: str) -> dict[str, Done]:
    by, sent = person(request), request.POST
    seen, said = sent.get("seen", ""), sent.get("said", "")
    return {
        "redraft": (
            lambda: beginning.redraft(report, by=by),
            _("Drafted again. What somebody had written stays; where both differ, choose below."),
        ),
        "ask": (
            lambda: reviewing.ask(report, language, by=by),
            _("It waits for a second officer."),
        ),
        "approve": (
            lambda: reviewing.approve(report, language, seen=seen, by=by),
            _("These words are approved."),
        ),
        "return": (
            lambda: reviewing.send_back(report, language, said, seen=seen, by=by),
            _("It is returned with your remark."),
        ),
        "freeze": (
            lambda: freezing.freeze(report, language, by=by, errata=said),
            _("The edition is frozen. Its files are being made."),
        ),
        "release": (
            lambda: group_reporting.release(_edition(report, sent), reason=said, by=by),
            _("The edition is released."),
        ),
    }


def _edition(report: GroupReport, sent: Any) -> GroupReportEdition:
    typed = str(sent.get("edition", ""))
    pk = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 12 else 0
    edition: GroupReportEdition = found(
        lambda: GroupReportEdition.objects.select_related("report__group", "document").get(
            report=report, pk=pk
        )
    )
    return edition
