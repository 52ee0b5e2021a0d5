"""The sittings of a meeting; one of them: begun and ended, its captioners, its speakers."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.live.captions import captioners, errors, queries, speakers
from consulta.live.captions import sittings as acts
from consulta.live.models import Captioner, Sitting, SpeakerKey
from consulta.meetings.models import Meeting
from consulta.web.desk import page
from consulta.web.desk.access import found, person, sent
from consulta.web.desk.captioning import forms
from consulta.web.desk.meetings.doors import at_meeting, tabs, trail
from consulta.web.desk.plan.setting import named
from consulta.web.ui.languages import names
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]
_REFUSED: dict[type[Exception], Callable[[], str]] = {
    errors.SittingStandsError: lambda: _(
        "Nothing changed: the sitting was begun or ended already. Look at it again."
    ),
    errors.RevokedAlreadyError: lambda: _("This captioner was sent away already."),
    errors.LanguageNotOfferedError: lambda: _(
        "The sitting has no captions in this language. Add it among the languages first."
    ),
    errors.NothingNamedError: lambda: _("Write a name, and choose one language at least."),
}


@require_http_methods(METHODS)
@at_meeting
def sittings(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The sittings of a meeting, and another one."""
    form = forms.Planned(sent(request), initial={"languages": list(names())})
    if request.method == "POST" and form.is_valid():
        planned = form.cleaned_data["languages"]
        made = acts.plan(meeting, languages=planned, by=person(request))
        messages.success(request, _("Sitting %(number)s is planned.") % {"number": made.ordinal})
        return redirect("desk:sitting", meeting.slug, made.ordinal)
    context = {
        "meeting": meeting,
        "name": named(meeting),
        "tabs": tabs(meeting, request.path),
        "sittings": queries.of_meeting(meeting),
        "form": form,
        "refused": bool(form.errors),
    }
    way = trail(Link(label=_("Sittings")))
    return page.show(request, "captioning/sittings.html", context, trail=way)


@require_http_methods(METHODS)
@at_meeting
def sitting(request: HttpRequest, meeting: Meeting, ordinal: int) -> HttpResponse:
    """One sitting: what is done with it, who captions, who speaks."""
    one: Sitting = found(lambda: queries.at(meeting, ordinal))
    context: dict[str, Any] = {}
    if request.method == "POST":
        act = ACTS.get(request.POST.get("do", ""))
        if act is None:
            raise Http404
        context = act(request, one)
        if not context:
            return redirect("desk:sitting", meeting.slug, ordinal)
    return _show(request, one, context)


def _begin(request: HttpRequest, one: Sitting) -> dict[str, Any]:
    return _try(request, partial(acts.begin, one, by=person(request)), _("The sitting has begun."))


def _end(request: HttpRequest, one: Sitting) -> dict[str, Any]:
    done = _("The sitting has ended. No caption is taken any more.")
    return _try(request, partial(acts.end, one, by=person(request)), done)


def _describe(request: HttpRequest, one: Sitting) -> dict[str, Any]:
    form = forms.Described(request.POST)
    if not form.is_valid():
        return {"described": form, "refused": True}
    told = form.cleaned_data
    act = partial(
        acts.describe,
        one,
        languages=told["languages"],
        shift=int(told["seconds"] * 1000),
        by=person(request),
    )
    return _try(request, act, _("Saved."))


def _admit(request: HttpRequest, one: Sitting) -> dict[str, Any]:
    """Show the secret addresses at once: they are told only now."""
    form = forms.Admitted(request.POST, offered=one.languages)
    if not form.is_valid():
        return {"admission": form, "refused": True}
    try:
        captioner, token = captioners.admit(one, by=person(request), **form.cleaned_data)
    except tuple(_REFUSED) as error:
        messages.error(request, _REFUSED[type(error)]())
        return {}
    live = f"{settings.BASE_URL}/live/{one.slug}"
    return {
        "admitted": captioner,
        "addresses": {
            "console": settings.BASE_URL + reverse("public:captioning", args=[one.slug, token]),
            "zoom": f"{live}/closedcaption?id={token}",
            "youtube": f"{live}/youtube?cid={token}",
        },
    }


def _revoke(request: HttpRequest, one: Sitting) -> dict[str, Any]:
    pk = request.POST.get("captioner", "")
    held: Captioner = found(lambda: queries.captioner(one, int(pk) if pk.isdecimal() else 0))
    done = _("%(name)s can send nothing any more.") % {"name": held.name}
    return _try(request, partial(captioners.revoke, held, by=person(request)), done)


def _name(request: HttpRequest, one: Sitting) -> dict[str, Any]:
    form = forms.Speakers(request.POST)
    if not form.is_valid():
        return {"naming": form, "refused": True}
    named_now = form.cleaned_data["names"].splitlines()
    return _try(request, partial(speakers.name, one, named_now), _("The speakers have their keys."))


def _withdraw(request: HttpRequest, one: Sitting) -> dict[str, Any]:
    pressed = request.POST.get("speaker", "")
    key = next((key for key in speakers.of(one) if str(key.position) == pressed), None)
    if key is None:
        raise Http404
    done = _("The name is gone from every caption.")
    return _try(request, partial(speakers.withdraw, key, by=person(request)), done)


ACTS: dict[str, Callable[[HttpRequest, Sitting], dict[str, Any]]] = {
    "begin": _begin,
    "end": _end,
    "describe": _describe,
    "admit": _admit,
    "revoke": _revoke,
    "name": _name,
    "withdraw": _withdraw,
}


def _try(request: HttpRequest, act: Callable[[], object], done: str) -> dict[str, Any]:
    """Do *act* and say so, or why not; nothing more has to be shown."""
    try:
        act()
    except tuple(_REFUSED) as error:
        messages.error(request, _REFUSED[type(error)]())
    else:
        messages.success(request, done)
    return {}


def _show(request: HttpRequest, one: Sitting, more: dict[str, Any]) -> HttpResponse:
    meeting, held = one.meeting, queries.captioners(one)
    seconds = one.caption_shift / 1000
    keys: list[SpeakerKey] = speakers.of(one)
    context = {
        "meeting": meeting,
        "sitting": one,
        "name": named(meeting),
        "tabs": tabs(meeting, reverse("desk:sittings", args=[meeting.slug])),
        "captioners": held,
        "lacking": _lacking(one, held),
        "speakers": [key for key in keys if key.name],
        "withdrawn": len([key for key in keys if key.withdrawn_at]),
        "admission": forms.Admitted(offered=one.languages),
        "naming": forms.Speakers(),
        "described": forms.Described(initial={"languages": one.languages, "seconds": seconds}),
    } | more
    number = _("Sitting %(number)s") % {"number": one.ordinal}
    back = Link(label=_("Sittings"), href=reverse("desk:sittings", args=[meeting.slug]))
    way = trail(back, Link(label=number))
    response = page.show(request, "captioning/sitting.html", context, trail=way)
    response["Cache-Control"] = "no-store, private"
    return response


def _lacking(one: Sitting, held: list[Captioner]) -> list[str]:
    """The languages in which captions are promised, and nobody writes them."""
    served = {captioner.language for captioner in held if captioner.revoked_at is None}
    return [code for code in one.languages if code not in served]
