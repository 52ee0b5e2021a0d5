"""Drawing an agenda up: what must come back, or the questions of a consultation; as a document."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consulta.consultations import agenda as questions_of
from consulta.consultations import queries as consultations
from consulta.core.multilingual import choose
from consulta.flow import agenda as drawn
from consulta.flow import agenda_open, agenda_paper
from consulta.flow.agenda_values import NAMES
from consulta.meetings import agenda, slots
from consulta.meetings.models import AgendaItem, Meeting
from consulta.reports import agenda_paper as reports_paper
from consulta.reports import figures
from consulta.reports.renderers.render import LayoutFailedError, render
from consulta.web.desk import page
from consulta.web.desk.access import person
from consulta.web.desk.meetings import refused
from consulta.web.desk.meetings.doors import at_meeting, tabs, trail
from consulta.web.desk.meetings.forms import spoken
from consulta.web.desk.meetings.sources import source
from consulta.web.desk.plan.setting import named
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@at_meeting
def draw_up(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What must come back to a meeting of the group, or what an open one can deal with; one act each."""
    said = ""
    if request.method == "POST" and not (said := _done(request, meeting)):
        return redirect("desk:agenda_draw_up", meeting.slug)
    agenda_href = reverse("desk:agenda", args=[meeting.slug])
    context = {
        "meeting": meeting,
        "name": named(meeting),
        "tabs": tabs(meeting, agenda_href),
        "said": said,
        "refused": bool(said),
        "typed": request.POST,
        "is_open": meeting.kind == Meeting.Kind.OPEN,
        **(_open(meeting) if meeting.kind == Meeting.Kind.OPEN else _returning(meeting)),
    }
    steps = trail(Link(label=_("Agenda"), href=agenda_href), Link(label=_("Draw it up")))
    return page.show(request, "meetings/draw_up.html", context, trail=steps)


@require_POST
@at_meeting
def as_document(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Post the published agenda in one language as a numbered document of the meeting."""
    language = request.POST.get("language", "")
    made: list[str] = []
    if language in spoken(meeting):
        said = refused.refusal(
            lambda: made.append(
                agenda_paper.post(meeting, language=language, by=person(request)).number
            )
        )
    else:
        said = _("Choose a language of the institution.")
    if said:
        messages.error(request, said)
    else:
        messages.success(request, _("Posted as %(number)s.") % {"number": made[0]})
    return redirect("desk:agenda", meeting.slug)


@require_safe
@at_meeting
def printed(request: HttpRequest, meeting: Meeting, language: str) -> HttpResponse:
    """The agenda as it stands now, to be printed: all of it, whoever has which item."""
    if language not in spoken(meeting):
        raise Http404
    paper = reports_paper.draw_up(meeting, language=language, at=timezone.now(), member=True)
    try:
        made = render(paper, "pdf")[0]
    except LayoutFailedError:
        messages.error(request, _("The file could not be made. Try again."))
        return redirect("desk:agenda", meeting.slug)
    answer = HttpResponse(made.data, content_type=made.media_type)
    answer["Content-Disposition"] = f'inline; filename="{made.name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _done(request: HttpRequest, meeting: Meeting) -> str:
    """Do what was pressed; return why it was refused, or empty."""
    pressed, _colon, key = request.POST.get("do", "").partition(":")
    acts: dict[str, Callable[[], str]] = {
        "all": lambda: _all(request, meeting),
        "take": lambda: _take(request, meeting, key),
        "leave": lambda: _leave(request, meeting, key),
        "newer": lambda: _newer(request, meeting, key),
        "draft": lambda: _draft(request, meeting),
        "times": lambda: _times(request, meeting),
    }
    return acts[pressed]() if pressed in acts else _("Choose one of the buttons.")


def _all(request: HttpRequest, meeting: Meeting) -> str:
    count: list[int] = []
    why = request.POST.get("reason", "")
    said = refused.refusal(
        lambda: count.append(drawn.take_all(meeting, reason=why, by=person(request)))
    )
    if not said:
        done = ngettext("%(n)s matter is taken over.", "%(n)s matters are taken over.", count[0])
        messages.success(request, done % {"n": count[0]})
    return said


def _take(request: HttpRequest, meeting: Meeting, key: str) -> str:
    chosen = request.POST.get(f"under_{key}", "")
    under = next((i for i in agenda.items(meeting) if str(i.pk) == chosen), None)
    why = request.POST.get("reason", "")
    taken: list[AgendaItem] = []
    said = refused.refusal(
        lambda: taken.append(
            drawn.take_over(meeting, key, under=under, reason=why, by=person(request))
        )
    )
    if not said:
        messages.success(request, _("It is on the agenda. Edit the item where its words need it."))
    return said


def _leave(request: HttpRequest, meeting: Meeting, key: str) -> str:
    why = request.POST.get(f"why_{key}", "")
    said = refused.refusal(lambda: drawn.leave_out(meeting, key, reason=why, by=person(request)))
    if not said:
        messages.success(request, _("It is left out, and the reason is on record."))
    return said


def _newer(request: HttpRequest, meeting: Meeting, key: str) -> str:
    said = refused.refusal(
        lambda: drawn.add_newer(
            meeting, key, reason=request.POST.get("reason", ""), by=person(request)
        )
    )
    if not said:
        messages.success(request, _("The documents stand under the item."))
    return said


def _draft(request: HttpRequest, meeting: Meeting) -> str:
    made: list[Any] = []
    why = request.POST.get("reason", "")
    said = refused.refusal(
        lambda: made.extend(agenda_open.draft(meeting, reason=why, by=person(request)))
    )
    if not said:
        messages.success(
            request, _("Each question has an item. Edit, order and publish the agenda.")
        )
    return said


def _times(request: HttpRequest, meeting: Meeting) -> str:
    why = request.POST.get("reason", "")
    said = refused.refusal(lambda: agenda_open.share_time(meeting, reason=why, by=person(request)))
    if not said:
        messages.success(request, _("Each item has its time. It can be edited like the rest."))
    return said


def _returning(meeting: Meeting) -> dict[str, Any]:
    """What must come back, by kind."""
    language = current()
    groups: dict[Any, list[dict[str, Any]]] = {}
    found = drawn.proposed(meeting)
    for one in found:
        row = {
            "one": one,
            "title": choose(one.matter.titles, language),
            "source": source(one.matter.source, meeting),
        }
        groups.setdefault(one.matter.kind, []).append(row)
    items = [
        (item.pk, item.number, choose(item.titles, language)) for item in agenda.items(meeting)
    ]
    return {
        "groups": [(NAMES[kind], rows) for kind, rows in groups.items()],
        "waiting": sum(one.is_open for one in found),
        "items": items,
    }


def _open(meeting: Meeting) -> dict[str, Any]:
    """The questions that come to an open meeting, how many answered each, and which have an item."""
    language = current()
    dealt = questions_of.asked_at(meeting)
    rows = []
    for one in agenda_open.consultations_of(meeting):
        totals = figures.totals(one)
        listed = [
            (q, consultations.question_text(q, language), totals.get(q.position, 0), q.pk in dealt)
            for q in consultations.questions(one)
        ]
        rows.append((one, consultations.topic(one, language), listed))
    return {
        "consultations": rows,
        "has_hours": bool(slots.sessions(meeting)),
        "has_items": bool(agenda.items(meeting)),
    }
