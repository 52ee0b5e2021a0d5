"""Contests for everyone: the register with its sums, and one contest with its answer."""

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.core.numbering import western
from consulta.reports import contest_clock, contest_queries, queries, released
from consulta.reports.models import Contest
from consulta.responses.queries import CursorMistypedError
from consulta.web.public.moment import began
from consulta.web.public.shown import consultations as shown_consultations
from consulta.web.public.shown import contests as shown
from consulta.web.public.views.consultations import by_slug
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current

#: Characters of each contest in the register; its own page has all.
LONG = 600


@finished(shows="register", query=("after",))
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """List every contest from its arrival, whatever became of it, with the sums, page by page."""
    found, language, now = by_slug(request, slug), current(), began(request)
    topic = consultations.topic(found, language)
    edition = released.to_read(queries.released(found), language)
    window = contest_clock.window(found, edition, now)
    try:
        page = contest_queries.register(found, after=request.GET.get("after"))
    except CursorMistypedError as error:
        raise Http404 from error
    context = {
        "consultation": found,
        "topic": topic,
        "trail": shown_consultations.trail(found, topic, _("Report"), _("Contests")),
        "tabs": shown_consultations.tabs(found, "report"),
        "counts": asdict(contest_queries.counts(found)),
        "lines": [shown.cut(one, LONG) for one in shown.lines(page.items, now, found, language)],
        "next": f"?after={page.next}" if page.next else "",
        "window": window,
        "why": shown.why(window, found.timezone),
    }
    return render(request, "public/contesting/register.html", context)


@finished(shows="register", query=())
def contest(request: HttpRequest, number: str) -> HttpResponse:
    """Show one contest: the passage, the question, the answer; or its line of the register."""
    try:
        one = contest_queries.by_number(western(number).upper())
    except Contest.DoesNotExist as error:
        raise Http404 from error
    found, language = by_slug(request, one.consultation.slug), current()
    topic = consultations.topic(found, language)
    [line] = shown.lines([one], began(request), found, language)
    context = {
        "consultation": found,
        "topic": topic,
        "trail": shown_consultations.trail(found, topic, _("Report"), one.number),
        "tabs": shown_consultations.tabs(found, "report"),
        "line": line,
    }
    return render(request, "public/contesting/contest.html", context)
