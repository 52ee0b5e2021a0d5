"""Who comes in: signed in, and with a place in the group; everyone else is turned away."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.meetings import queries
from consulta.meetings.models import Meeting

View = Callable[..., HttpResponseBase]


def member(view: View) -> View:
    """Let in whoever is a member of some group."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if Act.SEE_RESTRICTED not in permissions.held_anywhere(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def at_meeting(view: View) -> View:
    """Hand the view the meeting at *slug*, if the person is a member of its group."""

    @member
    @wraps(view)
    def guarded(request: HttpRequest, slug: str) -> HttpResponseBase:
        try:
            found = queries.by_slug(slug)
        except Meeting.DoesNotExist as error:
            raise Http404 from error
        if not permissions.may(request.user, Act.SEE_RESTRICTED, found.group):
            raise PermissionDenied
        return view(request, found)

    return guarded
