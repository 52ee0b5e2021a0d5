"""Who comes to the pages of a meeting at the desk, and the way there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.meetings import queries
from consulta.meetings.models import Meeting
from consulta.web.desk.access import anywhere, found, person
from consulta.web.desk.meeting_tabs import tabs as tabs
from consulta.web.ui.parts import Link

View = Callable[..., HttpResponseBase]


def at_meeting(view: View) -> View:
    """Hand the view the meeting at *slug*, if the person arranges meetings of its group."""

    @anywhere(Act.MOVE_MEETING)
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        meeting: Meeting = found(lambda: queries.by_slug(slug))
        permissions.require(person(request), Act.MOVE_MEETING, meeting.group)
        return view(request, meeting, **kwargs)

    return guarded


def trail(*more: Link) -> list[Link]:
    """The way from the desk to a page of a meeting."""
    return [Link(label=_("Meetings"), href=reverse("desk:meetings")), *more]
