"""Contests of a report: the list by their due days, one with what can be decided, the answer."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consulta.consultations.models import Consultation
from consulta.flow import contests as flow
from consulta.groups.permissions import Act
from consulta.reports import (
    contest_clock,
    contest_marks,
    contest_queries,
    contesting,
    queries,
    released,
)
from consulta.reports.models import Contest, ContestMark
from consulta.responses.queries import CursorMistypedError
from consulta.web.desk import forms as desk_forms
from consulta.web.desk import page, reading, wording
from consulta.web.desk.access import found, in_consultation, may, person
from consulta.web.desk.contests import refused
from consulta.web.desk.contests.forms import AnswerForm
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link


@require_safe
@in_consultation(Act.SEE_DESK)
def contests(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Every contest with its due day and its verdict."""
    now = timezone.now()
    try:
        shown = contest_queries.register(consultation, after=request.GET.get("after"))
    except CursorMistypedError as error:
        raise Http404 from error
    context = {
        "rows": [(one, contest_clock.verdict(one, now)) for one in shown.items],
        "next": f"?after={shown.next}" if shown.next else "",
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
    return show(request, one, {})


@require_POST
@in_consultation(Act.SCREEN_CONTEST)
def decide(request: HttpRequest, consultation: Consultation, pk: int, act: str) -> HttpResponse:
    """Publish it beside its passage, or decline it on a published ground."""
    one, by = found(lambda: contest_queries.at_desk(consultation, pk)), person(request)
    if act == "publish":
        done = _("It stands beside the passage. The answer is due.")
        refused.attempt(request, lambda: flow.publish(one, by=by), done=done)
        return redirect("desk:contest", consultation.slug, pk)
    form = _because(one, request.POST)
    if not form.is_valid():
        return show(request, one, {"because": form})
    done = _("It is declined. Its number and the ground stay listed.")
    refused.attempt(request, lambda: contesting.decline(one, by=by, **form.cleaned_data), done=done)
    return redirect("desk:contest", consultation.slug, pk)


@require_POST
@in_consultation(Act.ANSWER_CONTEST)
def answer(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Publish the answer beside the passage."""
    one = found(lambda: contest_queries.at_desk(consultation, pk))
    form = AnswerForm(request.POST, consultation=consultation)
    if not form.is_valid():
        return show(request, one, {"answering": form})
    refused.attempt(
        request,
        lambda: flow.answer(one, by=person(request), **form.cleaned_data),
        done=_("The answer stands beside the passage, and whoever contested is mailed."),
    )
    return redirect("desk:contest", consultation.slug, pk)


def _because(one: Contest, data: object) -> desk_forms.Because:
    return desk_forms.Because(data, grounds=contesting.grounds(one))


def show(request: HttpRequest, one: Contest, said: dict[str, Any]) -> HttpResponse:
    """One contest with everything that can be decided; *said*: forms that were sent and refused."""
    consultation = one.consultation
    is_received, is_published = (one.state == each for each in ("received", "published"))
    screens = may(request, Act.SCREEN_CONTEST, consultation.group)
    waiting = [mark for mark in one.marks.all() if mark.state == ContestMark.State.PROPOSED]
    grounds = contest_marks.grounds(one)
    context = {
        "contest": one,
        "verdict": contest_clock.verdict(one, timezone.now()),
        "because": _because(one, None),
        "answering": AnswerForm(consultation=consultation),
        "pieces": reading.cut(one.text, one.marks.all()),
        "marks": [(m.pk, one.text[m.start : m.end], wording.passage(m.kind)) for m in waiting],
        "marks_form": desk_forms.Because(None, grounds=grounds),
        "redact_form": desk_forms.Because(None, grounds=grounds),
        "may_redact": screens and bool(one.text),
        "may_erase": one.erased_at is None and may(request, Act.ERASE, consultation.group),
        "may_decide": is_received and screens,
        "may_answer": is_published
        and one.answered_at is None
        and may(request, Act.ANSWER_CONTEST, consultation.group),
        "refused": bool(said),
    } | said
    trail = [Link(label=_("Contests"), href="../"), Link(label=one.number)]
    return page.show(request, "contests/one.html", context, consultation=consultation, trail=trail)
