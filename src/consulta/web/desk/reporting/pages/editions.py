"""Editions: freezing one, watching its files being made, trying again."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consulta.consultations.models import Consultation
from consulta.flow import tasks
from consulta.groups.permissions import Act
from consulta.reports import assembly, desk, errata
from consulta.reports.errors import ErrataMissingError, ReportError
from consulta.reports.models import Edition
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, may, person
from consulta.web.desk.reporting import filed, refused, shown
from consulta.web.desk.reporting.forms import FreezeForm
from consulta.web.ui.parts import Link


@require_POST
@in_consultation(Act.EDIT_REPORT)
def freeze(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Freeze a document as its next edition; the worker makes its files."""
    form = FreezeForm(request.POST, consultation=consultation)
    if not form.is_valid():
        context = {"form": form, "refused": True}
        trail = [shown.home(consultation)]
        return page.show(
            request, "reporting/freeze.html", context, consultation=consultation, trail=trail
        )
    asked = form.cleaned_data
    try:
        made = assembly.freeze(
            consultation,
            asked["kind"],
            language=asked["language"],
            by=person(request),
            errata=asked["errata"],
        )
    except ErrataMissingError as error:
        return _ask_what_changed(request, consultation, asked, refused.sentence(error))
    except ReportError as error:
        messages.error(request, refused.sentence(error))
        return redirect("desk:report", consultation.slug)
    messages.success(request, _("The edition is frozen. Its files are being made."))
    nudge()
    return redirect("desk:edition", consultation.slug, made.pk)


def _ask_what_changed(
    request: HttpRequest, consultation: Consultation, asked: dict[str, Any], why: str
) -> HttpResponse:
    """The form again, with the computed list of changes to start from; no bytes are made yet."""
    told = asked | {"errata": ""}
    if asked["kind"] == Edition.Kind.CONSOLIDATED:
        told["errata"] = errata.proposed(consultation, asked["language"])
    context = {"form": FreezeForm(initial=told, consultation=consultation), "refused": why}
    trail = [shown.home(consultation)]
    return page.show(
        request, "reporting/freeze.html", context, consultation=consultation, trail=trail
    )


@require_safe
@in_consultation(Act.SEE_RESTRICTED)
def edition(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """One edition: what it is, its files, what may be done with it."""
    one = found(lambda: desk.edition(consultation, pk))
    context = _state(one) | {
        "may_edit": may(request, Act.EDIT_REPORT, consultation.group),
        "may_release": may(request, Act.RELEASE, consultation.group) and one.kind != "received",
    }
    trail = [shown.home(consultation), Link(label=one.get_kind_display())]
    return page.show(
        request, "reporting/edition.html", context, consultation=consultation, trail=trail
    )


@require_safe
@in_consultation(Act.SEE_RESTRICTED)
def state(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """The part of the edition's page that changes while the files are being made."""
    one = found(lambda: desk.edition(consultation, pk))
    context = _state(one) | {"consultation": consultation, "fragment": True}
    return render(request, "desk/reporting/edition_state.html", context)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def again(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Let the worker try again an edition whose files could not be made."""
    one = found(lambda: desk.edition(consultation, pk))
    assembly.try_again(one, by=person(request))
    nudge()
    messages.success(request, _("The worker tries again."))
    return redirect("desk:edition", consultation.slug, pk)


def nudge() -> None:
    """Wake the worker when what was frozen is on record; without it the next sweep finds it."""
    transaction.on_commit(lambda: tasks.render_editions.enqueue())


def _state(one: Edition) -> dict[str, object]:
    failed = one.rendered_at is None and one.attempts >= assembly.ATTEMPTS
    return {
        "edition": one,
        "files": shown.files(one),
        "failed": failed,
        "working": one.rendered_at is None and not failed,
    } | filed.of(one)
