"""One paragraph in one language: written, settled against the record, added after, taken out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consulta.reports.group_reports import keeping, queries, writing
from consulta.reports.group_reports.errors import SectionLockedError
from consulta.reports.models.group_reports import GroupReport, GroupReportUnsaved, GroupText
from consulta.web.desk import page
from consulta.web.desk.access import found, person
from consulta.web.desk.group_reports import doors, refused

#: The acts that come with what is typed.
TYPED = ("save", "done", "add", "take_over")


@require_http_methods(["GET", "HEAD", "POST"])
@doors.at_report
def paragraph(request: HttpRequest, report: GroupReport, language: str, pk: int) -> HttpResponse:
    """Show the paragraph with what was typed and not saved, or do what a button asks for.

    What was typed stands in the form again where it could not be saved, and is kept.
    """
    text: GroupText = found(lambda: queries.text(report, pk, language))
    if request.method != "POST":
        return _open(request, report, text)
    typed, act = request.POST.get("text", text.text), request.POST.get("act", "save")
    if act in TYPED:
        _keep(request, text, typed)
    said = refused.refusal(lambda: _act(request, text, act, typed))
    if said:
        fresh: GroupText = found(lambda: queries.text(report, pk, language))
        return _form(request, report, fresh, typed=typed, said=said)
    if act in ("begin", "take_over"):
        return redirect("desk:group_report_paragraph", report.slug, language, pk)
    home = reverse("desk:group_report", args=[report.slug, language])
    return redirect(f"{home}#p-{pk}")


@require_POST
@doors.at_report
def keep(request: HttpRequest, report: GroupReport, language: str, pk: int) -> HttpResponse:
    """A sign of life from the form: keep what is typed, renew the lock, say how things stand."""
    text: GroupText = found(lambda: queries.text(report, pk, language))
    _keep(request, text, request.POST.get("text", text.text))
    section, by = text.paragraph.section, person(request)
    lost = refused.refusal(lambda: writing.take(report, section, language, by=by))
    changed = text.revision != _number(request.POST.get("revision"))
    context = {"report": report, "text": text, "lost": lost, "changed": changed}
    return render(request, "desk/group_reports/kept.html", context)


def _keep(request: HttpRequest, text: GroupText, typed: str) -> None:
    """Keep what the form holds, before anything else can go wrong."""
    more, seen = request.POST.get("more", ""), _number(request.POST.get("revision"))
    keeping.keep(text, typed, more, revision=seen, by=person(request))


def _open(request: HttpRequest, report: GroupReport, text: GroupText) -> HttpResponse:
    """The form with what stands, or with what this person typed and did not save."""
    section, language = text.paragraph.section, text.language
    lock = queries.lock(report, section, language, timezone.now())
    held = lock if lock and lock.holder_id != person(request).pk else None
    locked = refused.locked(SectionLockedError(held)) if held else ""
    kept = keeping.kept(text, by=person(request))
    typed = kept.words if kept else text.text
    return _form(request, report, text, typed=typed, locked=locked, kept=kept)


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
        keeping.keep(text, typed, "", revision=seen, by=by)
    elif act == "discard":
        keeping.discard(text, by=by)
    elif act != "done":
        writing.save(text, typed, revision=seen, by=by)
        keeping.discard(text, by=by)
    writing.let_go(report, section, language, by=by)


def _form(
    request: HttpRequest,
    report: GroupReport,
    text: GroupText,
    *,
    typed: str,
    said: str = "",
    locked: str = "",
    kept: GroupReportUnsaved | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "report": report,
        "text": text,
        "language": text.language,
        "typed": typed,
        "more": request.POST.get("more", kept.more if kept else ""),
        "kept": kept,
        "changed": typed != text.text and (said or (kept and kept.text_seen != text.revision)),
        "said": said,
        "locked": locked,
        "refused": said,
    }
    trail = doors.trail(report, text.language, _("Paragraph"))
    return page.show(request, "group_reports/paragraph.html", context, trail=trail)


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 12 else 0
