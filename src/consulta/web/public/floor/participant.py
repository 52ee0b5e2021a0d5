"""Ask for the floor behind the private link of a registration; take it back; hand in what is written."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.live import registration_links
from consulta.live.captions import queries as sittings
from consulta.live.floor import asking, writing
from consulta.live.models import FloorRequest, Intervention, Registration, Sitting
from consulta.live.registration_errors import LinkUnknownError
from consulta.web.public.floor import following, shown
from consulta.web.public.floor.forms import WrittenForm
from consulta.web.public.registration.asking import unknown_link
from consulta.web.public.respond import limits
from consulta.web.public.respond.private import private, see_other
from consulta.web.ui.floor_words import REFUSED, refusal


@require_http_methods(["GET", "HEAD", "POST"])
@private
@limits.limited
def floor(request: HttpRequest, token: str) -> HttpResponse:
    """One's own place in the queue, and what one can do."""
    try:
        found = registration_links.find(token)
    except LinkUnknownError:
        return unknown_link(request)
    sitting = sittings.present(sittings.of_meeting(found.meeting))
    form = WrittenForm(request.POST if request.POST.get("act") == "write" else None)
    if request.method == "POST" and sitting is not None:
        if _done(request, found, sitting, form):
            return see_other(reverse("public:registration_floor", args=[token]))
        if form.is_bound:
            return render(
                request, "public/floor/mine.html", _about(found, sitting, token, form), status=422
            )
    return render(request, "public/floor/mine.html", _about(found, sitting, token, form))


def _done(request: HttpRequest, who: Registration, sitting: Sitting, form: WrittenForm) -> bool:
    """Do what was pressed; False where the text is to be written again."""
    act = request.POST.get("act", "")
    if act == "write" and not form.is_valid():
        return False
    try:
        _do(act, request, who, sitting, form)
    except REFUSED as error:
        if act == "write":
            form.add_error("text", refusal(error))
            return False
        messages.error(request, refusal(error))
    return True


def _do(
    act: str, request: HttpRequest, who: Registration, sitting: Sitting, form: WrittenForm
) -> None:
    what = request.POST.get("ask", FloorRequest.Ask.STATEMENT)
    if act == "ask" and what in FloorRequest.Ask.values:
        asking.ask(sitting, who, what=what)
        messages.success(request, _("You are on the list of speakers."))
    elif act == "take_back":
        for waiting in _waiting(who, sitting):
            asking.take_back(waiting)
        messages.success(request, _("You are not on the list of speakers any more."))
    elif act == "write":
        told = form.cleaned_data
        made = writing.hand_in(
            sitting, who, told["text"], language=told["language"], kind=told["kind"]
        )
        said = _("Handed in under the number %(number)s. It is shown once a moderator has read it.")
        messages.success(request, said % {"number": f"{sitting.ordinal}.{made.ordinal}"})
    elif act == "withdraw_name":
        for row in _own(who, sitting).filter(pk=request.POST.get("pk") or 0):
            writing.withdraw_name(row)
            messages.success(request, _("Your name was taken off. What was said stays."))


def _about(
    who: Registration, sitting: Sitting | None, token: str, form: WrittenForm
) -> dict[str, Any]:
    context = following.about(who.meeting) | {"registration": who, "token": token, "form": form}
    if sitting is None:
        return context
    context |= shown.state(sitting)
    order = [each["row"].registration_id for each in context["queue"]]
    return context | {
        "place": order.index(who.pk) + 1 if who.pk in order else 0,
        "speaks": bool(context["speaking"] and context["speaking"].row.registration_id == who.pk),
        "asks": FloorRequest.Ask.choices,
        "own": [shown.said(row, sitting) for row in _own(who, sitting)],
    }


def _waiting(who: Registration, sitting: Sitting) -> list[FloorRequest]:
    state = FloorRequest.State.WAITING
    return list(FloorRequest.objects.filter(sitting=sitting, registration=who, state=state))


def _own(who: Registration, sitting: Sitting) -> Any:
    return Intervention.objects.filter(sitting=sitting, registration=who).select_related("item")
