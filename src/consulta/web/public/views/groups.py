"""The groups that ask before they decide: mandate, meetings, outcomes, consultations, norms."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consulta.consultations import queries as consultations
from consulta.groups import queries
from consulta.groups.models import Group
from consulta.meetings import queries as meetings
from consulta.meetings import wording as meeting_words
from consulta.web.public.moment import began
from consulta.web.public.shown import consultations as shown
from consulta.web.public.shown import meetings as meetings_shown
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current


@finished(shows="pages", query=())
def groups(request: HttpRequest) -> HttpResponse:
    """List the groups, each with its body, and the meetings to come."""
    language, today = current(), began(request).date()
    listed = [
        (g, queries.name(g, language), queries.name(g.body, language)) for g in queries.groups()
    ]
    coming = meetings.coming_to_all(on=today, limit=20)
    context = {"groups": listed, "coming": [(m, meeting_words.name(m, language)) for m in coming]}
    return render(request, "public/groups.html", context)


@finished(shows="pages", query=())
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one group: what it is for, what it settled, what it asked, and by which norms."""
    try:
        found = queries.by_slug(slug)
    except Group.DoesNotExist as error:
        raise Http404 from error
    now, language = began(request), current()
    context = {
        "group": found,
        "name": queries.name(found, language),
        "body_name": queries.name(found.body, language),
        "mandate": queries.mandate(found, language),
        "meetings": meetings_shown.with_outcomes(meetings.of_group(found), language),
        "lines": shown.lines(consultations.overview(now, group=found), now, language),
        "issues": [queries.name(issue, language) for issue in queries.issues(found.body)],
        "instruments": [
            (norm, queries.name(norm, language)) for norm in queries.instruments(found.body)
        ],
    }
    return render(request, "public/group.html", context)
