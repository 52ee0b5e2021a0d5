"""What came of a consultation: its released editions, to be read on the page and downloaded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.reports import queries, released
from consulta.web.public.moment import began
from consulta.web.public.shown import consultations as shown
from consulta.web.public.shown import editions
from consulta.web.public.views.consultations import by_slug
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current


@finished(shows="pages", query=())
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """List the released editions by kind and language, and show the report itself."""
    found, language = by_slug(request, slug), current()
    every = queries.released(found)
    reading = released.to_read(every, language)
    body = editions.on_page(reading)
    topic = consultations.topic(found, language)
    line = shown.line(found, began(request), language)
    due = next((row for row in line.clock.rows if row.name == "report_published"), None)
    context = {
        "consultation": found,
        "topic": topic,
        "trail": shown.trail(found, topic, _("Report")),
        "tabs": shown.tabs(found, "report"),
        "editions": editions.released(every),
        "reading": reading,
        "reading_title": editions.title(reading) if reading else "",
        "body": mark_safe(body),  # noqa: S308  (the renderer escaped it)
        "notes": queries.release_notes(found) if every else [],
        "delivery": queries.delivery_of(found),
        "due": due,
    }
    return render(request, "public/report.html", context)
