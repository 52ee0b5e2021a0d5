"""Asking members for their positions, and what came of it: who answered, with what, and who did not."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from consulta.groups import membership as memberships
from consulta.groups import permissions
from consulta.groups import queries as groups
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.mailroom.outbox import NotMailableError
from consulta.meetings import asking_positions, position_queries, positions
from consulta.meetings.models import PositionRequest
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, found, person, sent
from consulta.web.desk.followups import shown
from consulta.web.desk.plan import setting
from consulta.web.desk.positions.forms import Ask
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]
_PLAIN: dict[type[Exception], Callable[[], str]] = {
    positions.NoWordsError: lambda: _("Write what is asked."),
    asking_positions.NotAskedHereError: lambda: _(
        "One of the members has no place in the group any more, or states no positions there. Load the"
        " page again."
    ),
    asking_positions.DayPastError: lambda: _("This day is past. Choose one that is to come."),
    NotMailableError: lambda: _(
        "A delegate has an address to which no mail can be sent. Correct it among the members."
    ),
}


@require_safe
@anywhere(Act.CONVENE)
def listed(request: HttpRequest) -> HttpResponse:
    """What was asked of the members of a group, and how many answered."""
    group, language = shown.group(request), current()
    rows = position_queries.requests([group]) if group else []
    context = {
        "group": group,
        "groups": permissions.groups_of(person(request), Act.CONVENE),
        "rows": [(row, groups.name(row.issue, language), *_counts(row)) for row in rows],
    }
    return page.show(request, "positions/list.html", context, trail=[Link(label=_("Positions"))])


@require_http_methods(METHODS)
@anywhere(Act.CONVENE)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask one member, several or all to give or update their positions."""
    group = shown.group(request)
    if group is None:
        return redirect("desk:positions")
    able = position_queries.stating(group)
    place = setting.of(group, None, today=groups.today())
    form = Ask(sent(request), setting=place, able=able)
    if request.method == "POST" and form.is_valid() and _asked(request, form, group):
        return redirect(f"{reverse('desk:positions')}?group={group.slug}")
    context = {"form": form, "group": group, "able": able, "refused": bool(form.errors)}
    return page.show(request, "positions/ask.html", context, trail=_trail(group, _("Ask")))


@require_safe
@anywhere(Act.CONVENE)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: its words, what came, and who has not answered."""
    row: PositionRequest = found(lambda: position_queries.request(pk))
    permissions.require(person(request), Act.CONVENE, row.group)
    language, came = current(), position_queries.answers(row)
    asked = memberships.by_name(position_queries.asked_members(row), language)
    context = {
        "row": row,
        "issue": groups.name(row.issue, language),
        "lines": [(name, came.get(place.pk)) for place, name in asked],
        "answered": sum(place.pk in came for place, _name in asked),
    }
    name = groups.name(row.issue, language).text
    return page.show(request, "positions/one.html", context, trail=_trail(row.group, name))


def _asked(request: HttpRequest, form: Ask, group: Group) -> bool:
    """Ask what a valid form says; what refuses it is said on the form."""
    told, of = form.said(group)
    try:
        count = asking_positions.ask(told, of=of, by=person(request))
    except ValidationError as error:
        form.add_error(None, " ".join(error.messages))
        return False
    except tuple(_PLAIN) as error:
        form.add_error(None, _PLAIN[type(error)]())
        return False
    words = ngettext(
        "Asked. %(count)s delegate is told.", "Asked. %(count)s delegates are told.", count
    )
    messages.success(request, words % {"count": count})
    return True


def _counts(row: PositionRequest) -> tuple[int, int]:
    """How many were asked, and how many of them answered."""
    asked, came = position_queries.asked_members(row), position_queries.answers(row)
    return len(asked), sum(place.pk in came for place in asked)


def _trail(group: Group, here: str) -> list[Link]:
    home = Link(label=_("Positions"), href=f"{reverse('desk:positions')}?group={group.slug}")
    return [home, Link(label=here)]
