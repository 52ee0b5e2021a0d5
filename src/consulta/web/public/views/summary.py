"""The brief summary of a consultation: the text, what those present said to it, where it went."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.reports import summary_queries
from consulta.web.public.shown import consultations as shown
from consulta.web.public.shown import summaries
from consulta.web.public.views.consultations import by_slug
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current


@finished(shows="pages", query=())
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the text in the reader's language, else as it was put to those present."""
    found, language = by_slug(request, slug), current()
    topic = consultations.topic(found, language)
    said = summary_queries.shown(found)
    read = summaries.reading(said, language) if said else None
    context = {
        "consultation": found,
        "topic": topic,
        "trail": shown.trail(found, topic, _("Brief summary")),
        "tabs": shown.tabs(found, "report"),
        "said": said,
        "reading": read,
        "editions": summaries.editions(said) if said else [],
        "has_meeting": found.open_meeting is not None,
        "body": mark_safe(read.body) if read else "",  # noqa: S308  (the renderer escaped it)
    }
    return render(request, "public/summary.html", context)
