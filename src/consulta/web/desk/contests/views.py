"""Contests of a report: the list by their due days, one with what can be decided, the answer."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consulta.consultations.models import Consultation
from consulta.flow import contests as flow
from consulta.groups.permissions import Act
from consulta.reports import contest_clock, contest_queries, contesting, queries, released
from consulta.reports.contest_errors import (
    AnsweredAlreadyError,
    AnswerIncompleteError,
    ContestDecidedError,
    ContestNotPublishedError,
)
from consulta.reports.errors import ReportError
from consulta.reports.models import Contest
from consulta.web.desk import forms as desk_forms
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, may, person
from consulta.web.desk.contests.forms import AnswerForm
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

REFUSED: dict[type[ReportError], Callable[[], str]] = {
    ContestDecidedError: lambda: _("Nothing changed: this was decided already."),
    ContestNotPublishedError: lambda: _("Decide first whether it is published; then answer it."),
    AnsweredAlreadyError: lambda: _("Nothing changed: the answer stands beside the passage."),
    AnswerIncompleteError: lambda: _("Say what becomes of the passage, and why."),
}


@require_safe
@in_consultation(Act.SEE_DESK)
def contests(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Every contest with its due day and its verdict."""
    now = timezone.now()
    rows = contest_queries.register(consultation)
    context = {
        "rows": [(one, contest_clock.verdict(one, now)) for one in rows],
        "counts": contest_queries.counts(consultation),
        "window": contest_clock.window(
            consultation, released.to_read(queries.released(consultation), current()), now
        ),
    }
    trail = [Link(label=_("Contests"))]
    return page.show(request, "contests/list.html", context, consultation=consultation, trail=trail)


@require_safe
@in_consultation(Act.SEE_RESTRICTED)
def contest(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """One contest, and what can be decided about it."""
    one = found(lambda: contest_queries.at_desk(consultation, pk))
    return _show(request, one, _because(one, None), AnswerForm(consultation=consultation))


@require_POST
@in_consultation(Act.SCREEN_CONTEST)
def decide(request: HttpRequest, consultation: Consultation, pk: int, act: str) -> HttpResponse:
    """Publish it beside its passage, or decline it on a published ground."""
    one, by = found(lambda: contest_queries.at_desk(consultation, pk)), person(request)
    if act == "publish":
        done = _("It stands beside the passage. The answer is due.")
        _attempt(request, lambda: flow.publish(one, by=by), done=done)
        return redirect("desk:contest", consultation.slug, pk)
    form = _because(one, request.POST)
    if not form.is_valid():
        return _show(request, one, form, AnswerForm(consultation=consultation))
    done = _("It is declined. Its number and the ground stay listed.")
    _attempt(request, lambda: contesting.decline(one, by=by, **form.cleaned_data), done=done)
    return redirect("desk:contest", consultation.slug, pk)


@require_POST
@in_consultation(Act.ANSWER_CONTEST)
def answer(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Publish the answer beside the passage."""
    one = found(lambda: contest_queries.at_desk(consultation, pk))
    form = AnswerForm(request.POST, consultation=consultation)
    if not form.is_valid():
        return _show(request, one, _because(one, None), form)
    _attempt(
        request,
        lambda: flow.answer(one, by=person(request), **form.cleaned_data),
        done=_("The answer stands beside the passage, and whoever contested is mailed."),
    )
    return redirect("desk:contest", consultation.slug, pk)


def _because(one: Contest, data: object) -> desk_forms.Because:
    return desk_forms.Because(data, grounds=contesting.grounds(one))


def _attempt(request: HttpRequest, act: Callable[[], object], *, done: str) -> None:
    try:
        act()
    except tuple(REFUSED) as error:
        messages.error(request, REFUSED[type(error)]())
    else:
        messages.success(request, done)


def _show(
    request: HttpRequest, one: Contest, because: desk_forms.Because, answering: AnswerForm
) -> HttpResponse:
    consultation = one.consultation
    waits, state = one.state == Contest.State.RECEIVED, Contest.State
    context = {
        "contest": one,
        "verdict": contest_clock.verdict(one, timezone.now()),
        "because": because,
        "answering": answering,
        "refused": bool(because.errors or answering.errors),
        "may_decide": waits and may(request, Act.SCREEN_CONTEST, consultation.group),
        "may_answer": one.state == state.PUBLISHED
        and one.answered_at is None
        and may(request, Act.ANSWER_CONTEST, consultation.group),
    }
    trail = [Link(label=_("Contests"), href="../"), Link(label=one.number)]
    return page.show(request, "contests/one.html", context, consultation=consultation, trail=trail)
