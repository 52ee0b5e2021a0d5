"""The side navigation of the members' pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.web.ui.parts import Link

Sections = list[tuple[str, list[Link]]]


def sections(*, current_href: str = "") -> Sections:
    """Return the places on the members' side; the one at *current_href* is marked."""
    places = (
        (_("Groups and meetings"), "members:home"),
        (_("Decisions"), "members:decisions"),
        (_("Follow-ups"), "members:follow_ups"),
        (_("Positions"), "members:positions"),
        (_("Topics"), "members:topics"),
        (_("Outputs"), "members:outputs"),
        (_("Reports of groups"), "public:group_reports"),
        (_("Delegation"), "members:delegations"),
        (_("Mails"), "members:notices"),
    )
    hrefs = [(label, reverse(name)) for label, name in places]
    return [
        ("", [Link(label=label, href=href, current=href == current_href) for label, href in hrefs])
    ]
