"""The acts on one response: each a POST that does it once, says so, and goes on to what waits next."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from consulta.accounts import ratelimit
from consulta.flow import deciding as flow
from consulta.groups.permissions import Act
from consulta.responses import appeals, confirmation, receipt, translating, waiting, whole
from consulta.responses import queries as response_queries
from consulta.responses.models import Answer, Response
from consulta.stakeholders.models import Respondent
from consulta.web.desk import deciding, doing, forms, reading
from consulta.web.desk.access import found, on_response, person
from consulta.web.desk.views.response import show

DONE = {
    "accept": lambda: _("%(number)s is accepted."),
    "accept-and-publish": lambda: _("%(number)s is published."),
    "publish": lambda: _("%(number)s is published."),
    "hold": lambda: _("%(number)s is held. The author was told why."),
    "decline": lambda: _("%(number)s is declined. The author was told why, and may appeal once."),
    "remove": lambda: _("%(number)s is removed. The author was told why, and may appeal once."),
    "admit": lambda: _("%(number)s is admitted, and stays marked as late. The author was told."),
    "restore": lambda: _("%(number)s is shown again."),
    "withdraw": lambda: _("%(number)s is withdrawn."),
}


@require_POST
@on_response(Act.MODERATE)
def decide(request: HttpRequest, response: Response, act: str) -> HttpResponse:
    """Accept, hold, decline, publish, remove, show again, withdraw; then the next one waiting."""
    if act not in deciding.BY_NAME:
        raise Http404
    form = deciding.form(act, response, request.POST)
    if form is not None and not form.is_valid():
        return show(request, response, bound={act: form})
    by, because = person(request), deciding.because(form)
    done = doing.attempt(
        request,
        lambda: flow.decide(response, act, because, by=by),
        done=DONE[act]() % {"number": response.number},
    )
    return _onward(request, response) if done else _back(response)


@require_POST
@on_response(Act.MODERATE)
def marks(request: HttpRequest, response: Response) -> HttpResponse:
    """Redact the passages that the rules marked, or let them stand."""
    chosen = {
        int(name.removeprefix("mark-")): value == "redact"
        for name, value in request.POST.items()
        if name.startswith("mark-") and name[5:].isdecimal() and value in ("redact", "keep")
    }
    form = deciding.redaction(response, "marks", request.POST)
    if any(chosen.values()) and not form.is_valid():
        return show(request, response, bound={"marks": form})
    because = deciding.because(form) if form.is_valid() else None
    by = person(request)
    counted: list[int] = []
    refused = doing.refusal(
        lambda: counted.append(flow.decide_marks(response, chosen, because, by=by))
    )
    _say_count(request, counted, refused)
    return _back(response)


@require_POST
@on_response(Act.MODERATE)
def redact(request: HttpRequest, response: Response, answer: int) -> HttpResponse:
    """Leave a passage out; where it occurs more than once, ask which one is meant."""
    words: Answer = found(lambda: whole.answer(response, answer))
    form = deciding.redaction(response, "redact", request.POST)
    passage = request.POST.get("passage", "").replace("\r\n", "\n").strip()
    starts = reading.occurrences(words.text, passage)
    chosen = request.POST.get("start", "")
    if chosen.isdecimal() and int(chosen) in starts:
        starts = [int(chosen)]
    if len(starts) != 1 or not form.is_valid():
        asked = {"answer": answer, "passage": passage, "starts": _places(words, passage, starts)}
        return show(request, response, bound={"redact": form}, extra={"asked": asked})
    by, span = person(request), (starts[0], starts[0] + len(passage))
    because = deciding.because(form)
    doing.attempt(
        request,
        lambda: flow.redact(response, answer, span, because, by=by),
        done=_("The passage is left out of what readers see. The original is kept."),
    )
    return _back(response)


@require_POST
@on_response(Act.MODERATE)
def version(request: HttpRequest, response: Response, ordinal: int, act: str) -> HttpResponse:
    """Accept, publish or decline a new version of a published response."""
    if act not in flow.VERSION_ACTS:
        raise Http404
    found(lambda: whole.version(response, ordinal))
    form = deciding.form("decline", response, request.POST) if act == "decline" else None
    if form is not None and not form.is_valid():
        return show(request, response, bound={"version": form})
    by, because = person(request), deciding.because(form)
    done = doing.attempt(
        request,
        lambda: flow.decide_version(response, ordinal, act, because, by=by),
        done=_("Version %(ordinal)s of %(number)s: done.")
        % {"ordinal": ordinal, "number": response.number},
    )
    return _onward(request, response) if done and act != "accept" else _back(response)


@require_POST
@on_response(Act.CONFIRM_SENDER)
def confirm(request: HttpRequest, response: Response) -> HttpResponse:
    """Confirm sender or mandate on recorded evidence; or say how much of the name stands."""
    by, evidence = person(request), request.POST.get("evidence", "")
    if request.POST.get("what") in ("whole-name", "short-name"):
        whole = request.POST["what"] == "whole-name"
        doing.attempt(
            request,
            lambda: confirmation.show_name(response, whole=whole, by=by),
            done=_("The name stands as you said."),
        )
    elif request.POST.get("what") == "mandate":
        doing.attempt(
            request,
            lambda: confirmation.confirm_mandate(response, by=by, evidence=evidence),
            done=_("The mandate is confirmed."),
        )
    else:
        how = Respondent.Confirmation.OFFICER
        doing.attempt(
            request,
            lambda: confirmation.confirm(response, how=how, by=by, evidence=evidence),
            done=_("The sender is confirmed."),
        )
    return _back(response)


@require_POST
@on_response(Act.CONFIRM_SENDER)
def ask(request: HttpRequest, response: Response) -> HttpResponse:
    """Mail the button that confirms the address once more."""
    respondent = response.respondent
    if respondent.confirmed or not respondent.email:
        messages.info(request, _("There is nothing to confirm by mail."))
        return _back(response)
    try:
        ratelimit.count(f"ask:{respondent.email}", limit=3, per=timedelta(days=1))
    except ratelimit.TooOftenError:
        messages.error(request, _("This address was asked three times today. Try again tomorrow."))
        return _back(response)
    doing.attempt(
        request, lambda: receipt.ask_again(response), done=_("The mail is sent once more.")
    )
    return _back(response)


@require_POST
@on_response(Act.TRANSLATE)
def translate(request: HttpRequest, response: Response, answer: int) -> HttpResponse:
    """Attach an office translation of one answer."""
    words: Answer = found(lambda: whole.answer(response, answer))
    offered = [c for c in response.consultation.languages if c != words.version.language]
    form = forms.Translation(request.POST, offered=offered, auto_id="id_translate_%s")
    if not form.is_valid():
        extra = {"translating": answer}
        return show(request, response, bound={"translate": form}, extra=extra)
    data, by = form.cleaned_data, person(request)
    doing.attempt(
        request,
        lambda: translating.attach(
            words, data["text"], language=data["language"], status=data["status"], by=by
        ),
        done=_("The translation stands beside the original."),
    )
    return _back(response)


@require_POST
@on_response(Act.DECIDE_APPEAL)
def appeal(request: HttpRequest, response: Response) -> HttpResponse:
    """Decide the one appeal; somebody else than who took the decision."""
    made = response_queries.appeal_of(response)
    if made is None:
        raise Http404
    upheld, answer = request.POST.get("upheld") == "yes", request.POST.get("answer", "")
    by = person(request)
    done = doing.attempt(
        request,
        lambda: appeals.decide(made, upheld=upheld, answer=answer, by=by),
        done=_("The appeal is decided, and the author was told."),
    )
    if done:
        return _back(response)
    return show(request, response, extra={"appeal_answer": answer, "refused": True})


def _places(answer: Answer, passage: str, starts: list[int]) -> list[tuple[int, str, str, str]]:
    return [(start, *reading.context(answer.text, start, len(passage))) for start in starts]


def _say_count(request: HttpRequest, counted: list[int], refused: str) -> None:
    if refused:
        messages.error(request, refused)
    elif not counted or not counted[0]:
        messages.info(request, _("Nothing changed: no passage was chosen, or they were decided."))
    else:
        text = ngettext("%(n)d passage is decided.", "%(n)d passages are decided.", counted[0])
        messages.success(request, text % {"n": counted[0]})


def _onward(request: HttpRequest, response: Response) -> HttpResponse:
    """To the next one waiting; to the list when none is left."""
    following = waiting.next_after(response)
    if following is None:
        messages.info(request, _("Nothing else waits in this consultation."))
        return redirect("desk:responses", response.consultation.slug)
    return redirect("desk:response", following.number)


def _back(response: Response) -> HttpResponse:
    return redirect("desk:response", response.number)
