"""The matrix of follow-ups at the desk, one with its history, and asking an office to act."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.groups import permissions
from consulta.groups import queries as group_queries
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.meetings import asking, deciding, decision_queries, followup_queries
from consulta.meetings.models import Decision, FollowUp
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, found, person, sent
from consulta.web.desk.decisions import refused
from consulta.web.desk.followups import shown
from consulta.web.desk.followups.forms import AskForm, NoteForm, PointForm
from consulta.web.ui import languages, matrix

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@anywhere(Act.CONVENE)
def listed(request: HttpRequest) -> HttpResponse:
    """The matrix of a group's follow-ups, by addressee, meeting, status and force."""
    group = shown.group(request)
    form, rows = _matrix(request, group)
    context = {
        "group": group,
        "groups": permissions.groups_of(person(request), Act.CONVENE),
        "form": form,
        "lines": rows,
        "total": len(rows),
    }
    return page.show(request, "followups/matrix.html", context, trail=shown.trail()[:1])


@require_safe
@anywhere(Act.CONVENE)
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV, with everything that the desk sees."""
    _form, rows = _matrix(request, shown.group(request))
    return shown.csv(matrix.as_csv(rows), "follow-ups.csv")


@require_http_methods(METHODS)
@anywhere(Act.CONVENE)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask offices to act, by a decision."""
    decision: Decision = found(lambda: decision_queries.one(pk))
    group = deciding.group_of(decision)
    permissions.require(person(request), Act.CONVENE, group)
    body = group.body if group else group_queries.body()
    spoken = (body.languages if body else []) or list(languages.names())
    offices = followup_queries.offices(body)
    form = AskForm(sent(request), offices=offices, spoken=spoken)
    if request.method == "POST" and form.is_valid():
        made, asked = form.said(decision)
        why = refused.refusal(lambda: asking.put(made, asked, by=person(request)))
        if not why:
            messages.success(request, _("The follow-up is on record."))
            return redirect("desk:decision", pk)
        form.add_error(None, why)
    context = {
        "form": form,
        "text": decision_queries.text(decision, languages.current()),
        "offices": offices,
        "back": pk,
        "refused": bool(form.errors),
    }
    return page.show(request, "followups/new.html", context, trail=shown.trail())


@require_http_methods(METHODS)
@anywhere(Act.CONVENE)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One follow-up: what is asked, what became of it, and forms to note more."""
    row: FollowUp = found(lambda: followup_queries.one(pk))
    permissions.require(person(request), Act.CONVENE, deciding.group_of(row.decision))
    group, act = deciding.group_of(row.decision), request.POST.get("act", "")
    documents = shown.documents(group)
    note = NoteForm(
        request.POST if act == "note" else None, documents=documents, initial={"status": row.status}
    )
    point = PointForm(request.POST if act == "point" else None, documents=documents)
    bound = note if act == "note" else point if act == "point" else None
    if bound is not None and bound.is_valid():
        why = refused.refusal(lambda: _do(request, row, bound))
        if not why:
            messages.success(request, _("It is on record. What was said before stays."))
            return redirect("desk:follow_up", pk)
        bound.add_error(None, why)
    context = _one(row) | {"note": note, "point": point, "refused": bool(bound and bound.errors)}
    return page.show(request, "followups/one.html", context, trail=shown.trail())


def _do(request: HttpRequest, row: FollowUp, form: NoteForm | PointForm) -> None:
    by = person(request)
    if isinstance(form, NoteForm):
        asking.note(form.said(row, by.language), by=by)
    else:
        asking.check(form.said(row), by=by)


def _one(row: FollowUp) -> dict[str, object]:
    (line,) = matrix.lines([row], languages.current(), on=group_queries.today())
    return {
        "line": line,
        "follow_up": row,
        "history": followup_queries.history(row),
        "points": followup_queries.points([row])[row.pk],
        "text": followup_queries.text(row, languages.current()),
    }


def _matrix(request: HttpRequest, group: Group | None) -> tuple[matrix.Filters, list[matrix.Line]]:
    """The filters as they were sent, and what they let through."""
    everyone, language = decision_queries.DESK, languages.current()
    body = group.body if group else group_queries.body()
    meetings = followup_queries.meetings_asking(group, everyone) if group else []
    offices = followup_queries.offices(body)
    form = matrix.Filters(request.GET, offices=offices, meetings=meetings, language=language)
    today = group_queries.today()
    rows = followup_queries.matrix(form.asked(group), everyone, on=today) if group else []
    return form, matrix.lines(rows, language, on=today)
