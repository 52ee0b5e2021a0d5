"""Sending outputs at the desk: what went where, choosing and looking before sending, and those missed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consulta.groups import permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.meetings.decision_queries import MEMBERS
from consulta.notices import disseminating, output_queries, outputs, recipients
from consulta.notices.models import Dissemination
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, found, person
from consulta.web.desk.access import sent as posted
from consulta.web.desk.followups import shown
from consulta.web.desk.outputs import forms, refused
from consulta.web.ui import sendings
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@anywhere(Act.CONVENE)
def home(request: HttpRequest) -> HttpResponse:
    """The lists of a group and what went to them."""
    group = shown.group(request)
    rows = output_queries.sendings(group, MEMBERS) if group else []
    context = {
        "group": group,
        "groups": permissions.groups_of(person(request), Act.CONVENE),
        "lists": [
            (kept, forms.list_name(kept.list))
            for kept in (output_queries.lists(group, closed=True) if group else [])
        ],
        "lines": sendings.lines(rows, current()),
    }
    return page.show(request, "outputs/home.html", context, trail=[Link(label=_("Outputs"))])


@require_http_methods(METHODS)
@anywhere(Act.CONVENE)
def send(request: HttpRequest) -> HttpResponse:
    """Choose what goes where, look at who gets it, then send it."""
    group = shown.group(request)
    if group is None:
        return redirect("desk:outputs")
    lists = [kept.list for kept in output_queries.lists(group)]
    form = forms.Sending(posted(request), group=group, offered=outputs.offered(group), lists=lists)
    context: dict[str, Any] = {"form": form, "group": group, "lists": lists}
    if request.method == "POST" and form.is_valid():
        made = list[Dissemination]()
        if request.POST.get("do") == "send" and _send(request, group, form, made):
            messages.success(request, _("It is on its way. This page says how far it is."))
            return redirect("desk:output_sent", made[0].pk)
        if not form.errors:
            context |= _preview(form)
    context["refused"] = bool(form.errors)
    return page.show(
        request, "outputs/send.html", context, trail=trail(group, Link(label=_("Send")))
    )


@require_safe
@anywhere(Act.CONVENE)
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """One sending: where it went, how far it is, which copies did not arrive."""
    one = _allowed(request, pk)
    (line,) = sendings.lines([one], current())
    context = {"sent": one, "line": line, "copies": output_queries.copies(one)}
    return page.show(request, "outputs/sent.html", context, trail=trail(one.group))


@require_POST
@anywhere(Act.CONVENE)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it to those who were missed, and to nobody who has it."""
    one, count = _allowed(request, pk), list[int]()
    act = disseminating.send_again
    now, by = timezone.now(), person(request)
    if why := refused.refusal(lambda: count.append(act(one, now=now, by=by))):
        messages.error(request, why)
    else:
        words = ngettext(
            "It goes to %(count)s address that was missed.",
            "It goes to %(count)s addresses that were missed.",
            count[0],
        )
        messages.success(request, words % {"count": count[0]})
    return redirect("desk:output_sent", pk)


def trail(group: Group, *more: Link) -> list[Link]:
    """The way to a page about outputs."""
    home = Link(label=_("Outputs"), href=f"{reverse('desk:outputs')}?group={group.slug}")
    return [home, *more]


def _allowed(request: HttpRequest, pk: int) -> Dissemination:
    one: Dissemination = found(lambda: output_queries.sending(pk))
    permissions.require(person(request), Act.CONVENE, one.group)
    return one


def _preview(form: forms.Sending) -> dict[str, Any]:
    """Whom it would reach, list by list; what is for members shuts the other lists."""
    output, lists, notes = form.chosen()
    reaches = recipients.reach(lists, output, now=timezone.now())
    return {
        "previewed": forms.named_output(output),
        "reaches": [(one, forms.list_name(one.list)) for one in reaches],
        "total": sum(len(one.gets) for one in reaches),
        "shut": any(one.shut for one in reaches),
        "notes": [(code, note) for code, note in notes.items() if note.strip()],
        "sendable": not any(one.shut for one in reaches) and any(one.gets for one in reaches),
        "is_public": output.is_public,
    }


def _send(
    request: HttpRequest, group: Group, form: forms.Sending, made: list[Dissemination]
) -> bool:
    """Send what the form says; what refuses it is said on the form."""
    output, lists, notes = form.chosen()
    told: dict[str, Any] = {"notes": notes, "now": timezone.now(), "by": person(request)}
    act = disseminating.send
    if why := refused.refusal(lambda: made.append(act(group, output, lists, **told))):
        form.add_error(None, why)
    return not why
