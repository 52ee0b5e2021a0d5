"""What several pages of follow-ups need: the group, its documents, the trail, a file of CSV."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.groups import permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.meetings import followup_queries
from consulta.meetings.models import Document
from consulta.web.desk.access import person
from consulta.web.desk.decisions.recording import group_of
from consulta.web.ui.parts import Link


def group(request: HttpRequest) -> Group | None:
    """The group that the address names, else the first in which the person records decisions."""
    groups = permissions.groups_of(person(request), Act.CONVENE)
    return group_of(request, groups) or (groups[0] if groups else None)


def documents(of: Group | None) -> Sequence[Document]:
    """The documents of a group's meetings, the latest first; none where no group asked."""
    return followup_queries.documents(of) if of is not None else []


def csv(text: str, name: str) -> HttpResponse:
    """A file of CSV that no cache keeps."""
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def trail() -> list[Link]:
    """The way to one follow-up."""
    return [Link(label=_("Follow-ups"), href=reverse("desk:follow_ups"))]
