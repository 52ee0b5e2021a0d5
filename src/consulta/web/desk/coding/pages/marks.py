"""What a coder does with one answer: give codes, find that none applies, take back, look again."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from consulta.analysis.coding import marking, queries, reading
from consulta.analysis.coding.marking import Given
from consulta.analysis.models import Coding
from consulta.consultations.models import Consultation
from consulta.core import quotation
from consulta.groups.permissions import Act
from consulta.responses.models import Answer
from consulta.web.desk.access import found, in_consultation, person
from consulta.web.desk.coding import refused, shown
from consulta.web.desk.coding.pages.reading import shared
from consulta.web.ui.templatetags.ui import digits

NUMBER = 12  # digits of no number are more


@require_POST
@in_consultation(Act.EDIT_REPORT)
def code(request: HttpRequest, consultation: Consultation, answer: int) -> HttpResponse:
    """Give the ticked codes to an answer, to a passage of it, or to all of its campaign."""
    one: Answer = found(lambda: reading.answer(consultation, answer))
    ticked = [int(n) for n in request.POST.getlist("codes") if _is_number(n)]
    words = request.POST.get(f"words-{answer}", "")[: quotation.LONGEST]
    given = Given(ticked, words, request.POST.get("note", "")[: marking.NOTE])
    if "everyone" in request.POST:
        return _done(request, one, lambda: _everyone(request, one, given))
    return _done(request, one, lambda: marking.code(one, given, by=person(request)))


@require_POST
@in_consultation(Act.EDIT_REPORT)
def none(request: HttpRequest, consultation: Consultation, answer: int) -> HttpResponse:
    """Say that no code applies."""
    one: Answer = found(lambda: reading.answer(consultation, answer))
    return _done(request, one, lambda: marking.find_none(one, by=person(request)))


@require_POST
@in_consultation(Act.EDIT_REPORT)
def again(request: HttpRequest, consultation: Consultation, answer: int) -> HttpResponse:
    """Carry codes of an earlier version over to the one that stands, or leave them with the earlier."""
    one: Answer = found(lambda: reading.answer(consultation, answer))
    earlier = reading.before(one)
    by = person(request)
    if "leave" in request.POST:
        return _done(request, one, lambda: marking.leave_behind(one, earlier, by=by))
    return _done(request, one, lambda: _carry(request, one, earlier))


@require_POST
@in_consultation(Act.EDIT_REPORT)
def back(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Take back a code that this person gave."""
    coding: Coding = found(lambda: reading.coding(consultation, pk))
    one: Answer = found(lambda: reading.answer(consultation, coding.answer_id))
    return _done(request, one, lambda: marking.take_back(coding, by=person(request)))


def _everyone(request: HttpRequest, one: Answer, given: Given) -> None:
    count = marking.code_campaign(one, given, by=person(request))
    said = ngettext(
        "%(count)s response of the campaign is coded.",
        "%(count)s responses of the campaign are coded.",
        count,
    )
    messages.success(request, said % {"count": digits(count)})


def _carry(request: HttpRequest, one: Answer, earlier: list[Coding]) -> None:
    count = marking.carry_over(one, earlier, by=person(request))
    if count < len(earlier):
        said = ngettext(
            "%(count)s code was not carried over: the new version does not say its words, or the code"
            " is in use no more.",
            "%(count)s codes were not carried over: the new version does not say their words, or the"
            " codes are in use no more.",
            len(earlier) - count,
        )
        messages.warning(request, said % {"count": digits(len(earlier) - count)})


def _done(request: HttpRequest, one: Answer, act: Callable[[], object]) -> HttpResponse:
    """Do *act*; then the answer alone where a script asked, else the list again, at the answer."""
    refused.attempt(request, act)
    consultation = one.version.response.consultation
    if request.headers.get("HX-Request"):
        if not reading.stands(one):
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return _part(request, reading.answer(consultation, one.pk))
    return _to(request, consultation, one.question or 0, one.pk)


def _part(request: HttpRequest, one: Answer) -> HttpResponse:
    consultation = one.version.response.consultation
    position = one.question or 0
    asked = found(lambda: shown.asked(consultation, position))
    blind = "blind" in request.POST.get("query", "")
    beside = shown.Beside(person(request).pk, asked, shown.groups(), blind=blind)
    context = shared(request, consultation, queries.frame(consultation), position) | {
        "consultation": consultation,
        "one": shown.answer(reading.row(one), beside),
        "query": request.POST.get("query", "")[:2000],
        "is_part": True,
    }
    return render(request, "desk/coding/answer.html", context)


def _to(
    request: HttpRequest, consultation: Consultation, position: int, answer: int
) -> HttpResponse:
    """Back to the list as it was filtered, at the answer."""
    back_ = redirect("desk:coding_question", consultation.slug, position)
    query = request.POST.get("query", "")[:2000]
    if query.isascii() and query.isprintable():
        back_["Location"] += f"?{query}" if query else ""
    back_["Location"] += f"#a-{answer}"
    return back_


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < NUMBER
