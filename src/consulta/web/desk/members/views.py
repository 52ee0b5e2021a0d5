"""Members of a group at the desk: the list with counts, pasted codes, one member and its delegation."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consulta.groups import delegating, member_queries, permissions, roster, second_factor
from consulta.groups import members as group_members
from consulta.groups import membership as memberships
from consulta.groups import queries as group_queries
from consulta.groups.membership import Particulars
from consulta.groups.models import Delegate, Group, Membership
from consulta.groups.permissions import Act
from consulta.groups.roster import RosterRefusedError
from consulta.meetings import contribution_queries
from consulta.stakeholders import states
from consulta.web.desk import factors, page
from consulta.web.desk.access import anywhere, found, person, sent
from consulta.web.desk.members import forms, sentences
from consulta.web.desk.members.doors import in_group, tabs, trail
from consulta.web.ui import delegations as parts
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@anywhere(Act.APPOINT)
def groups(request: HttpRequest) -> HttpResponse:
    """The groups whose members this person manages, with how many members each has today."""
    listed = []
    for group in permissions.groups_of(person(request), Act.APPOINT):
        today = group_members.today(group.body)
        running = member_queries.running(group, on=today)
        counts = member_queries.counts(running, on=today).values()
        name = group_queries.name(group, current())
        listed.append((group, name, len(running), sum(one.delegates for one in counts)))
    trail_here = [Link(label=_("Members"))]
    return page.show(request, "members/groups.html", {"groups": listed}, trail=trail_here)


@require_http_methods(METHODS)
@in_group
def members_of(request: HttpRequest, group: Group) -> HttpResponse:
    """Every member with its counts; enter states by pasted codes, or an organisation."""
    act = request.POST.get("act", "")
    codes = forms.Codes(request.POST if act == "codes" else None)
    joining = forms.Joining(request.POST if act == "join" else None, group=group)
    slips: list[str] = []
    if act == "codes" and codes.is_valid():
        slips = _entered(request, group, codes.cleaned_data["codes"])
    if act == "join" and joining.is_valid():
        _joined(request, group, joining)
    refused = bool(slips or codes.errors or joining.errors)
    if request.method == "POST" and not refused:
        return redirect("desk:group_members", group.slug)
    context = {
        "group": group,
        **_listed(group),
        "codes": codes,
        "joining": joining,
        "slips": slips,
        "refused": refused,
        "tabs": tabs(request, group),
        "has_organisations": joining.fields["organisation"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return page.show(request, "members/list.html", context, trail=trail(group)[:2])


@require_http_methods(METHODS)
@in_group
def member(request: HttpRequest, group: Group, membership: int) -> HttpResponse:
    """One member: its days, its name, its delegation, and an invitation of its first administrator."""
    held: Membership = found(lambda: member_queries.membership_of(group, membership))
    act = request.POST.get("act", "")
    bound = {name: _form(name, held, request.POST if name == act else None) for name in _FORMS}
    form = bound.get(act)
    if form is not None and form.is_valid():
        if not (refused := sentences.refusal(partial(_do, act, held, form, request))):
            return redirect("desk:group_member", group.slug, held.pk)
        form.add_error(None, refused)
    held = member_queries.membership(held.pk)
    name = memberships.name(held, current())
    context = {
        "group": group,
        "membership": held,
        "name": name,
        "names": list(held.state.entered_names.all()) if held.state else [],
        "delegation": parts.shown(held),
        "open_drafts": contribution_queries.open_drafts(held),
        "forms": {key: one for key, one in bound.items() if key != "name" or held.state},
        "open": act,
        "refused": bool(form is not None and form.errors),
    }
    return page.show(
        request, "members/member.html", context, trail=trail(group, Link(label=name.text))
    )


@require_http_methods(METHODS)
@in_group
def delegate(request: HttpRequest, group: Group, membership: int, pk: int) -> HttpResponse:
    """Change or end one place in a delegation, as its administrator could."""
    held: Membership = found(lambda: member_queries.membership_of(group, membership))
    place: Delegate = found(lambda: member_queries.delegate_of(held, pk))
    form, ends = parts.Change(sent(request), delegate=place), request.POST.get("act") == "end"
    if request.method == "POST" and (ends or form.is_valid()):
        if not (refused := parts.refusal(partial(_change, request, place, form))):
            return redirect("desk:group_member", group.slug, held.pk)
        form.add_error(None, refused)
    name = memberships.name(held, current())
    href = reverse("desk:group_member", args=[group.slug, held.pk])
    context = {
        "name": name,
        "place": place,
        "form": form,
        "last": delegating.is_last_administrator(place),
        "has_factor": second_factor.has_one(place.user),
        "factor_href": reverse("desk:delegate_factor", args=[group.slug, held.pk, place.pk]),
        "refused": bool(form.errors),
    }
    way = trail(group, Link(label=name.text, href=href), Link(label=str(place.user)))
    return page.show(request, "members/delegate.html", context, trail=way)


@require_POST
@in_group
def take_off_factor(request: HttpRequest, group: Group, membership: int, pk: int) -> HttpResponse:
    """Take a lost second factor off the account of a delegate, who is told and sets up another."""
    held: Membership = found(lambda: member_queries.membership_of(group, membership))
    place: Delegate = found(lambda: member_queries.delegate_of(held, pk))
    factors.take_off(request, place.user)
    return redirect("desk:group_delegate", group.slug, held.pk, place.pk)


def _listed(group: Group) -> dict[str, Any]:
    """Every membership with its name, counts and whether it runs today: those that do, and the past."""
    today = group_members.today(group.body)
    every = member_queries.of_group(group)
    counts = member_queries.counts(every, on=today)
    rows = [
        (one, name, counts[one.pk], one.runs(today))
        for one, name in memberships.by_name(every, current())
    ]
    return {
        "running": [row for row in rows if row[3]],
        "past": [row for row in rows if not row[3]],
    }


_FORMS = ("invite", "days", "name")


def _form(name: str, held: Membership, data: Any) -> Any:
    if name == "invite":
        first = {} if parts.shown(held).administrators else {"role": Delegate.Role.ADMINISTRATOR}
        return parts.Invite(data, body=held.group.body, initial=first)
    if name == "days":
        days = {"kind": held.kind, "since_on": held.since_on, "until_on": held.until_on}
        return forms.Days(data, group=held.group, membership=held, initial=days)
    if held.state is None:
        return None
    return forms.Naming(data, state=held.state, body=held.group.body)


def _do(act: str, held: Membership, form: Any, request: HttpRequest) -> None:
    by = person(request)
    if act == "invite":
        delegating.invite(held, form.invitation(), by=by)
        messages.success(
            request, _("Invited. A letter with the address of these pages is on its way.")
        )
    elif act == "days":
        memberships.change(held, Particulars(**form.cleaned_data), by=by)
        messages.success(request, _("Kind and days of the membership are as you set them."))
        _say_drafts(request, held)
    elif held.state is not None:
        day = form.cleaned_data["from_on"]
        states.rename(held.state, form.names(), from_on=day, by=by)
        messages.success(
            request, _("The new name stands from that day; before it the old one is shown.")
        )


def _say_drafts(request: HttpRequest, held: Membership) -> None:
    """Where a membership was ended, say how many drafts it leaves, so that they are handed on."""
    count = contribution_queries.open_drafts(held)
    if held.until_on is not None and count:
        words = ngettext(
            "The delegation has %(count)s draft that is not submitted. Ask it to submit or hand it on"
            " before the last day: after it nobody of the delegation comes in.",
            "The delegation has %(count)s drafts that are not submitted. Ask it to submit or hand them"
            " on before the last day: after it nobody of the delegation comes in.",
            count,
        )
        messages.warning(request, words % {"count": count})


def _change(request: HttpRequest, place: Delegate, form: parts.Change) -> None:
    act = "end" if request.POST.get("act") == "end" else "change"
    knowing = bool(request.POST.get("knowing"))
    messages.success(request, parts.act(act, place, form, by=person(request), knowing=knowing))


def _entered(request: HttpRequest, group: Group, text: str) -> list[str]:
    """Enter the lines; return what is wrong with those that cannot be taken."""
    try:
        made = roster.enter(group, text, by=person(request))
    except RosterRefusedError as error:
        return sentences.lines(error)
    said = ngettext("%(count)s member was entered.", "%(count)s members were entered.", len(made))
    messages.success(request, said % {"count": len(made)})
    return []


def _joined(request: HttpRequest, group: Group, form: forms.Joining) -> None:
    data = dict(form.cleaned_data)
    who, told = data.pop("organisation"), Particulars(**data)
    by = person(request)
    refused = sentences.refusal(lambda: memberships.enter(group, who, told, by=by))
    if refused:
        form.add_error(None, refused)
    else:
        messages.success(request, _("The organisation was entered."))
