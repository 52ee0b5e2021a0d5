"""Follow a meeting live: one page with everything, large type, plain text for braille, the room's screen."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consulta.accounts.models import User
from consulta.groups.permissions import AnyUser
from consulta.live.captions import queries, rooms
from consulta.live.models import Sitting
from consulta.meetings import queries as meetings
from consulta.meetings import wording
from consulta.meetings.models import Meeting
from consulta.web.public.floor import shown as floor
from consulta.web.public.live import shown
from consulta.web.ui.languages import current

#: Seconds after which a page without script asks again; a reader can stop that.
REFRESH = 10
#: Languages side by side on the room's screen.
SIDE_BY_SIDE = 3


@require_safe
@never_cache
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """The meeting as it runs: webcast, captions, floor."""
    return _page(request, slug, "live")


@require_safe
@never_cache
def large(request: HttpRequest, slug: str) -> HttpResponse:
    """The captions alone, in large type."""
    return _page(request, slug, "large")


@require_safe
@never_cache
def plain(request: HttpRequest, slug: str) -> HttpResponse:
    """The captions alone, as plain text that a braille display reads line by line."""
    return _page(request, slug, "plain")


@require_safe
@never_cache
def screen(request: HttpRequest, slug: str) -> HttpResponse:
    """The captions on the screen of the room, in up to three languages."""
    return _page(request, slug, "screen")


@require_safe
@never_cache
def ticket(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a member go on following: a new ticket, for ten minutes."""
    sitting = _sitting(request, _meeting(slug))
    if sitting is None:
        raise Http404
    if _turned_away(request, sitting) is not None:
        raise PermissionDenied
    return _with_ticket(HttpResponse(status=204), sitting)


def _page(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    meeting = _meeting(slug)
    sitting = _sitting(request, meeting)
    if (elsewhere := _turned_away(request, sitting)) is not None:
        return elsewhere
    context = {
        "meeting": meeting,
        "name": wording.name(meeting, current()),
        "refresh": REFRESH if request.GET.get("refresh") != "off" else 0,
        "view": name,
    }
    if sitting is not None:
        context |= _followed(request, sitting, name)
        context |= floor.state(sitting) if name == "live" else {}
    return _with_ticket(render(request, f"public/live/{name}.html", context), sitting)


def _turned_away(request: HttpRequest, sitting: Sitting | None) -> HttpResponse | None:
    """Where a reader is sent who may not follow *sitting* yet; None: who may. Raises PermissionDenied."""
    if sitting is None or sitting.audience == Sitting.Audience.PUBLIC:
        return None
    reader = _reader(request)
    if not isinstance(reader, User):
        return redirect_to_login(request.get_full_path())
    if not queries.may_follow(sitting, reader):
        raise PermissionDenied
    group = sitting.meeting.group
    demanded = group is None or group.body.members_need_second_factor
    if demanded and not settings.DEMO and not is_mfa_enabled(reader):
        return redirect("members:second_factor")
    return None


def _followed(request: HttpRequest, sitting: Sitting, name: str) -> dict[str, object]:
    wanted = request.GET.getlist("captions")
    what = shown.of(sitting, wanted[0] if wanted else "", page=name)
    codes = list(dict.fromkeys(code for code in wanted if code in sitting.languages))
    beside = [
        shown.captions(sitting, code, count=3)
        for code in (codes or [what.captions.language])[:SIDE_BY_SIDE]
    ]
    is_public = sitting.audience == Sitting.Audience.PUBLIC
    ticket_address = "" if is_public else reverse("public:live_ticket", args=[sitting.meeting.slug])
    return {
        "ticket_address": ticket_address,
        "shown": what,
        "side_by_side": beside,
        "sittings": queries.of_meeting(sitting.meeting),
    }


def _meeting(slug: str) -> Meeting:
    try:
        return meetings.by_slug(slug)
    except Meeting.DoesNotExist as error:
        raise Http404 from error


def _sitting(request: HttpRequest, meeting: Meeting) -> Sitting | None:
    """The sitting that was asked for, else the one to show now; None where none is planned."""
    there = queries.of_meeting(meeting)
    asked = request.GET.get("sitting", "")
    named = [s for s in there if str(s.ordinal) == asked]
    return named[0] if named else queries.present(there)


def _with_ticket(response: HttpResponse, sitting: Sitting | None) -> HttpResponse:
    """Give a member, and nobody else, the cookie that opens the captions of *sitting*."""
    if sitting is not None and sitting.audience != Sitting.Audience.PUBLIC:
        response.set_cookie(
            rooms.COOKIE,
            rooms.ticket(sitting),
            max_age=rooms.LASTING,
            path=f"/live/{sitting.slug}/",
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response


def _reader(request: HttpRequest) -> AnyUser:
    """Who reads; without a session's cookie nobody is looked up."""
    carried = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.user if carried else AnonymousUser()
