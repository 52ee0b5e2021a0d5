"""Groups and their meetings, with what was decided."""

from django.http import HttpRequest
from ninja import Router
from ninja.decorators import decorate_view

from consulta.groups import queries as groups_queries
from consulta.meetings import queries as meetings_queries
from consulta.web.api import shapes, telling
from consulta.web.api.door import READ
from consulta.web.ui.finished import finished

router = Router()
Json = dict[str, object]


@router.api_operation(READ, "/groups", response=shapes.Groups)
@decorate_view(finished(shows="pages", query=()))
def groups(request: HttpRequest) -> Json:  # noqa: ARG001
    """List the groups that consult."""
    return {"items": [telling.group(row) for row in groups_queries.groups()]}


@router.api_operation(READ, "/meetings", response=shapes.Meetings)
@decorate_view(finished(shows="pages", query=()))
def meetings(request: HttpRequest) -> Json:  # noqa: ARG001
    """List all meetings, the latest first, with what each one settled."""
    rows = meetings_queries.every()
    decided = meetings_queries.decisions_of(rows)
    return {"items": [telling.meeting(row, decided[row.pk]) for row in rows]}
