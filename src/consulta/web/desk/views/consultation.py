"""One consultation at the desk: where it stands, its clock, and the acts that move it."""

import copy
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.consultations import clock, extending, opening
from consulta.consultations import queries as consultation_queries
from consulta.consultations.errors import ConsultationError, DeviationNeedsReasonError
from consulta.consultations.models import Consultation
from consulta.core.conflicts import Code
from consulta.flow import convening as flow
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.notices import queries as notice_queries
from consulta.notices import wording as notice_wording
from consulta.responses import balance
from consulta.web.desk import acts, dates, doing, forms, judging, page, previews, refusals, today
from consulta.web.desk.access import in_consultation, person, sent
from consulta.web.ui.parts import Link


@require_safe
@in_consultation(Act.SEE_DESK)
def overview(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Where it stands and what can be done."""
    now = timezone.now()
    allowed = permissions.allowed(person(request), consultation.group)
    state, view = consultation.state(now), clock.view(consultation, now)
    context = {
        "title": page.topic(consultation),
        "state": state,
        "rows": dates.judged(view),
        "conflicts": dates.conflicts(view, Code.OUT_OF_ORDER) if consultation.announced_at else [],
        "unexplained": acts.unexplained(consultation, view, allowed),
        "judged": judging.shown(consultation, view),
        "balance": asdict(balance.of(consultation)),
        "tasks": today.lines([consultation], now)[0].tasks,
        "acts": acts.of_consultation(consultation, state, allowed),
        "meetings": acts.meetings(consultation, allowed),
        "missing": consultation_queries.missing_languages(consultation),
        "texts": acts.texts(consultation),
        "told": [
            (told, notice_wording.sentence(told), notice_wording.reason(told))
            for told in notice_queries.of_consultation(consultation)
        ],
    }
    return page.show(request, "consultation.html", context, consultation=consultation)


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.OPEN)
def open_consultation(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Show what opening announces; then open."""
    announced = _announcement(consultation)
    form = forms.Opening(sent(request), lacking=announced.get("lacking", ""))
    if request.method == "POST" and form.is_valid():
        reason, by = form.cleaned_data["reason"], person(request)
        act = lambda: flow.open_consultation(consultation, by=by, reason=reason)  # noqa: E731
        if not (refused := doing.refusal(act)):
            messages.success(
                request, _("The consultation is announced. Topic and questions are frozen.")
            )
            return redirect("desk:consultation", consultation.slug)
        form.add_error(None, refused)
    context = {"form": form, "refused": bool(form.errors), **announced}
    trail = [Link(label=_("Open"))]
    return page.show(request, "open.html", context, consultation=consultation, trail=trail)


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.EXTEND)
def extend(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """A new day and a reason; the chain is judged again before anything is announced."""
    form = forms.Extension(sent(request))
    shown: list[previews.Preview] = []
    if request.method == "POST" and form.is_valid():
        act = _extend if request.POST.get("do") == "extend" else _look
        if refused := doing.refusal(lambda: shown.extend(act(request, consultation, form))):
            form.add_error(None, refused)
        elif act is _extend:
            return redirect("desk:consultation", consultation.slug)
    context = {"form": form, "previews": shown, "refused": bool(form.errors)}
    trail = [Link(label=_("Extend"))]
    return page.show(request, "extend.html", context, consultation=consultation, trail=trail)


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.CANCEL)
def cancel(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Cancel for a reason; what came in stays on record."""
    form = forms.Reason(sent(request))
    if request.method == "POST" and form.is_valid():
        reason, by = form.cleaned_data["reason"], person(request)
        if not (refused := doing.refusal(lambda: flow.cancel(consultation, reason=reason, by=by))):
            messages.success(request, _("The consultation is cancelled. Its record stays."))
            return redirect("desk:consultation", consultation.slug)
        form.add_error(None, refused)
    context = {"form": form, "refused": bool(form.errors)}
    trail = [Link(label=_("Cancel"))]
    return page.show(request, "cancel.html", context, consultation=consultation, trail=trail)


def _look(
    request: HttpRequest, consultation: Consultation, form: forms.Extension
) -> list[previews.Preview]:
    """What the new day would do; refused already where the extension itself would be."""
    to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
    extending.check(consultation, to=to, reason=reason, by=person(request))
    return [previews.extended(consultation, closes_on=to)]


def _extend(
    request: HttpRequest, consultation: Consultation, form: forms.Extension
) -> list[previews.Preview]:
    flow.extend(consultation, by=person(request), **form.cleaned_data)
    messages.success(request, _("The deadline is extended, and everyone is told."))
    return []


def _announcement(consultation: Consultation) -> dict[str, Any]:
    """What opening would announce now, or the sentence that says what is missing."""
    planned = copy.copy(consultation)
    try:
        table = opening.preview(planned, now=timezone.now())
    except ConsultationError as error:
        return {"obstacle": refusals.sentence(error)}
    outside = [name for name, _day in opening.outside_rule(table)]
    return {
        "table": dates.explained(table),
        "outside": outside,
        "lacking": refusals.sentence(DeviationNeedsReasonError(outside)) if outside else "",
        "opens_at": planned.opens_at,
        "closes_at": planned.closes_at,
        "missing": consultation_queries.missing_languages(consultation),
        "texts": acts.texts(consultation),
    }
