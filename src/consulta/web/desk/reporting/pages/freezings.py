"""Freezing: an officer presses, the worker draws the edition up, this page says how far it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports import errata, pressing
from consulta.reports.errors import BeingFrozenError, ErrataMissingError, ReportError
from consulta.reports.models import Edition, Freezing
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, may, person
from consulta.web.desk.reporting import refused, shown
from consulta.web.desk.reporting.forms import FreezeForm
from consulta.web.ui.parts import Link


@require_POST
@in_consultation(Act.EDIT_REPORT)
def freeze(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Have a document frozen as its next edition, as it is now; the worker draws it up."""
    form = FreezeForm(request.POST, consultation=consultation)
    if not form.is_valid():
        return _form(request, consultation, form, refused=True)
    asked = form.cleaned_data
    try:
        made = pressing.press(
            consultation,
            asked["kind"],
            language=asked["language"],
            by=person(request),
            errata=asked["errata"],
        )
    except ErrataMissingError as error:
        return _ask_what_changed(request, consultation, asked, refused.sentence(error))
    except BeingFrozenError as error:
        messages.error(request, refused.sentence(error))
        return redirect("desk:freezing", consultation.slug, error.freezing.pk)
    except ReportError as error:
        messages.error(request, refused.sentence(error))
        return redirect("desk:report", consultation.slug)
    return redirect("desk:freezing", consultation.slug, made.pk)


@require_safe
@in_consultation(Act.SEE_RESTRICTED)
def freezing(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """How far the drawing up is; once the edition is there, its own page."""
    one = found(lambda: pressing.one(consultation, pk))
    if one.edition is not None:
        return redirect("desk:edition", consultation.slug, one.edition.pk)
    context = _state(request, one)
    trail = [shown.home(consultation), Link(label=capfirst(one.get_kind_display()))]
    return page.show(
        request, "reporting/freezing.html", context, consultation=consultation, trail=trail
    )


@require_safe
@in_consultation(Act.SEE_RESTRICTED)
def state(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """The part of the page that changes; htmx goes on to the edition once it is there."""
    one = found(lambda: pressing.one(consultation, pk))
    context = _state(request, one) | {"consultation": consultation}
    answer = render(request, "desk/reporting/freezing_state.html", context)
    if one.edition is not None:
        there = reverse("desk:edition", args=[consultation.slug, one.edition.pk])
        answer["HX-Redirect"] = there
    return answer


def _state(request: HttpRequest, one: Freezing) -> dict[str, Any]:
    waiting = one.ended_at is None
    return {
        "freezing": one,
        "waiting": waiting,
        "total": len(one.versions) if one.kind in pressing.PRINTING else 0,
        "why": "" if waiting else refused.of_name(one.refusal),
        "may_edit": may(request, Act.EDIT_REPORT, one.consultation.group),
    }


def _ask_what_changed(
    request: HttpRequest, consultation: Consultation, asked: dict[str, Any], why: str
) -> HttpResponse:
    """The form again, with the computed list of changes to start from; nothing is frozen yet."""
    told = asked | {"errata": ""}
    if asked["kind"] == Edition.Kind.CONSOLIDATED:
        told["errata"] = errata.proposed(consultation, asked["language"])
    if not told["errata"]:
        why = _(
            "This is a later edition: say what changed since the one before, for example responses"
            " that came or went, figures, campaigns or codes."
        )
    form = FreezeForm(initial=told, consultation=consultation)
    return _form(request, consultation, form, refused=why)


def _form(
    request: HttpRequest, consultation: Consultation, form: FreezeForm, *, refused: str | bool
) -> HttpResponse:
    context = {"form": form, "refused": refused}
    trail = [shown.home(consultation)]
    return page.show(
        request, "reporting/freeze.html", context, consultation=consultation, trail=trail
    )
