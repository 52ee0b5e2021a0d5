"""What groups settled and asked, for everyone: one decision, the matrix of follow-ups, one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consulta.groups import queries as groups
from consulta.groups.models import Group
from consulta.meetings import decision_queries, followup_queries, wording
from consulta.meetings.decision_queries import PUBLIC
from consulta.meetings.models import Decision, FollowUp
from consulta.web.public.moment import began
from consulta.web.ui import matrix, outcomes
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current


@finished(shows="pages", query=())
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one decision that everyone may read; of any other there is no page."""
    try:
        found = decision_queries.one(pk)
    except Decision.DoesNotExist as error:
        raise Http404 from error
    if found.audience not in PUBLIC:
        raise Http404
    language, meeting = current(), found.meeting
    context = {
        "outcome": outcomes.one(found, language, PUBLIC),
        "meeting": meeting,
        "name": wording.name(meeting, language) if meeting else None,
    }
    return render(request, "public/decision.html", context)


@finished(shows="pages", query=matrix.FILTERS)
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Show the follow-ups that everyone may read: of one group, or of all."""
    form, lines = _matrix(request)
    context = {
        "form": form,
        "lines": lines,
        "total": len(lines),
        "groups": groups.groups(),
        "chosen": request.GET.get("group", ""),
        "query": request.GET.urlencode(),
    }
    return render(request, "public/follow_ups.html", context)


@finished(shows="pages", query=matrix.FILTERS)
def follow_ups_csv(request: HttpRequest) -> HttpResponse:
    """Give out the same as CSV (RFC 4180)."""
    _form, lines = _matrix(request)
    response = HttpResponse(matrix.as_csv(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="follow-ups.csv"'
    return response


@finished(shows="pages", query=())
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one follow-up with its history."""
    try:
        found = followup_queries.one(pk)
    except FollowUp.DoesNotExist as error:
        raise Http404 from error
    if not followup_queries.is_shown(found, PUBLIC):
        raise Http404
    (line,) = matrix.lines([found], current(), on=began(request).date())
    context = {
        "line": line,
        "follow_up": found,
        "text": followup_queries.text(found, current()),
        "history": followup_queries.shown_to(followup_queries.history(found), PUBLIC),
        "points": followup_queries.points_shown_to([found], PUBLIC)[found.pk],
    }
    return render(request, "public/follow_up.html", context)


def _matrix(request: HttpRequest) -> tuple[matrix.Filters, list[matrix.Line]]:
    language, today = current(), began(request).date()
    group = _group(request)
    bodies = [group.body] if group else [g.body for g in groups.groups()]
    offices = [o for body in dict.fromkeys(bodies) for o in followup_queries.offices(body)]
    meetings = followup_queries.meetings_asking(group, PUBLIC) if group else []
    form = matrix.Filters(request.GET, offices=offices, meetings=meetings, language=language)
    rows = followup_queries.matrix(form.asked(group), PUBLIC, on=today)
    return form, matrix.lines(rows, language, on=today)


def _group(request: HttpRequest) -> Group | None:
    """The group that the address names; a page that is not there where it names none."""
    if not (slug := request.GET.get("group", "")):
        return None
    try:
        return groups.by_slug(slug)
    except Group.DoesNotExist as error:
        raise Http404 from error
