"""Who gets a list: counts, addresses in trouble, how the latest mailings went. Addresses stay here."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consulta.flow import erasing
from consulta.groups.permissions import Act
from consulta.reflector import names, queries, subscribing
from consulta.reflector.models import Subscription
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, found, may, person
from consulta.web.desk.reflector import refused
from consulta.web.desk.reflector.queue import own_list, trail
from consulta.web.ui import languages
from consulta.web.ui.parts import Link

PAGE = 50


@require_safe
@anywhere(Act.SEE_POST)
def readers(request: HttpRequest, slug: str) -> HttpResponse:
    """The subscriptions of one list, those in trouble first, and its latest mailings."""
    home = own_list(request, slug, Act.SEE_POST)
    listed = Paginator(queries.subscriptions(home), PAGE).get_page(request.GET.get("page"))
    name = names.name(home, languages.current())
    context = {
        "home": home,
        "name": name,
        "served": queries.served(home),
        "page": listed,
        "subscriptions": [(s, state(s), subscribing.is_served(s)) for s in listed.object_list],
        "mailings": queries.mailings(home),
        "may_erase": may(request, Act.ERASE, None),
    }
    return page.show(request, "reflector/readers.html", context, trail=trail(Link(label=name.text)))


@require_POST
@anywhere(Act.SEE_POST)
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Suspend a subscription, send to it again, or end it."""
    shown: Subscription = found(lambda: queries.subscription(pk))
    if not may(request, Act.SEE_POST, shown.list.group):
        raise PermissionDenied
    now = timezone.now()
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "pause": (lambda: subscribing.pause(shown, now=now), _("Nothing is sent to it for now.")),
        "resume": (lambda: subscribing.resume(shown), _("Posts are sent to it again.")),
        "end": (lambda: subscribing.end(shown, now=now), _("The subscription is ended.")),
    }
    if may(request, Act.ERASE, None):
        acts["erase"] = (
            lambda: erasing.erase_address(shown.email, by=person(request)),
            _("The address is erased in all lists and notices, and nothing more goes to it."),
        )
    if act not in acts:
        raise Http404
    do, done = acts[act]
    refused.attempt(request, do, done=done)
    return redirect("desk:list_readers", shown.list.slug)


def state(subscription: Subscription) -> str:
    """Say in a word what becomes of a subscription's copies."""
    if subscription.confirmed_at is None:
        return _("Not confirmed yet")
    if subscription.suspended_at is not None:
        return _("Suspended: copies came back")
    if subscription.paused_at is not None:
        return _("Paused")
    each = subscription.mode == Subscription.Mode.EACH
    return _("Each post") if each else _("One mail a day")
