"""Practices that wait: publish, or decline on a ground."""

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from consulta.core import procedure
from consulta.core.rules import Act as OnGround
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.repository import erasing
from consulta.repository import practices as room
from consulta.repository import queries as repository_queries
from consulta.repository.models import Practice
from consulta.web.desk import doing, forms, page
from consulta.web.desk.access import everywhere, found, may, person
from consulta.web.ui.parts import Link

#: The published list of grounds for what belongs to no consultation.
LIST = "open-call"


PAGE = 50


class Why(django_forms.Form):
    """Why a practice is erased."""

    because = forms.words(
        gettext_lazy("Why it is erased"), help_text=gettext_lazy("Name no person in it.")
    )


@require_safe
@everywhere(Act.PRACTICES)
def practices(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; then those that were decided."""
    decided = Paginator(repository_queries.practices_decided(), PAGE)
    context = {
        "practices": repository_queries.practices_waiting(),
        "decided": decided.get_page(request.GET.get("page")),
    }
    return page.show(request, "practices.html", context, trail=[Link(label=_("Practices"))])


@require_safe
@everywhere(Act.PRACTICES)
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """One practice and what can be decided about it."""
    return _show(request, found(lambda: repository_queries.practice_at_desk(pk)), _form(None))


@require_POST
@everywhere(Act.PRACTICES)
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Publish it, decline it, or erase it by law."""
    shown: Practice = found(lambda: repository_queries.practice_at_desk(pk))
    by = person(request)
    if act == "erase":
        return _erased(request, shown)
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


def _erased(request: HttpRequest, shown: Practice) -> HttpResponse:
    form = Why(request.POST)
    permissions.require(person(request), Act.ERASE, None)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    if form.is_valid() and doing.attempt(
        request,
        lambda: erasing.erase(shown, because=because, by=person(request)),
        done=_("Done: no word of it is kept, and its address leads nowhere."),
    ):
        return redirect("desk:practices")
    return _show(request, shown, _form(None), why=form)


def _form(data: object) -> forms.Because:
    grounds = procedure.load(LIST).grounds_for(OnGround.DECLINE)
    return forms.Because(data, grounds=grounds)


def _show(
    request: HttpRequest, shown: Practice, form: forms.Because, *, why: Why | None = None
) -> HttpResponse:
    may_erase = may(request, Act.ERASE, None) and shown.state != Practice.State.RECEIVED
    context = {
        "practice": shown,
        "form": form,
        "refused": bool(form.errors),
        "why": why or Why(),
        "why_refused": why is not None,
        "may_erase": may_erase and shown.erased_at is None,
        "waits": shown.state == Practice.State.RECEIVED,
    }
    trail = [Link(label=_("Practices"), href="../"), Link(label=shown.title or _("Erased by law"))]
    return page.show(request, "practice.html", context, trail=trail)
