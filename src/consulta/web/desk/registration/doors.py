"""What every page of registration at the desk is made of."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.live import registration_days, registration_queries, registration_terms
from consulta.live.models import Registration
from consulta.meetings.models import Meeting
from consulta.web.desk import page
from consulta.web.desk.access import found
from consulta.web.desk.meetings.doors import tabs, trail
from consulta.web.desk.plan.setting import named
from consulta.web.desk.registration.forms import STATES
from consulta.web.ui.parts import Link

_PAGES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("registrations", lambda: _("Who comes")),
    ("registration_door", lambda: _("At the door")),
    ("registration_enter", lambda: _("Enter somebody")),
    ("registration_needs", lambda: _("Needs")),
    ("registration_presenting", lambda: _("Who presents")),
    ("registration_figures", lambda: _("Figures")),
    ("registration_terms", lambda: _("Terms")),
)


def show(
    request: HttpRequest, template: str, meeting: Meeting, context: dict[str, Any]
) -> HttpResponse:
    """Draw a page of registration with the meeting's tabs and the pages beside it."""
    beside = [(label(), reverse(f"desk:{name}", args=[meeting.slug])) for name, label in _PAGES]
    about = {
        "meeting": meeting,
        "name": named(meeting),
        "terms": registration_terms.of(meeting),
        "zone": registration_days.zone(meeting),
        "tabs": tabs(meeting, request.path),
        "beside": [
            Link(label=label, href=href, current=href == request.path) for label, href in beside
        ],
    }
    steps = trail(Link(label=_("Registration")))
    return page.show(request, f"registration/{template}", about | context, trail=steps)


def one(meeting: Meeting, ordinal: int) -> Registration:
    """The registration under this number. Raises Http404."""
    registration: Registration = found(lambda: registration_queries.one(meeting, ordinal))
    return registration


def state(registration: Registration) -> str:
    """How *registration* stands, in a word."""
    if registration.cancelled_at:
        return str(STATES["cancelled"])
    if registration.confirmed_at is None:
        return str(STATES["unconfirmed"])
    return str(STATES["waiting" if registration.waiting_since else "seated"])
