"""Chair, vice-chairs and secretary of a group at the desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consulta.groups import member_queries
from consulta.groups import members as group_members
from consulta.groups import offices as acts
from consulta.groups.models import Group
from consulta.groups.offices import Term
from consulta.stakeholders import states
from consulta.stakeholders.models import MemberState
from consulta.web.desk import page
from consulta.web.desk.access import found, person, sent
from consulta.web.desk.members import forms, sentences
from consulta.web.desk.members.doors import in_group, tabs, trail
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link


@require_http_methods(["GET", "HEAD", "POST"])
@in_group
def offices(request: HttpRequest, group: Group) -> HttpResponse:
    """Who holds and held which office; put another term on record."""
    known = {one.code: one for one in _states(group)}
    named = [(code, states.name(one, current()).text) for code, one in known.items()]
    form = forms.Office(sent(request), states=sorted(named, key=lambda pair: pair[1].casefold()))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"state": known.get(form.cleaned_data["state"])}
        by = person(request)
        if not (refused := sentences.refusal(lambda: acts.take(group, Term(**told), by=by))):
            messages.success(request, _("The office is on record, and the public page shows it."))
            return redirect("desk:group_offices", group.slug)
        form.add_error(None, refused)
    today = group_members.today(group.body)
    rows = [
        (one, states.name(one.state, current()) if one.state else None, one.runs(today))
        for one in member_queries.officeholders(group)
    ]
    context = {
        "group": group,
        "rows": rows,
        "form": form,
        "leaving": forms.Leaving(initial={"until_on": today}, auto_id=False),
        "refused": bool(form.errors),
        "tabs": tabs(request, group),
    }
    way = trail(group, Link(label=_("Offices")))
    return page.show(request, "members/offices.html", context, trail=way)


@require_POST
@in_group
def end(request: HttpRequest, group: Group, pk: int) -> HttpResponse:
    """Put the last day of a term on record."""
    holder = found(lambda: member_queries.officeholder(group, pk))
    form, by = forms.Leaving(request.POST), person(request)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["until_on"])))
    elif refused := sentences.refusal(
        lambda: acts.leave(holder, form.cleaned_data["until_on"], by=by)
    ):
        messages.error(request, refused)
    else:
        messages.success(request, _("The last day of the term is on record."))
    return redirect("desk:group_offices", group.slug)


def _states(group: Group) -> list[MemberState]:
    return [one.state for one in member_queries.of_group(group) if one.state is not None]
