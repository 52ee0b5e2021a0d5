"""What may change after the announcement: corrigenda, missing languages, facts, moved meetings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.consultations import clock, closing
from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.flow import convening as flow
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.meetings import convening as meeting_convening
from consulta.meetings import queries as meeting_queries
from consulta.meetings.models import Meeting
from consulta.web.desk import adding, doing, forms, page, previews
from consulta.web.desk.access import anywhere, found, in_consultation, person, sent
from consulta.web.desk.plan.setting import named
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@in_consultation(Act.CORRECT)
def correct(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Announce a correction of what froze."""
    form = forms.Correction(sent(request), consultation=consultation)
    if request.method == "POST" and form.is_valid():
        data, by = form.cleaned_data, person(request)
        refused = doing.refusal(
            lambda: flow.correct(
                consultation,
                text=data["text"],
                language=data["language"],
                question=form.asked.get(data["question"]),
                by=by,
            )
        )
        if not refused:
            messages.success(request, _("The correction is announced, and everyone is told."))
            return redirect("desk:consultation", consultation.slug)
        form.add_error(None, refused)
    context = {"form": form, "refused": bool(form.errors)}
    trail = [Link(label=_("Corrigendum"))]
    return page.show(request, "correct.html", context, consultation=consultation, trail=trail)


@require_http_methods(METHODS)
@in_consultation(Act.TRANSLATE)
def languages(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Add the topic or a question in a language in which it is missing."""
    offered = adding.missing(consultation)
    form = adding.Missing(sent(request), offered=offered)
    if request.method == "POST" and form.is_valid():
        by = person(request)
        refused = doing.refusal(lambda: adding.add(consultation, form, by=by))
        if not refused:
            messages.success(request, _("The text was added."))
            return redirect("desk:languages", consultation.slug)
        form.add_error(None, refused)
    context = {"form": form, "offered": offered, "refused": bool(form.errors)}
    trail = [Link(label=_("Languages"))]
    return page.show(request, "languages.html", context, consultation=consultation, trail=trail)


@require_http_methods(METHODS)
@in_consultation(Act.RECORD_FACT)
def facts(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Record the day on which a milestone was reached, with what shows it."""
    names = [rule.name for rule in clock.rules(consultation).rules if not rule.optional]
    form = forms.Fact(sent(request), milestones=names)
    if request.method == "POST" and form.is_valid():
        data, by = form.cleaned_data, person(request)
        refused = doing.refusal(
            lambda: closing.record_fact(
                consultation, data["milestone"], on=data["on"], source=data["source"], by=by
            )
        )
        if not refused:
            messages.success(request, _("The fact is on record, and the clock was judged again."))
            return redirect("desk:consultation", consultation.slug)
        form.add_error(None, refused)
    context = {"form": form, "refused": bool(form.errors)}
    trail = [Link(label=_("Record a fact"))]
    return page.show(request, "facts.html", context, consultation=consultation, trail=trail)


@require_http_methods(METHODS)
@anywhere(Act.MOVE_MEETING)
def move_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Move a meeting; every consultation that hangs on it is judged again."""
    meeting: Meeting = found(lambda: meeting_queries.by_slug(slug))
    permissions.require(person(request), Act.MOVE_MEETING, meeting.group)
    form = forms.Move(sent(request))
    shown: list[previews.Preview] = []
    if request.method == "POST" and request.POST.get("do") == "confirm":
        return _confirm(request, meeting)
    if request.method == "POST" and form.is_valid():
        act = _move if request.POST.get("do") == "move" else _look
        if refused := doing.refusal(lambda: shown.extend(act(request, meeting, form))):
            form.add_error(None, refused)
        elif act is _move:
            return redirect("desk:move_meeting", meeting.slug)
    context = {
        "form": form,
        "refused": bool(form.errors),
        "looked": form.is_bound and not form.errors,
        "previews": shown,
        **_about(meeting),
    }
    return page.show(request, "move_meeting.html", context, trail=[Link(label=_("Meeting"))])


def _look(_request: HttpRequest, meeting: Meeting, form: forms.Move) -> list[previews.Preview]:
    """What the move would do; refused already where the move itself would be."""
    to = form.cleaned_data["to"]
    flow.check_move(meeting, to=to, reason=form.cleaned_data["reason"])
    return previews.moved(meeting, to=to)


def _move(request: HttpRequest, meeting: Meeting, form: forms.Move) -> list[previews.Preview]:
    flow.move_meeting(meeting, by=person(request), **form.cleaned_data)
    messages.success(
        request, _("The meeting is moved. The clocks were judged again, everyone is told.")
    )
    return []


def _about(meeting: Meeting) -> dict[str, object]:
    hanging = consultation_queries.hanging_on(meeting)
    return {
        "meeting": meeting,
        "name": named(meeting),
        "moves": meeting_queries.moves(meeting),
        "hanging": [(c.slug, page.topic(c)) for c in hanging],
    }


def _confirm(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    by = person(request)
    doing.attempt(
        request,
        lambda: meeting_convening.confirm(meeting, by=by),
        done=_("The date of the meeting is final."),
    )
    return redirect("desk:move_meeting", meeting.slug)
