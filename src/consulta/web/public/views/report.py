"""What came of a consultation: its released editions, to be read on the page and downloaded."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.reports import (
    following,
    queries,
    redacting,
    release,
    released,
    summary_queries,
)
from consulta.reports.models import Edition
from consulta.web.public.moment import began
from consulta.web.public.shown import consultations as shown
from consulta.web.public.shown import contests as contesting
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
    beside = contesting.beside(reading, began(request), language)
    body = editions.on_page(reading, beside=beside)
    counting, earlier = editions.with_story(every)
    topic = consultations.topic(found, language)
    line = shown.line(found, began(request), language)
    due = next((row for row in line.clock.rows if row.name == "report_published"), None)
    context = {
        "consultation": found,
        "topic": topic,
        "trail": shown.trail(found, topic, _("Report")),
        "tabs": shown.tabs(found, "report"),
        "editions": counting,
        "earlier": earlier,
        "withheld": editions.withheld(redacting.withheld(found.pk)),
        "reading": reading,
        "reading_title": editions.title(reading) if reading else "",
        "body": mark_safe(body),  # noqa: S308  (the renderer escaped it)
        "first": queries.first_released(found),
        "follow": following.languages(found),
        "delivery": queries.delivery_of(found),
        "said": summary_queries.shown(found),
        "due": due,
    }
    contested = contesting.of_report(found, reading, began(request))
    return render(request, "public/report.html", context | _said_of(reading, every) | contested)


def _said_of(reading: Edition | None, every: Sequence[Edition]) -> dict[str, object]:
    """What the release itself said: responses that were undecided, a review that was waived."""
    if not every:
        return {"notes": [], "waived": None}
    return {
        "notes": queries.release_notes(every[0].consultation),
        "waived": release.waiver(reading) if reading else None,
    }
