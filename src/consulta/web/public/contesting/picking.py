"""Pick the passage that you contest: every sentence and figure of the report is a link to its form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.reports import contest_clock, queries, released
from consulta.web.public.moment import began
from consulta.web.public.shown import consultations as shown_consultations
from consulta.web.public.shown import contests as shown
from consulta.web.public.views.consultations import by_slug
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current


@finished(shows="pages", query=())
def pick(request: HttpRequest, slug: str) -> HttpResponse:
    """List the passages of the report in the reader's language, while they can be contested."""
    found, language = by_slug(request, slug), current()
    edition = released.to_read(queries.released(found), language)
    window = contest_clock.window(found, edition, began(request))
    topic = consultations.topic(found, language)
    context = {
        "consultation": found,
        "topic": topic,
        "trail": shown_consultations.trail(found, topic, _("Report"), _("Contest a passage")),
        "tabs": shown_consultations.tabs(found, "report"),
        "window": window,
        "why": shown.why(window, found.timezone),
        "edition": edition,
        "sections": shown.sections(edition, slug) if edition and window.is_open else [],
    }
    return render(request, "public/contesting/pick.html", context)
