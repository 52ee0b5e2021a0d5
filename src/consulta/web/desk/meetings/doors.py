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


def tabs(meeting: Meeting, path: str) -> list[Link]:
    """The pages of a meeting at the desk; the one being read is marked."""
    named = [
        (_("Agenda"), "desk:agenda"),
        (_("Documents"), "desk:meeting_documents"),
        (_("Contributions"), "desk:meeting_contributions"),
        (_("Registration"), "desk:registrations"),
        (_("Sittings"), "desk:sittings"),
        (_("Particulars"), "desk:meeting_particulars"),
        (_("Dates"), "desk:move_meeting"),
    ]
    places = [(label, reverse(name, args=[meeting.slug])) for label, name in named]
    return [Link(label=label, href=href, current=path.startswith(href) if i + 1 < len(named) else path == href)
            for i, (label, href) in enumerate(places)]  # fmt: skip


def trail(*more: Link) -> list[Link]:
    """The way from the desk to a page of a meeting."""
    return [Link(label=_("Meetings"), href=reverse("desk:meetings")), *more]
