"""The desk's first page: what needs me today, and every consultation of my groups."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from consulta.consultations import queries as consultation_queries
from consulta.flow.inbox import listing, scope
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.mailroom import books
from consulta.reflector import queries as reflector_queries
from consulta.repository import queries as repository_queries
from consulta.web.desk import page, today
from consulta.web.desk.access import person, seated, works_here


@require_safe
@seated
def home(request: HttpRequest) -> HttpResponse:
    """What waits, what comes, and the list of consultations."""
    user, now = person(request), timezone.now()
    groups, open_calls = today.groups(user)
    listed = consultation_queries.for_desk(groups, open_calls=open_calls)
    running = consultation_queries.running_at_desk(groups, open_calls=open_calls)
    everywhere = permissions.allowed(user, None)
    lines = today.lines(listed, now)
    context = {
        "inbox": listing.total(scope.of(user)),
        "lines": lines,
        "busy": [line for line in lines if line.tasks],
        "dates": today.coming(running, now),
        "practices": len(repository_queries.practices_waiting())
        if Act.PRACTICES in everywhere
        else 0,
        "undelivered": books.failed_count() if Act.SEE_POST in everywhere else 0,
        "posts": reflector_queries.held(
            permissions.groups_of(user, Act.MODERATE), body=Act.MODERATE in everywhere
        ),
        "may_convene": Act.CONVENE in everywhere | permissions.held_anywhere(user),
    }
    return page.show(request, "home.html", context)


@require_safe
@works_here
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say why the desk asks for a second factor, and where to set it up."""
    return page.show(request, "second_factor.html", {})
