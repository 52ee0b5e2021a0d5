"""The frame of the members' pages: the side navigation."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.web.ui.parts import Link


def sides(request: HttpRequest) -> dict[str, object]:
    """The side navigation; the page being read is marked."""
    places = ((_("Groups and meetings"), "members:home"), (_("Delegation"), "members:delegations"))
    hrefs = [(label, reverse(name)) for label, name in places]
    links = [Link(label=label, href=href, current=request.path == href) for label, href in hrefs]
    return {"side_sections": [("", links)], "side_label": _("Members")}
