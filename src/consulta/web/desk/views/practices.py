"""Practices that wait: publish, or decline on a ground."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consulta.core import procedure
from consulta.core.rules import Act as OnGround
from consulta.groups.permissions import Act
from consulta.repository import practices as room
from consulta.repository import queries as repository_queries
from consulta.repository.models import Practice
from consulta.web.desk import doing, forms, page
from consulta.web.desk.access import everywhere, found, person
from consulta.web.ui.parts import Link

#: The published list of grounds for what belongs to no consultation.
LIST = "open-call"


@require_safe
@everywhere(Act.PRACTICES)
def practices(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first."""
    context = {"practices": repository_queries.practices_waiting()}
    return page.show(request, "practices.html", context, trail=[Link(label=_("Practices"))])


@require_safe
@everywhere(Act.PRACTICES)
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """One practice and what can be decided about it."""
    return _show(request, found(lambda: repository_queries.practice_at_desk(pk)), _form(None))


@require_POST
@everywhere(Act.PRACTICES)
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Publish it, or decline it."""
    shown: Practice = found(lambda: repository_queries.practice_at_desk(pk))
    by = person(request)
    if act == "publish":
        doing.attempt(
            request,
            lambda: room.publish(shown, by=by),
            done=_("The practice stands in the repository."),
        )
        return redirect("desk:practices")
    form = _form(request.POST)
    if not form.is_valid():
        return _show(request, shown, form)
    doing.attempt(
        request,
        lambda: room.decline(shown, by=by, **form.cleaned_data),
        done=_("The practice is declined."),
    )
    return redirect("desk:practices")


def _form(data: object) -> forms.Because:
    grounds = procedure.load(LIST).grounds_for(OnGround.DECLINE)
    return forms.Because(data, grounds=grounds)


def _show(request: HttpRequest, shown: Practice, form: forms.Because) -> HttpResponse:
    context = {
        "practice": shown,
        "form": form,
        "refused": bool(form.errors),
        "waits": shown.state == Practice.State.RECEIVED,
    }
    trail = [Link(label=_("Practices"), href="../"), Link(label=shown.title)]
    return page.show(request, "practice.html", context, trail=trail)
