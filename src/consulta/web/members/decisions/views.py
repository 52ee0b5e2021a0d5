"""What the reader's groups settled, the topics proposed, and the matrix of follow-ups."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.groups import members
from consulta.groups import queries as group_queries
from consulta.groups.models import Group
from consulta.meetings import decision_queries, followup_queries, wording
from consulta.meetings import queries as meeting_queries
from consulta.meetings.decision_queries import MEMBERS
from consulta.meetings.models import Decision, FollowUp
from consulta.web.members import frame
from consulta.web.members.doors import member
from consulta.web.ui import matrix, outcomes
from consulta.web.ui.languages import current


@require_safe
@member
def decisions(request: HttpRequest) -> HttpResponse:
    """What one of the reader's groups settled, meeting by meeting, the latest first."""
    mine = members.groups_of(request.user)
    group, language = _group(request, mine), current()
    held = meeting_queries.of_group(group) if group else []
    settled = outcomes.of_meetings(held, language, MEMBERS)
    shown = [(m, wording.name(m, language), settled[m.pk]) for m in held if settled[m.pk]]
    context = {"groups": mine, "group": group, "held": shown, "title": _("Decisions")}
    return render(request, "members/decisions/list.html", context | frame.sides(request))


@require_safe
@member
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision, if it is of a group of the reader and for members."""
    try:
        found = decision_queries.one(pk)
    except Decision.DoesNotExist as error:
        raise Http404 from error
    _must_see(request, found)
    language, meeting = current(), found.meeting
    proposals = decision_queries.chosen_by([found], MEMBERS).get(found.pk, [])
    context = {
        "outcome": outcomes.one(found, language, MEMBERS),
        "meeting": meeting,
        "name": wording.name(meeting, language) if meeting else None,
        "proposals": [(p, decision_queries.topic(p, language)) for p in proposals],
    }
    return render(request, "members/decisions/one.html", context | frame.sides(request))


@require_safe
@member
def follow_ups(request: HttpRequest) -> HttpResponse:
    """The matrix of one group's follow-ups, as members have it."""
    mine = members.groups_of(request.user)
    group = _group(request, mine)
    form, lines = _matrix(request, group)
    context = {
        "groups": mine,
        "group": group,
        "form": form,
        "lines": lines,
        "total": len(lines),
        "query": request.GET.urlencode(),
    }
    return render(request, "members/decisions/follow_ups.html", context | frame.sides(request))


@require_safe
@member
def follow_ups_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV (RFC 4180); no cache keeps it."""
    _form, lines = _matrix(request, _group(request, members.groups_of(request.user)))
    response = HttpResponse(matrix.as_csv(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="follow-ups.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@member
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """One follow-up with its history, if it is for members."""
    try:
        found = followup_queries.one(pk)
    except FollowUp.DoesNotExist as error:
        raise Http404 from error
    if not followup_queries.is_shown(found, MEMBERS):
        raise Http404
    _must_see(request, found.decision)
    (line,) = matrix.lines([found], current(), on=group_queries.today())
    context = {
        "line": line,
        "follow_up": found,
        "text": followup_queries.text(found, current()),
        "history": followup_queries.shown_to(followup_queries.history(found), MEMBERS),
        "points": followup_queries.points_shown_to([found], MEMBERS)[found.pk],
    }
    return render(request, "members/decisions/follow_up.html", context | frame.sides(request))


def _must_see(request: HttpRequest, found: Decision) -> None:
    """What is not for the reader is answered as if it were not there. Raises Http404."""
    group = found.meeting.group if found.meeting else None
    is_mine = found.audience == "public" or members.sees(request.user, group)
    if found.audience not in MEMBERS or not is_mine:
        raise Http404


def _group(request: HttpRequest, mine: Sequence[Group]) -> Group | None:
    """The group that the address names, if it is the reader's; else the first. Raises Http404."""
    if not (slug := request.GET.get("group", "")):
        return mine[0] if mine else None
    for group in mine:
        if group.slug == slug:
            return group
    raise Http404(slug)


def _matrix(request: HttpRequest, group: Group | None) -> tuple[matrix.Filters, list[matrix.Line]]:
    language, today = current(), group_queries.today()
    meetings = followup_queries.meetings_asking(group, MEMBERS) if group else []
    offices = followup_queries.offices(group.body if group else None)
    form = matrix.Filters(request.GET, offices=offices, meetings=meetings, language=language)
    rows = followup_queries.matrix(form.asked(group), MEMBERS, on=today) if group else []
    return form, matrix.lines(rows, language, on=today)
