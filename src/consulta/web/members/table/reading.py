"""Reading what lies on the table: all consultations of a meeting, one by question, one response whole."""

from dataclasses import asdict, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation, Question
from consulta.core.lifecycle import State
from consulta.flow import tabling
from consulta.groups import members
from consulta.meetings import wording
from consulta.meetings.models import Meeting
from consulta.reports import discussing, figures
from consulta.reports.models import GroupDiscussion
from consulta.responses import balance, queries
from consulta.responses.models import Response
from consulta.responses.queries import CursorMistypedError
from consulta.web.members.doors import at_meeting, person
from consulta.web.members.frame import sides
from consulta.web.members.table import shown
from consulta.web.members.table.doors import asked, on_the_table
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

PAGE = 15  # answers


@require_safe
@at_meeting
def table(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Every consultation that lies before the meeting, with what of it was discussed."""
    language = current()
    rows = []
    marked = [row for row in discussing.at(meeting) if row.taken_back_at is None]
    for one in tabling.consultations_at(meeting):
        laid = tabling.laid(one, meeting, language)
        totals = figures.totals(one)
        rows.append(
            {
                "consultation": one,
                "topic": consultations.topic(one, language),
                "counts": asdict(balance.of(one)),
                "laid": laid,
                "questions": [
                    (q, consultations.question_text(q, language), totals.get(q.position, 0))
                    for q in consultations.questions(one)
                ],
                "marks": shown.marks([row for row in marked if row.consultation_id == one.pk]),
            }
        )
    context = {"rows": rows, "meeting": meeting, "crumbs": crumbs(meeting)}
    return render(request, "members/table/table.html", sides(request) | context)


@require_safe
@on_the_table
def consultation(request: HttpRequest, meeting: Meeting, found: Consultation) -> HttpResponse:
    """One question, side by side: what the report and the summary say, and every response to it."""
    language, position = current(), asked(request, found)
    question = next((q for q in found.questions.all() if q.position == position), None)
    try:
        page = queries.answers_to(
            found, position or None, after=request.GET.get("after") or None, size=PAGE
        )
    except CursorMistypedError as error:
        raise Http404 from error
    marks = discussing.of_consultation(found, meeting=meeting)
    laid = tabling.laid(found, meeting, language)
    context = about(request, meeting, found) | {
        "position": position,
        "question": consultations.question_text(question, language) if question else None,
        "tabs": shown.tabs(meeting, found, figures.totals(found), position),
        "counts": shown.counts(figures.of_question(found, position or None), question, language),
        "report": shown.read(laid.report, position),
        "summary": shown.read(laid.summary, position),
        "answers": [
            shown.said(a, question, language, _on(marks, a.version.response, question))
            for a in page.items
        ],
        "next": page.next,
        "marks": shown.marks(_here(marks, question)),
        "documents": shown.documents(laid.documents, language) if not position else [],
        "has_summary": laid.summary is not None,
    }
    return render(request, "members/table/consultation.html", context)


@require_safe
@on_the_table
def response(
    request: HttpRequest, meeting: Meeting, found: Consultation, number: str
) -> HttpResponse:
    """One published response whole, with its files and what was discussed of it."""
    one = published(found, number)
    language = current()
    questions = {question.position: question for question in found.questions.all()}
    marks = discussing.of_consultation(found, meeting=meeting)
    version = one.published_version
    answers = list(version.answers.all()) if version else []
    if version is not None:
        version.response = one
        for answer in answers:
            answer.version = version
    context = about(request, meeting, found, Link(label=one.number)) | {
        "response": one,
        "position": 0,
        "answers": [
            replace(shown.said(a, questions.get(a.question or 0), language), respondent="")
            for a in answers
        ],
        "files": shown.files(one),
        "marks": shown.marks([m for m in marks if m.response_id == one.pk]),
    }
    return render(request, "members/table/response.html", context)


def about(
    request: HttpRequest, meeting: Meeting, found: Consultation, *more: Link
) -> dict[str, object]:
    """What every page of one consultation on the table shows."""
    topic = consultations.topic(found, current())
    here = reverse("members:table_of", args=[meeting.slug, found.slug])
    steps = crumbs(meeting, Link(label=topic.text, href=here), *more)
    return sides(request) | {
        "meeting": meeting,
        "consultation": found,
        "topic": topic,
        "crumbs": steps,
        "may_mark": _has_begun(meeting) and discussing.may_mark(person(request), meeting.group),
        "item": tabling.item_of(found, meeting),
    }


def _has_begun(meeting: Meeting) -> bool:
    """Before its first day nothing was discussed at it."""
    if meeting.group is None or meeting.starts_on is None:
        return False
    return meeting.starts_on <= members.today(meeting.group.body)


def crumbs(meeting: Meeting, *more: Link) -> list[Link]:
    """The way from the members' first page."""
    name = wording.name(meeting, current())
    return [
        Link(label=_("Members"), href=reverse("members:home")),
        Link(label=name.text, href=reverse("members:meeting", args=[meeting.slug])),
        Link(label=_("On the table"), href=reverse("members:table", args=[meeting.slug])),
        *more,
    ]


def published(found: Consultation, number: str) -> Response:
    """Return a published response to *found*. Raises Http404 for any other."""
    one = queries.by_number(number)
    if one is None or one.consultation_id != found.pk or one.state != State.PUBLISHED:
        raise Http404
    return one


def _here(marks: list[GroupDiscussion], question: Question | None) -> list[GroupDiscussion]:
    """The marks on the question itself, or on the whole: the responses together, the summary."""
    pk = question.pk if question else None
    return [m for m in marks if m.response_id is None and m.question_id == pk]


def _on(
    marks: list[GroupDiscussion], response_: Response, question: Question | None
) -> list[shown.Mark]:
    """The marks on one response, or on its answer here."""
    pk = question.pk if question else None
    own = [m for m in marks if m.response_id == response_.pk and m.question_id in (None, pk)]
    return shown.marks(own)
