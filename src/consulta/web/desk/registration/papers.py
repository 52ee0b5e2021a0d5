"""Needs, who presents, figures, badges, and the list of participants as a file."""

import csv
from io import StringIO

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.consultations import queries as consultations
from consulta.live import needs, participation, registration_queries
from consulta.live.models import Registration
from consulta.live.registration_queries import Filters
from consulta.meetings.models import Meeting
from consulta.reports import participants
from consulta.reports.renderers.render import LayoutFailedError
from consulta.stakeholders import queries as stakeholders
from consulta.web.desk.meetings.doors import at_meeting
from consulta.web.desk.registration import doors
from consulta.web.ui import figures_of_meeting, registration
from consulta.web.ui.languages import current

_COLUMNS = (
    *("number", "name", "organisation", "group", "country", "role", "head", "how", "state"),
    *("listed", "present"),
)


@require_safe
@at_meeting
def needed(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What people need, person by person: for the officer who prepares the meeting."""
    rows = registration_queries.of_meeting(meeting, Filters(state="seated"))
    told = needs.of(rows)
    context = {
        "rows": [
            (row, registration.needs_lines(found) if (found := told[row.pk]) else None)
            for row in rows
            if row.pk in told
        ]
    }
    return doors.show(request, "needs.html", meeting, context)


@require_safe
@at_meeting
def presenting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Who wishes to present which answer, by question."""
    hanging = consultations.of_meetings([meeting], timezone.now())
    about = next((one for one in hanging if one.open_meeting_id == meeting.pk), None)
    texts = {}
    if about is not None:
        texts = {
            question.position: consultations.question_text(question, current())
            for question in consultations.questions(about)
        }
    context = {
        "rows": [
            (wish, texts.get(wish.question))
            for wish in registration_queries.wishing_to_present(meeting)
        ]
    }
    return doors.show(request, "presenting.html", meeting, context)


@require_safe
@at_meeting
def figures(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """How many registered and how many were there, as of now."""
    context = {
        "tables": figures_of_meeting.tables(meeting, participation.of(meeting)),
        "kept": participation.kept(meeting) is not None,
        "public": participation.is_public(meeting),
    }
    return doors.show(request, "figures.html", meeting, context)


@require_safe
@at_meeting
def badges(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Badges of everybody who comes to the room, to be printed by the browser."""
    rows = registration_queries.of_meeting(meeting, Filters(state="seated", mode="in-person"))
    return doors.show(request, "badges.html", meeting, {"rows": rows})


@require_safe
@at_meeting
def as_file(_request: HttpRequest, meeting: Meeting, form: str) -> HttpResponse:
    """The list of participants: CSV of everybody, or a paper of whoever is to be named."""
    if form == "csv":
        return _answer(_csv(meeting), f"{meeting.slug}-participants.csv", "text/csv; charset=utf-8")
    known = next((one for one in participants.FORMATS if one == form), None)
    if known is None:
        raise Http404
    try:
        made = participants.file(meeting, language=current(), format=known, at=timezone.now())
    except LayoutFailedError as error:
        raise Http404 from error
    return _answer(made.data, made.name, made.media_type)


def _csv(meeting: Meeting) -> str:
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(_COLUMNS)
    for row in registration_queries.of_meeting(meeting):
        writer.writerow([_plain(cell) for cell in _cells(row)])
    return "\ufeff" + written.getvalue()


def _cells(row: Registration) -> tuple[object, ...]:
    group = (
        stakeholders.name(row.stakeholder_group, current()).text if row.stakeholder_group else ""
    )
    listed = _("no") if row.is_unlisted else _("yes")
    there = _("yes") if getattr(row, "is_present", False) else _("no")
    head = _("yes") if row.is_head else ""
    about = (row.ordinal, row.name, row.organisation_name, group, row.country)
    return (
        *about,
        *(row.get_role_display(), head, row.get_mode_display(), doors.state(row), listed, there),
    )


def _plain(value: object) -> str:
    """No cell begins a formula."""
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _answer(data: str | bytes, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
