"""Who manages members at the desk: whoever appoints in the group."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.groups import permissions
from consulta.groups import queries as group_queries
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.web.desk.access import anywhere, found, person
from consulta.web.ui.parts import Link

View = Callable[..., HttpResponseBase]


def in_group(view: View) -> View:
    """Hand the view the group at *slug*, if the person appoints in it."""

    @anywhere(Act.APPOINT)
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        group: Group = found(lambda: group_queries.by_slug(slug))
        permissions.require(person(request), Act.APPOINT, group)
        return view(request, group, **kwargs)

    return guarded


def trail(group: Group, *more: Link) -> list[Link]:
    """The way to a page about the members of *group*."""
    own = Link(label=group.short_name, href=reverse("desk:group_members", args=[group.slug]))
    return [Link(label=_("Members"), href=reverse("desk:members")), own, *more]


def tabs(request: HttpRequest, group: Group) -> list[Link]:
    """The three pages about a group: its members, its offices, its mandate."""
    pages = (
        (_("Members"), "desk:group_members"),
        (_("Offices"), "desk:group_offices"),
        (_("Mandate and rules"), "desk:group_mandate"),
    )
    hrefs = [(label, reverse(name, args=[group.slug])) for label, name in pages]
    return [Link(label=label, href=href, current=href == request.path) for label, href in hrefs]
