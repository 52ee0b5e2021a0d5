"""Conduct the floor: for the officers of a meeting and who holds the chair of its group."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from consulta.accounts.models import User
from consulta.live.captions import queries as sittings
from consulta.live.captions import sittings as holding
from consulta.live.captions.errors import SittingStandsError
from consulta.live.floor import asking, chairing, giving, queries, writing
from consulta.live.floor.errors import FloorNotOpenError, ItemNotOfMeetingError
from consulta.live.models import FloorRequest, Intervention, Sitting
from consulta.meetings import queries as meetings
from consulta.meetings.models import Meeting
from consulta.web.public.floor import following, shown
from consulta.web.public.floor.forms import ItemForm, SomebodyForm
from consulta.web.public.respond.private import private, see_other
from consulta.web.ui.floor_words import REFUSED, refusal

#: Seconds that one press adds to the time of who speaks.
MORE = 60


@require_http_methods(["GET", "HEAD", "POST"])
@private
def conduct(request: HttpRequest, slug: str) -> HttpResponse:
    """The chair's view: who speaks, who is next, what was handed in, the item, the list."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    user, sitting = _allowed(request, slug)
    somebody = SomebodyForm(
        request.POST if request.POST.get("act") == "name" else None, sitting=sitting
    )
    status = 200
    if request.method == "POST":
        if _done(request, user, sitting, somebody):
            address = reverse("public:floor_conduct", args=[slug])
            return see_other(f"{address}?sitting={sitting.ordinal}")
        status = 422
    found = queries.standing(sitting)
    initial = {
        "item": found.floor and found.floor.item_id,
        "rule": found.floor and found.floor.rule,
    }
    context = following.about(sitting.meeting) | shown.state(sitting, everything=True)
    context |= {"somebody": somebody, "item_form": ItemForm(initial=initial, sitting=sitting)}
    context |= {"over": queries.ended_requests(sitting)[:10]}
    return render(request, "public/floor/conduct.html", context, status=status)


def _allowed(request: HttpRequest, slug: str) -> tuple[User, Sitting]:
    """Who conducts, and which sitting. Raises Http404, and PermissionDenied for everybody else."""
    try:
        meeting = meetings.by_slug(slug)
    except Meeting.DoesNotExist as error:
        raise Http404 from error
    there = sittings.of_meeting(meeting)
    asked = request.GET.get("sitting", "")
    named = [sitting for sitting in there if str(sitting.ordinal) == asked]
    sitting = named[0] if named else sittings.present(there)
    user = request.user
    if not isinstance(user, User) or not chairing.may(user, meeting):
        raise PermissionDenied
    if sitting is None:
        raise Http404
    return user, sitting


def _done(request: HttpRequest, user: User, sitting: Sitting, somebody: SomebodyForm) -> bool:
    """Do what was pressed; False where somebody is to be named again."""
    act = request.POST.get("act", "")
    if act == "name" and not somebody.is_valid():
        return False
    try:
        if act == "name":
            what = somebody.cleaned_data["ask"]
            asking.ask(sitting, somebody.who(), what=what, by=user)
        elif act in _ACTS:
            _ACTS[act](request, user, sitting)
    except REFUSED as error:
        if act == "name":
            somebody.add_error(None, refusal(error))
            return False
        messages.error(request, refusal(error))
    except SittingStandsError:
        messages.error(request, refusal(FloorNotOpenError()))
    return True


def _open(_asked: HttpRequest, user: User, sitting: Sitting) -> None:
    if sitting.begun_at is None:
        holding.begin(sitting, by=user)
    chairing.open_floor(sitting, by=user)


def _take(request: HttpRequest, user: User, sitting: Sitting) -> None:
    form = ItemForm(request.POST, sitting=sitting)
    if not form.is_valid():
        raise ItemNotOfMeetingError
    floor = chairing.open_floor(sitting, by=user, rule=form.cleaned_data["rule"])
    item = form.items.get(form.cleaned_data["item"])
    if floor.item_id != (item and item.pk):
        chairing.take(sitting, item, by=user)


def _give(request: HttpRequest, user: User, sitting: Sitting) -> None:
    if giving.speaking(sitting) and request.POST.get("then"):
        giving.stop(sitting, by=user)
    giving.give(_request(request, sitting), by=user)


def _more(_asked: HttpRequest, user: User, sitting: Sitting) -> None:
    made = giving.speaking(sitting)
    if made is not None:
        giving.more_time(made, MORE, by=user)


def _withhold(request: HttpRequest, user: User, sitting: Sitting) -> None:
    because = request.POST.get("because", "")
    writing.keep_back(_intervention(request, sitting), because=because, by=user)


def _request(request: HttpRequest, sitting: Sitting) -> FloorRequest:
    found = FloorRequest.objects.filter(sitting=sitting, pk=_pk(request)).first()
    if found is None:
        raise Http404
    return found


def _intervention(request: HttpRequest, sitting: Sitting) -> Intervention:
    found = Intervention.objects.filter(sitting=sitting, pk=_pk(request)).first()
    if found is None:
        raise Http404
    return found


def _pk(request: HttpRequest) -> int:
    typed = request.POST.get("pk", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else 0


_ACTS: dict[str, Callable[[HttpRequest, User, Sitting], Any]] = {
    "open": _open,
    "take": _take,
    "close": lambda _request, user, sitting: chairing.close_list(sitting, by=user),
    "reopen": lambda _request, user, sitting: chairing.reopen_list(sitting, by=user),
    "give": _give,
    "stop": lambda _request, user, sitting: giving.stop(sitting, by=user),
    "more": _more,
    "absent": lambda request, user, sitting: asking.absent(_request(request, sitting), by=user),
    "strike": lambda request, user, sitting: asking.take_back(_request(request, sitting), by=user),
    "show": lambda request, user, sitting: writing.show(_intervention(request, sitting), by=user),
    "withhold": _withhold,
}
