"""Editions: what one is, watching its files being made, trying again."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consulta.consultations.models import Consultation
from consulta.flow import tasks
from consulta.groups.permissions import Act
from consulta.reports import assembly, desk
from consulta.reports import release as releasing
from consulta.reports.models import Edition
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, may, person
from consulta.web.desk.reporting import filed, shown
from consulta.web.ui.parts import Link


@require_safe
@in_consultation(Act.SEE_RESTRICTED)
def edition(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """One edition: what it is, its files, what may be done with it."""
    one = found(lambda: desk.edition(consultation, pk))
    context = _state(one) | {
        "may_edit": may(request, Act.EDIT_REPORT, consultation.group),
        "may_release": may(request, Act.RELEASE, consultation.group)
        and one.kind not in releasing.NOT_RELEASED,
    }
    trail = [shown.home(consultation), Link(label=capfirst(one.get_kind_display()))]
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
