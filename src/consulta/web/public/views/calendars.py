"""Calendars: the dates of one consultation, of a group, or of all."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from consulta.consultations import queries
from consulta.core.icalendar import Event, calendar
from consulta.groups import queries as groups
from consulta.meetings import queries as meetings
from consulta.web.public.moment import began
from consulta.web.public.shown import calendars as shown
from consulta.web.public.views.consultations import by_slug
from consulta.web.public.views.feeds import group_by_slug, speaking
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current

TYPE = "text/calendar; charset=utf-8"


@finished(shows="pages", query=("lang",))
def everything(request: HttpRequest) -> HttpResponse:
    """Give out the dates of all consultations and meetings; `?lang=fr` for another language."""
    now = began(request)
    with speaking(request):
        body = groups.body()
        named = groups.name(body, current()).text if body else "Consulta"
        events = [
            *shown.of_consultations(queries.overview(now), now),
            *shown.of_meetings(meetings.every()),
        ]
        return answer(events, name=_("%(body)s: consultations") % {"body": named})


@finished(shows="pages", query=("lang",))
def of_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Give out the dates of one group: its consultations and its meetings."""
    now, group = began(request), group_by_slug(slug)
    with speaking(request):
        events = [
            *shown.of_consultations(queries.overview(now, group=group), now),
            *shown.of_meetings(meetings.of_group(group)),
        ]
        return answer(events, name=groups.name(group, current()).text)


@finished(shows="pages", query=("lang",))
def of_consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """Give out the dates of one consultation."""
    found = by_slug(request, slug)
    with speaking(request):
        events = shown.of_consultations([found], began(request))
        return answer(events, name=queries.topic(found, current()).text)


def answer(events: Iterable[Event], *, name: str) -> HttpResponse:
    """Answer with a whole calendar called *name*."""
    return HttpResponse(calendar(events, name=name, language=current()), content_type=TYPE)
