"""The mandate of a group at the desk: words, days, instruments; which members it has, and what they may."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.groups import member_queries, permissions, terms
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.notices import document_choices
from consulta.web.desk import page
from consulta.web.desk.access import person
from consulta.web.desk.members import forms, sentences
from consulta.web.desk.members.doors import in_group, tabs, trail
from consulta.web.ui.parts import Link


@require_http_methods(["GET", "HEAD", "POST"])
@in_group
def mandate(request: HttpRequest, group: Group) -> HttpResponse:
    """What the group is for, on which norms, and who may what in it."""
    act = request.POST.get("act", "")
    bound: dict[str, Any] = {
        "mandate": _mandate(group, request.POST if act == "mandate" else None),
        "rules": _rules(group, request.POST if act == "rules" else None),
    }
    form = bound.get(act)
    if act in ("notices", "factor"):
        _switch(act, group, request)
        messages.success(request, _("Set. It holds from now on."))
        return redirect("desk:group_mandate", group.slug)
    if form is not None and form.is_valid():
        if not (refused := sentences.refusal(lambda: _do(act, group, form, request))):
            messages.success(request, _("Laid down. It holds from now on."))
            return redirect("desk:group_mandate", group.slug)
        form.add_error(None, refused)
    context = bound | {
        "group": group,
        "tabs": tabs(request, group),
        "refused": bool(form is not None and form.errors),
        "names_documents": document_choices.names_members_documents(group),
        "whole_body": permissions.may(person(request), Act.APPOINT, None),
    }
    way = trail(group, Link(label=_("Mandate and rules")))
    return page.show(request, "members/mandate.html", context, trail=way)


def _switch(act: str, group: Group, request: HttpRequest) -> None:
    """Turn on or off what a button says: titles in mails, the second factor."""
    if act == "notices":
        names = request.POST.get("names") == "1"
        document_choices.lay_down(group, names=names, by=person(request))
        return
    demanded = request.POST.get("demanded") == "1"
    terms.demand_second_factor(group.body, demanded, by=person(request))


def _mandate(group: Group, data: Any) -> forms.Mandate:
    held = [basis.instrument_id for basis, _editions in member_queries.bases(group)]
    days = {"begins_on": group.mandate_begins_on, "ends_on": group.mandate_ends_on}
    return forms.Mandate(data, group=group, initial=days | {"instruments": held})


def _rules(group: Group, data: Any) -> forms.Rules:
    standing = {
        "kinds": group.member_kinds,
        "contributing": group.contributing_kinds,
        "positions": group.position_kinds,
        "shows_members": group.shows_members,
    }
    return forms.Rules(data, initial=standing)


def _do(act: str, group: Group, form: Any, request: HttpRequest) -> None:
    data = form.cleaned_data
    if act == "rules":
        terms.allow(group, terms.Rules(**data), by=person(request))
        return
    places = {row.instrument_id: row.place for row, _editions in member_queries.bases(group)}
    told = terms.Mandate(
        words=form.words(),
        begins_on=data["begins_on"],
        ends_on=data["ends_on"],
        bases=[(one, places.get(one.pk, "")) for one in data.get("instruments", ())],
    )
    terms.lay_down(group, told, by=person(request))
