"""One paragraph in one language: written, settled against the record, added after, taken out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.reports.group_reports import queries, writing
from consulta.reports.group_reports.errors import SectionLockedError
from consulta.reports.models.group_reports import GroupReport, GroupText
from consulta.web.desk import page
from consulta.web.desk.access import found, person
from consulta.web.desk.group_reports import doors, refused


@require_http_methods(["GET", "HEAD", "POST"])
@doors.at_report
def paragraph(request: HttpRequest, report: GroupReport, language: str, pk: int) -> HttpResponse:
    """Show the paragraph, its section taken for this person, or do what a button asks for.

    What was typed stands in the form again where it could not be saved.
    """
    text: GroupText = found(lambda: queries.text(report, pk, language))
    section = text.paragraph.section
    if request.method != "POST":
        lock = queries.lock(report, section, language, timezone.now())
        held = lock if lock and lock.holder_id != person(request).pk else None
        locked = refused.locked(SectionLockedError(held)) if held else ""
        return _form(request, report, text, typed=text.text, locked=locked)
    typed, act = request.POST.get("text", ""), request.POST.get("act", "save")
    said = refused.refusal(lambda: _act(request, text, act, typed))
    if said:
        fresh: GroupText = found(lambda: queries.text(report, pk, language))
        return _form(request, report, fresh, typed=typed, said=said)
    if act in ("begin", "take_over"):
        return redirect("desk:group_report_paragraph", report.slug, language, pk)
    home = reverse("desk:group_report", args=[report.slug, language])
    return redirect(f"{home}#p-{pk}")


def _act(request: HttpRequest, text: GroupText, act: str, typed: str) -> None:
    """Do one act on a paragraph. Raises what the act raises."""
    by, seen = person(request), _number(request.POST.get("revision"))
    paragraph = text.paragraph
    report, section, language = paragraph.report, paragraph.section, text.language
    if act == "begin":
        writing.take(report, section, language, by=by)
        return
    if act == "take_over":
        writing.take_over(report, section, language, by=by)
        return
    if act in ("take", "keep"):
        writing.choose(text, takes_record=act == "take", revision=seen, by=by)
    elif act == "remove":
        writing.remove(text, by=by)
    elif act == "add":
        more = request.POST.get("more", "")
        writing.add(report, section, more, language=language, after=paragraph.pk, by=by)
    elif act != "done":
        writing.save(text, typed, revision=seen, by=by)
    writing.let_go(report, section, language, by=by)


def _form(
    request: HttpRequest,
    report: GroupReport,
    text: GroupText,
    *,
    typed: str,
    said: str = "",
    locked: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "report": report,
        "text": text,
        "language": text.language,
        "typed": typed,
        "more": request.POST.get("more", ""),
        "said": said,
        "locked": locked,
        "refused": said,
    }
    trail = doors.trail(report, text.language, _("Paragraph"))
    return page.show(request, "group_reports/paragraph.html", context, trail=trail)


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 12 else 0
