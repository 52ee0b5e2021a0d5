"""The floor as its audience follows it: a part of the live page, and the list of interventions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consulta.live import registration_days
from consulta.live.captions import queries as sittings
from consulta.live.floor import queries
from consulta.live.models import Sitting
from consulta.meetings import queries as meetings
from consulta.meetings import wording
from consulta.meetings.models import Meeting
from consulta.web.public.floor import shown
from consulta.web.ui.languages import current


@require_safe
def now(request: HttpRequest, slug: str, ordinal: int) -> HttpResponse:
    """Who speaks and who waits: a part of a page, asked for again every few seconds."""
    sitting = followed(request, slug, ordinal)
    return render(request, "public/floor/parts/now.html", shown.state(sitting))


@require_safe
def interventions(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that was said or handed in at the sittings that the reader may follow."""
    meeting = _meeting(slug)
    context = about(meeting) | {
        "sittings": [
            (sitting, [shown.said(row, sitting) for row in queries.shown(sitting)])
            for sitting in sittings.of_meeting(meeting)
            if sittings.may_follow(sitting, request.user)
        ]
    }
    if not context["sittings"]:
        raise Http404
    return render(request, "public/floor/interventions.html", context)


def followed(request: HttpRequest, slug: str, ordinal: int) -> Sitting:
    """The sitting that was asked for. Raises Http404, where the reader may not follow it as well."""
    try:
        sitting = sittings.at(_meeting(slug), ordinal)
    except Sitting.DoesNotExist as error:
        raise Http404 from error
    is_public = sitting.audience == Sitting.Audience.PUBLIC
    if not is_public and not sittings.may_follow(sitting, request.user):
        raise Http404
    return sitting


def about(meeting: Meeting) -> dict[str, Any]:
    """What the head of every page of the floor needs."""
    return {
        "meeting": meeting,
        "name": wording.name(meeting, current()),
        "zone": registration_days.zone(meeting),
    }


def _meeting(slug: str) -> Meeting:
    try:
        return meetings.by_slug(slug)
    except Meeting.DoesNotExist as error:
        raise Http404 from error
