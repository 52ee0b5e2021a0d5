"""A member's own delegation: who acts for it; its administrator invites, renews and ends."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.groups import delegating, member_queries, members
from consulta.groups import membership as memberships
from consulta.groups import queries as groups
from consulta.groups.members import MemberAct
from consulta.groups.models import Delegate, Membership
from consulta.web.members import sides
from consulta.web.members.doors import at_the_door, for_member, member, person
from consulta.web.ui import delegations as parts
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link


@require_safe
@at_the_door
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say in plain words why a second factor is asked for, and how to set it up and not lose it."""
    return render(request, "members/people/second_factor.html", {})


@require_safe
@member
def delegations(request: HttpRequest) -> HttpResponse:
    """The reader's own delegations; the page of the only one where there is one."""
    places = members.places(request.user)
    if len(places) == 1:
        return redirect("members:delegation", places[0].membership_id)
    language = current()
    listed = [
        (
            place,
            memberships.name(place.membership, language),
            groups.name(place.membership.group, language),
        )
        for place in places
    ]
    return _show(request, "delegations.html", {"places": listed}, trail=[])


@require_http_methods(["GET", "HEAD", "POST"])
@for_member(MemberAct.SEE_MEMBERS)
def delegation(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Who acts for the member; whoever manages the delegation invites others here."""
    manages = members.may(request.user, MemberAct.MANAGE_DELEGATION, membership)
    if request.method == "POST" and not manages:
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = parts.Invite(sent, body=membership.group.body) if manages else None
    if form is not None and sent is not None and form.is_valid():
        told, by = form.invitation(), person(request)
        refused = parts.refusal(lambda: delegating.invite(membership, told, by=by))
        if not refused:
            messages.success(
                request, _("Invited. A letter with the address of these pages is on its way.")
            )
            return redirect("members:delegation", membership.pk)
        form.add_error(None, refused)
    context = _about(membership) | {
        "delegation": parts.shown(membership),
        "manages": manages,
        "form": form,
        "refused": bool(form and form.errors),
        "me": person(request).pk,
    }
    return _show(request, "delegation.html", context, trail=_trail(membership))


@require_http_methods(["GET", "HEAD", "POST"])
@for_member(MemberAct.MANAGE_DELEGATION)
def delegate(request: HttpRequest, membership: Membership, pk: int) -> HttpResponse:
    """Give one delegate another role or last day, or end the place."""
    place = _place(membership, pk)
    form = parts.Change(request.POST if request.method == "POST" else None, delegate=place)
    if request.method == "POST" and (_ends(request) or form.is_valid()):
        refused = parts.refusal(partial(_do, request, place, form))
        if not refused:
            return redirect(*_afterwards(request, place))
        form.add_error(None, refused)
    context = _about(membership) | {
        "place": place,
        "form": form,
        "last": delegating.is_last_administrator(place),
        "self": place.user_id == person(request).pk,
        "refused": bool(form.errors),
    }
    trail = [*_trail(membership), Link(label=str(place.user))]
    return _show(request, "delegate.html", context, trail=trail)


def _do(request: HttpRequest, place: Delegate, form: parts.Change) -> None:
    act = "end" if _ends(request) else "change"
    knowing = bool(request.POST.get("knowing"))
    messages.success(request, parts.act(act, place, form, by=person(request), knowing=knowing))


def _afterwards(request: HttpRequest, place: Delegate) -> tuple[Any, ...]:
    """Back to the delegation; whoever ended the own place is sent to what is left to them."""
    if _ends(request) and place.user_id == person(request).pk:
        return ("members:delegations",)
    return ("members:delegation", place.membership_id)


def _ends(request: HttpRequest) -> bool:
    return request.POST.get("act") == "end"


def _place(membership: Membership, pk: int) -> Delegate:
    """Another delegation's place and one that is not there are answered alike. Raises PermissionDenied."""
    try:
        return member_queries.delegate_of(membership, pk)
    except Delegate.DoesNotExist as error:
        raise PermissionDenied from error


def _about(membership: Membership) -> dict[str, Any]:
    language = current()
    return {
        "membership": membership,
        "name": memberships.name(membership, language),
        "group_name": groups.name(membership.group, language),
    }


def _trail(membership: Membership) -> list[Link]:
    name = memberships.name(membership, current()).text
    return [
        Link(label=_("Members"), href=reverse("members:home")),
        Link(label=name, href=reverse("members:delegation", args=[membership.pk])),
    ]


def _show(
    request: HttpRequest, template: str, context: dict[str, Any], *, trail: list[Link]
) -> HttpResponse:
    sections = sides.sections(current_href=reverse("members:delegations"))
    frame = {"side_sections": sections, "side_label": _("Members"), "crumbs": trail}
    status = 422 if context.get("refused") else 200
    return render(request, f"members/people/{template}", frame | context, status=status)
