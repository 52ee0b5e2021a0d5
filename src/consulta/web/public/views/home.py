"""The first page: what is open now, what comes next, what came of it, and the record."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consulta.consultations import queries
from consulta.core.multilingual import Text
from consulta.meetings import queries as meetings
from consulta.meetings import wording as meeting_words
from consulta.meetings.models import Meeting
from consulta.reports import released
from consulta.web.public.moment import began
from consulta.web.public.shown import consultations as shown
from consulta.web.public.shown import editions, times, timetables
from consulta.web.public.shown.consultations import Line
from consulta.web.public.shown.editions import Released
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current

REPORTS, RECENT, NEXT = 3, 4, 6
#: States in which dates are still to come.
RUNNING = ("open", "announced", "closed", "reported")


@finished(shows="pages", query=("country",))
def home(request: HttpRequest) -> HttpResponse:
    """Show the institution's front page; `?country=CL` shows deadlines by the clocks there too."""
    now, language, country = began(request), current(), times.chosen(request)
    lines = shown.lines(queries.overview(now), now, language, country=country)
    return render(
        request,
        "public/home.html",
        {
            "country": country,
            "countries": times.countries(),
            "open": [line for line in lines if line.state == "open"],
            "announced": [line for line in lines if line.state == "announced"],
            "dates": _next_dates(lines, now.date(), language),
            "meetings": _coming(meetings.coming_to_all(on=now.date(), limit=NEXT)),
            "reports": _reports(language),
            "recent": [line for line in lines if _is_recent(line)][:RECENT],
            "record": [line for line in lines if line.consultation.is_record],
        },
    )


def _is_recent(line: Line) -> bool:
    """Say whether a consultation was held here and takes no more responses."""
    return line.state not in ("open", "announced") and not line.consultation.is_record


def _reports(language: str) -> list[tuple[Released, Text]]:
    return [
        (shown_edition, queries.topic(shown_edition.edition.consultation, language))
        for shown_edition in editions.released(released.latest(limit=REPORTS))
    ]


def _coming(coming: Sequence[Meeting]) -> list[tuple[Meeting, str]]:
    return [(meeting, meeting_words.name(meeting, current()).text) for meeting in coming]


def _next_dates(
    lines: Sequence[Line], today: date, language: str
) -> list[tuple[date, Line, timetables.Milestone]]:
    """List the milestones still to come of consultations that run, the next first."""
    found = [
        (row.on, line, milestone)
        for line in lines
        if line.state in RUNNING and not line.consultation.is_record
        for row, milestone in zip(
            line.clock.rows, timetables.milestones(line.clock, language), strict=True
        )
        if row.on and row.on >= today
    ]
    return sorted(found, key=lambda entry: entry[0])[:NEXT]
