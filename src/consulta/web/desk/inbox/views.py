"""The inbox: the list with its filters, and one act on all ticked lines."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from consulta.flow.inbox import acts, listing, scope
from consulta.flow.inbox.listing import Line
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.responses.moderation import Because
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, person
from consulta.web.desk.inbox import doing, lines, wording
from consulta.web.ui.parts import Link


@require_safe
@anywhere(Act.SEE_RESTRICTED)
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person, the oldest first."""
    user = person(request)
    seen = scope.of(user)
    piles = listing.piles(seen)
    named = listing.consultations(piles)
    form = lines.Filter(request.GET, piles, named)
    wanted = form.wanted()
    found, cursor = listing.page(
        seen, wanted, after=request.GET.get("after", ""), size=listing.PAGE
    )
    context = {
        "rows": [lines.shown(line, named) for line in found],
        "tabs": lines.tabs(piles, wanted, lines.numbers(named)),
        "form": form,
        "next": lines.following(wanted, cursor),
        "ticked": request.GET.get("ticked") == "all",
        "here": request.GET.urlencode(),
        "acts": _offered(request, found),
    }
    return page.show(request, "inbox/inbox.html", context, trail=[Link(label=_("Inbox"))])


@require_POST
@anywhere(Act.MODERATE)
def act(request: HttpRequest) -> HttpResponse:
    """Do one act to every ticked line; hold and decline ask for a ground first."""
    name, keys = request.POST.get("act", ""), request.POST.getlist("pick")[: listing.PAGE]
    if name not in acts.ACTS:
        messages.info(request, _("Choose what to do with the ticked lines."))
        return _back(request)
    ticked = listing.chosen(scope.of(person(request)), keys)
    gone = len(set(keys)) - len(ticked)
    because = Because("", "")
    if name in doing.GROUNDED and ticked:
        form = _grounds(request, name, ticked)
        if "sure" not in request.POST or not form.is_valid():
            return _confirm(request, name, ticked, form)
        because = form.because()
    done, refused = doing.all_of(name, ticked, because, by=person(request))
    _report(request, done, refused, gone=gone)
    return _back(request)


def _offered(request: HttpRequest, found: Sequence[Line]) -> list[tuple[str, str]]:
    """The acts that fit a line of this page, for whoever may act at all."""
    user = person(request)
    everywhere = permissions.allowed(user, None) | permissions.held_anywhere(user)
    kinds = {line.kind for line in found}
    if Act.MODERATE not in everywhere:
        return []
    return [
        (name, str(wording.ACTS[name])) for name, fits in acts.ACTS.items() if kinds & set(fits)
    ]


def _grounds(request: HttpRequest, name: str, ticked: Sequence[Line]) -> doing.Grounds:
    of_responses = [line for line in ticked if listing.response_of(line) is not None]
    procedures = listing.procedures(of_responses)
    data = request.POST if "sure" in request.POST else None
    return doing.Grounds(data, offered=doing.grounds(name, procedures))


def _confirm(
    request: HttpRequest, name: str, ticked: Sequence[Line], form: doing.Grounds
) -> HttpResponse:
    """Show what is about to be held or declined, and ask on which ground."""
    named = listing.consultations_of(ticked)
    context: dict[str, Any] = {
        "rows": [lines.shown(line, named) for line in ticked],
        "form": form,
        "act": name,
        "is_decline": name == "decline",
        "refused": form.is_bound,
        "here": request.POST.get("here", ""),
    }
    trail = [Link(label=_("Inbox"), href=reverse("desk:inbox")), Link(label=_("Confirm"))]
    return page.show(request, "inbox/confirm.html", context, trail=trail)


def _report(
    request: HttpRequest, done: int, refused: Sequence[doing.Refused], *, gone: int
) -> None:
    if done:
        text = ngettext("Done with %(count)d line.", "Done with %(count)d lines.", done)
        messages.success(request, text % {"count": done})
    elif not refused and not gone:
        messages.info(request, _("No line was ticked."))
    named = listing.consultations_of([one.line for one in refused])
    for one in refused:
        line = lines.shown(one.line, named)
        words = {"kind": line.kind, "name": line.number or line.title, "why": one.why}
        messages.error(request, _("Not done: %(kind)s %(name)s. %(why)s") % words)
    if gone:
        text = ngettext(
            "%(count)d ticked line does not wait any more: somebody was quicker.",
            "%(count)d ticked lines do not wait any more: somebody was quicker.",
            gone,
        )
        messages.warning(request, text % {"count": gone})


def _back(request: HttpRequest) -> HttpResponse:
    """To the list with the filters from which the lines were ticked, at its beginning."""
    typed = request.POST.get("here", "")
    if "\n" in typed or "\r" in typed or len(typed) > 2000:
        raise Http404
    return redirect(f"{reverse('desk:inbox')}?{typed}" if typed else reverse("desk:inbox"))
