"""Getting posts by mail: ask, confirm by a button, change, pause, end. No GET acts (RFC 8058)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from consulta.reflector import subscribing
from consulta.reflector.errors import LinkUnknownError, NotSubscribedError
from consulta.reflector.models import Subscription
from consulta.reflector.subscribing import Wish
from consulta.web.public.moment import began
from consulta.web.public.reflector import finding, reading, shown
from consulta.web.public.reflector.forms import SubscribeForm, SubscriptionForm
from consulta.web.public.respond import limits, pages, people
from consulta.web.public.respond.following import ONE_CLICK
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other
from consulta.web.ui import languages

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_POST
@private
@limited
def subscribe(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Ask for an address and mail it a button; the same answer whether it gets the posts or not."""
    place = finding.place(slug, number)
    context = reading.about(place) | {
        "crumbs": shown.trail(place, languages.current(), _("By mail"))
    }
    user = people.account(request)
    initial = {"email": user.email} if user else {}
    form = SubscribeForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        page = "public/reflector/subscribe.html"
        return render(request, page, context | {"form": form}, status=status)
    told = form.cleaned_data
    limits.mailing(request, "subscribe", email=told["email"])
    wish = Wish(told["email"], languages.current(), told["mode"])
    subscribing.ask(place, wish, now=began(request))
    context |= {
        "title": _("Look into your mailbox"),
        "body": _("We have mailed a button. Press it, or answer the mail, and the posts begin."),
    }
    return render(request, "public/reflector/said.html", context)


@READ_OR_POST
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button behind the mailed link; begin when it is pressed."""
    now = began(request)
    try:
        found = subscribing.find(token, now=now)
        if request.method == "POST":
            subscribing.confirm(token, now=now)
            return see_other(reverse("public:list_confirm", args=[token]))
    except LinkUnknownError:
        return pages.unknown_link(request)
    context = _about(found) | {"served": subscribing.is_served(found)}
    return render(request, "public/reflector/confirm.html", context)


@READ_OR_POST
@private
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show how posts are sent, and change it."""
    try:
        found = subscribing.find_to_manage(token)
    except LinkUnknownError:
        return pages.unknown_link(request)
    bound = request.POST if request.method == "POST" else None
    form = SubscriptionForm(bound, initial={"mode": found.mode, "language": found.language})
    if form.is_valid():
        return _do(token, lambda: subscribing.change(found, **form.cleaned_data))
    context = _about(found) | {
        "form": form,
        "token": token,
        "served": subscribing.is_served(found),
        "stands": found.confirmed_at is not None and found.ended_at is None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "public/reflector/manage.html", context, status=status)


@require_POST
@private
def pause(request: HttpRequest, token: str) -> HttpResponse:
    """Send nothing for the time being."""
    return _act(request, token, lambda found: subscribing.pause(found, now=began(request)))


@require_POST
@private
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Send posts again."""
    return _act(request, token, subscribing.resume)


@csrf_exempt  # mail programs press this button for their users (RFC 8058); the link is the secret
@READ_OR_POST
@private
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button that ends a subscription; end it when it is pressed.

    A mail program is answered at once: it must not be sent elsewhere (RFC 8058, 3.1).
    """
    try:
        found = subscribing.find_to_manage(token)
    except LinkUnknownError:
        return pages.unknown_link(request)
    if request.method == "POST":
        subscribing.end(found, now=began(request))
        if request.POST.get(ONE_CLICK[0]) != ONE_CLICK[1]:
            return see_other(reverse("public:list_end", args=[token]))
    return render(request, "public/reflector/end.html", _about(found))


def _act(request: HttpRequest, token: str, act: Callable[[Subscription], None]) -> HttpResponse:
    try:
        found = subscribing.find_to_manage(token)
    except LinkUnknownError:
        return pages.unknown_link(request)
    return _do(token, lambda: act(found))


def _do(token: str, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except NotSubscribedError:
        return see_other(reverse("public:list_end", args=[token]))
    return see_other(reverse("public:list_manage", args=[token]))


def _about(found: Subscription) -> dict[str, Any]:
    place = found.space or found.list
    trail = shown.trail(place, languages.current(), _("By mail"))
    return reading.about(place) | {"subscription": found, "crumbs": trail}
