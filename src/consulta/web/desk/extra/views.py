"""Extra open meetings at the desk: those of one's groups, and one more."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.consultations import joining
from consulta.consultations import queries as consultations
from consulta.flow import extra_meetings as flow
from consulta.groups import permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.meetings import decision_queries, extra, wording
from consulta.meetings.models import Decision
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, person, sent
from consulta.web.desk.extra.forms import Extra
from consulta.web.desk.followups import shown
from consulta.web.desk.meetings.doors import trail
from consulta.web.ui import languages
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

_PLAIN: dict[type[Exception], Callable[[], str]] = {
    extra.NotDecidedError: lambda: _(
        "An extra open meeting is decided by the group, by consensus. Record the decision first, or"
        " choose one that was not reversed."
    ),
    extra.DatesMissingError: lambda: _("Give the first day; it may be provisional."),
    joining.OtherGroupError: lambda: _(
        "This consultation is of another group. Choose another one."
    ),
}


@require_safe
@anywhere(Act.CONVENE)
def listed(request: HttpRequest) -> HttpResponse:
    """The extra meetings of one's groups, with the consultations that they are joined to."""
    groups, language = permissions.groups_of(person(request), Act.CONVENE), current()
    rows = extra.of_groups(groups)
    joined = joining.of_meetings([row.meeting for row in rows])
    context = {
        "rows": [
            (
                row,
                wording.name(row.meeting, language),
                [(c, consultations.topic(c, language)) for c in joined[row.meeting_id]],
            )
            for row in rows
        ],
        "groups": groups,
    }
    here = trail(Link(label=_("Extra open meetings")))
    return page.show(request, "extra/list.html", context, trail=here)


@require_http_methods(["GET", "HEAD", "POST"])
@anywhere(Act.CONVENE)
def new(request: HttpRequest) -> HttpResponse:
    """Put an extra meeting on record, and join it to a consultation."""
    group = shown.group(request)
    if group is None:
        return redirect("desk:extra_meetings")
    decisions = _decisions(group)
    form = _form(request, group, decisions)
    if request.method == "POST" and form.is_valid():
        told, meeting, to = form.said()
        why = _refusal(lambda: flow.decide(told, meeting, to=to, by=person(request)))
        if not why:
            messages.success(
                request,
                _("The meeting is on record. Notes or a transcript are posted as its documents."),
            )
            return redirect("desk:extra_meetings")
        form.add_error(None, why)
    context = {
        "form": form,
        "group": group,
        "groups": permissions.groups_of(person(request), Act.CONVENE),
        "decisions": decisions,
        "refused": bool(form.errors),
    }
    home = Link(label=_("Extra open meetings"), href=reverse("desk:extra_meetings"))
    here = trail(home, Link(label=_("New")))
    return page.show(request, "extra/new.html", context, trail=here)


def _form(request: HttpRequest, group: Group, decisions: list[Decision]) -> Extra:
    return Extra(
        sent(request),
        decisions=decisions,
        consulted=consultations.for_desk([group]),
        spoken=group.body.languages or list(languages.names()),
    )


def _decisions(group: Group) -> list[Decision]:
    """What the group decided by consensus and no later decision changed."""
    rows = decision_queries.standing(group)
    reversed_ = Decision.Change.REVERSED
    return [row for row in rows if row.kind == Decision.Kind.CONSENSUS and row.change != reversed_]


def _refusal(act: Callable[[], object]) -> str:
    try:
        act()
    except ValidationError as error:
        return " ".join(error.messages)
    except tuple(_PLAIN) as error:
        return _PLAIN[type(error)]()
    return ""
