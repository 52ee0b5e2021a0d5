"""Who comes in: a delegate by a running mandate, an officeholder, or the desk; everyone else is turned away.

All is asked at every request, by the dates: a mandate that ended yesterday opens nothing today.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from consulta.accounts.models import User
from consulta.groups import member_queries, members
from consulta.groups import membership as memberships
from consulta.groups import queries as groups
from consulta.groups.members import MemberAct
from consulta.groups.models import Membership
from consulta.meetings import queries
from consulta.meetings.models import Meeting
from consulta.web.ui.languages import current

View = Callable[..., HttpResponseBase]


def person(request: HttpRequest) -> User:
    """Return who is signed in; only for views behind one of the doors below."""
    return cast(User, request.user)


def at_the_door(view: View) -> View:
    """Let in whoever is a member of some group, without asking for a second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not members.comes_in(request.user):
            return _turned_away(request)
        return view(request, *args, **kwargs)

    return guarded


def member(view: View) -> View:
    """Let in whoever is a member of some group, with a second factor where the body demands one."""

    @at_the_door
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if lacks_second_factor(person(request)):
            return redirect("members:second_factor")
        return view(request, *args, **kwargs)

    return guarded


def at_meeting(view: View) -> View:
    """Hand the view the meeting at *slug*, if the person is a member of its group."""

    @member
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        try:
            found = queries.by_slug(slug)
        except Meeting.DoesNotExist as error:
            raise Http404 from error
        if not members.sees(request.user, found.group):
            raise PermissionDenied
        return view(request, found, **kwargs)

    return guarded


def for_member(act: MemberAct) -> Callable[[View], View]:
    """Hand the view the membership under *membership* if the person may do *act* for it today.

    One that is another's and one that is not there are answered alike.
    """

    def decorate(view: View) -> View:
        @member
        @wraps(view)
        def guarded(request: HttpRequest, membership: int, **kwargs: Any) -> HttpResponseBase:
            held = {one.pk for one in members.memberships(request.user, act)}
            if membership not in held:
                raise PermissionDenied
            found: Membership = member_queries.membership(membership)
            return view(request, found, **kwargs)

        return guarded

    return decorate


def lacks_second_factor(user: User) -> bool:
    """Say whether the body demands a second factor that *user* has not set up (the demo asks for none)."""
    body = groups.body()
    demanded = body is None or body.members_need_second_factor
    return demanded and not settings.DEMO and not is_mfa_enabled(user)


def _turned_away(request: HttpRequest) -> HttpResponseBase:
    """Say to a former delegate what ended and when; to everyone else nothing."""
    language = current()
    ended = [
        (
            place,
            memberships.name(place.membership, language),
            groups.name(place.membership.group, language),
        )
        for place in members.ended(request.user)
    ]
    if not ended:
        raise PermissionDenied
    return render(request, "members/people/ended.html", {"places": ended}, status=403)
