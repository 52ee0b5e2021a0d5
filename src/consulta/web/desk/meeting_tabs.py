"""The pages of a meeting at the desk, as tabs."""

from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.meetings.models import Meeting
from consulta.web.ui.parts import Link


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
    last = len(named) - 1
    return [
        Link(label=label, href=href, current=path == href if i == last else path.startswith(href))
        for i, (label, href) in enumerate(places)
    ]
