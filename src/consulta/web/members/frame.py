"""The frame of the members' pages: the side navigation."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from consulta.web.members.sides import sections


def sides(request: HttpRequest) -> dict[str, object]:
    """The side navigation; the page being read is marked."""
    return {"side_sections": sections(current_href=request.path), "side_label": _("Members")}
