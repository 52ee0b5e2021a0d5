"""Putting on record what a group settled at a meeting: where a consultation begins."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.flow import recording as flow
from consulta.flow.recording import Settled
from consulta.groups import permissions
from consulta.groups import queries as group_queries
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.meetings import queries as meeting_queries
from consulta.meetings.models import Decision
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, found, person, sent
from consulta.web.desk.decisions import refused
from consulta.web.desk.decisions.forms import SettledForm
from consulta.web.desk.recording import DecisionForm, Place, fresh
from consulta.web.ui import languages
from consulta.web.ui.parts import Link


@require_http_methods(["GET", "HEAD", "POST"])
@anywhere(Act.CONVENE)
def record(request: HttpRequest) -> HttpResponse:
    """From what a meeting settled to its line on the group's page, and on to the consultation."""
    groups = permissions.groups_of(person(request), Act.CONVENE)
    group = group_of(request, groups)
    if group is None:
        context = {
            "groups": groups,
            "open_call": permissions.may(person(request), Act.CONVENE, None),
        }
        return page.show(request, "choose_group.html", context, trail=_trail())
    place = place_of(group)
    form = DecisionForm(sent(request), place=place, initial=fresh(place))
    more = SettledForm(sent(request), place=place)
    if request.method == "POST" and form.is_valid() and more.is_valid():
        made = list[Decision]()
        if _record(request, form, more, made):
            return _onwards(request, made[0], group)
    context = {
        "form": form,
        "more": more,
        "refused": form.is_bound and bool(form.errors or more.errors),
        "group": group,
        "several": len(groups) > 1,
        "opened": form.is_bound,
    }
    return page.show(request, "record_decision.html", context, trail=_trail())


def _record(
    request: HttpRequest, form: DecisionForm, more: SettledForm, made: list[Decision]
) -> bool:
    """Record what two valid forms say into *made*; what refuses it is said on the form."""
    decision, at = form.said(), form.said_at()
    language = form.cleaned_data["original_language"]
    decision.item = more.item_at(at)
    more.fill(decision)
    settled = Settled(
        views=more.views(language),
        chosen=more.picked("chosen"),
        not_chosen=more.picked("not_chosen"),
        plan=more.plan(language) if decision.opens_consultation else None,
    )
    if more.errors:
        return False
    by = person(request)
    why = refused.refusal(lambda: made.append(flow.record(decision, at=at, by=by, settled=settled)))
    if why:
        form.add_error(None, why)
    return not why


def _onwards(request: HttpRequest, decision: Decision, group: Group) -> HttpResponse:
    """To the consultation that it opens, else to where everyone or the desk reads it."""
    if drawn_up := flow.opened_by(decision):
        messages.success(request, _("The decision is on record, and the consultation is drawn up."))
        return redirect("desk:consultation", drawn_up[0].slug)
    if decision.opens_consultation:
        messages.success(request, _("The decision is on record. Draw the consultation up from it."))
        return redirect(f"{reverse('desk:convene')}?decision={decision.pk}")
    if decision.audience == "public":
        messages.success(request, _("The decision is on record; this page shows it to everyone."))
        return redirect("public:group", group.slug)
    messages.success(request, _("The decision is on record. Only those whom you chose see it."))
    return redirect("desk:decision", decision.pk)


def group_of(request: HttpRequest, groups: Sequence[Group]) -> Group | None:
    """The group that the address names, or the only one there is; None: it is still to be chosen."""
    if slug := request.GET.get("group", ""):
        named: Group = found(lambda: group_queries.by_slug(slug))
        permissions.require(person(request), Act.CONVENE, named)
        return named
    return groups[0] if len(groups) == 1 else None


def place_of(group: Group) -> Place:
    """Where a decision of *group* is taken: its meetings so far, its languages, and today."""
    today = group_queries.today()
    return Place(
        group=group,
        meetings=meeting_queries.held(group, on=today),
        spoken=group.body.languages or list(languages.names()),
        today=today,
    )


def _trail() -> list[Link]:
    convene = Link(label=_("Convene"), href=reverse("desk:convene"))
    return [convene, Link(label=_("Record a decision"))]
