"""The groups that ask before they decide: mandate, meetings, outcomes, consultations, norms."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.groups import members as member_rooms
from consulta.groups import queries
from consulta.groups.models import Group
from consulta.meetings import queries as meetings
from consulta.meetings import wording as meeting_words
from consulta.reports.group_reports import shown as reports
from consulta.web.public.moment import began
from consulta.web.public.shown import consultations as shown
from consulta.web.public.shown import lists, norms
from consulta.web.public.shown import meetings as meetings_shown
from consulta.web.public.shown import members as members_shown
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link


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
    found, now, language = _by_slug(slug), began(request), current()
    today = member_rooms.today(found.body, now)
    context = {
        "group": found,
        "offices": members_shown.offices(found, language, on=today),
        "bases": members_shown.bases(found, language),
        "members": members_shown.members(found, language, on=today),
        "coming": [
            (one, meeting_words.name(one, language)) for one in meetings.coming(found, on=today)[:4]
        ],
        "name": queries.name(found, language),
        "body_name": queries.name(found.body, language),
        "mandate": queries.mandate(found, language),
        "meetings": meetings_shown.with_outcomes(meetings.of_group(found), language),
        "lines": shown.lines(consultations.overview(now, group=found), now, language),
        "issues": [queries.name(issue, language) for issue in queries.issues(found.body)],
        "norms": norms.of(found.body, language),
        "list_href": lists.of_group(found),
        "reports": reports.listed([found], [])[:5],
    }
    return render(request, "public/group.html", context)


@finished(shows="pages", query=())
def group_norms(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the norms that a group works under, edition by edition, with their stale citations."""
    found, language = _by_slug(slug), current()
    name = queries.name(found, language)
    trail = [
        Link(label=name.text, href=reverse("public:group", args=[found.slug])),
        Link(label=_("Norms")),
    ]
    context = {"group": found, "norms": norms.of(found.body, language), "trail": trail}
    return render(request, "public/norms.html", context)


def _by_slug(slug: str) -> Group:
    try:
        return queries.by_slug(slug)
    except Group.DoesNotExist as error:
        raise Http404 from error
