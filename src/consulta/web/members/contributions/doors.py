"""Who comes to a contribution: whoever may submit for its membership today; for all others there is none."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.groups import members
from consulta.groups.members import MemberAct
from consulta.groups.models import Membership
from consulta.meetings import contribution_queries, wording
from consulta.meetings.models import Contribution, Meeting
from consulta.web.members.doors import at_meeting, member, person
from consulta.web.members.meetings import crumbs
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

View = Callable[..., HttpResponseBase]


def own(request: HttpRequest, meeting: Meeting | None = None) -> list[Membership]:
    """The memberships for which the person submits contributions, to *meeting* or at all."""
    group = meeting.group if meeting is not None else None
    return members.memberships(person(request), MemberAct.SUBMIT_CONTRIBUTION, group=group)


def submitting(view: View) -> View:
    """Hand the view the meeting at *slug* and the memberships for which the person submits there."""

    @at_meeting
    @wraps(view)
    def guarded(request: HttpRequest, found: Meeting, **kwargs: Any) -> HttpResponseBase:
        if not (mine := own(request, found)):
            raise PermissionDenied
        return view(request, found, mine, **kwargs)

    return guarded


def of_delegation(view: View) -> View:
    """Hand the view a contribution of the person's own delegation.

    One query finds it: another delegation's draft and one that was never there are answered alike.
    """

    @member
    @wraps(view)
    def guarded(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        try:
            draft = contribution_queries.own(pk, own(request))
        except Contribution.DoesNotExist as error:
            raise PermissionDenied from error
        return view(request, draft, **kwargs)

    return guarded


def asked(view: View) -> View:
    """Hand the view a draft that the person's delegation wrote or was asked to join."""

    @member
    @wraps(view)
    def guarded(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        mine = own(request)
        try:
            draft = contribution_queries.readable(pk, mine)
        except Contribution.DoesNotExist as error:
            raise PermissionDenied from error
        return view(request, draft, mine, **kwargs)

    return guarded


def trail(meeting: Meeting, *more: Link) -> list[Link]:
    """The way to a page of contributions."""
    name = wording.name(meeting, current()).text
    there = reverse("members:meeting", args=[meeting.slug])
    list_of = reverse("members:contributions", args=[meeting.slug])
    links = [Link(label=name, href=there), Link(label=_("Contributions"), href=list_of)]
    return crumbs(*links, *more)
