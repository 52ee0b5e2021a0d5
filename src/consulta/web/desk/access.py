"""Who may come to which page of the desk: signed in, with a place here, with the right; else nobody.

Each page names the right that it needs. Rights are held per group; a page about a consultation asks
in that consultation's group, a page about none asks whether the right is held anywhere.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect

from consulta.accounts.models import User
from consulta.consultations import queries as consultation_queries
from consulta.groups import permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act, NotAllowedError
from consulta.responses import whole

View = Callable[..., HttpResponseBase]


def person(request: HttpRequest) -> User:
    """Return who is at the desk; only for views behind one of the doors below."""
    return cast(User, request.user)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent; None where the page is only read, so that even an empty form is checked."""
    return request.POST if request.method == "POST" else None


def works_here(view: View) -> View:
    """Let in whoever has a place at the desk, without asking for a second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not permissions.works_here(request.user):
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except NotAllowedError as error:
            raise PermissionDenied from error

    return guarded


def seated(view: View) -> View:
    """Let in whoever has a place at the desk and a second factor (the demo asks for none)."""

    @works_here
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO and not is_mfa_enabled(request.user):
            return redirect("desk:second_factor")
        return view(request, *args, **kwargs)

    return guarded


def anywhere(act: Act) -> Callable[[View], View]:
    """Let in whoever may do *act* in some group, or in the whole body."""

    def decorate(view: View) -> View:
        @seated
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = person(request)
            if not permissions.may(user, act, None) and not permissions.groups_of(user, act):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def everywhere(act: Act) -> Callable[[View], View]:
    """Let in whoever may do *act* in the whole body."""

    def decorate(view: View) -> View:
        @seated
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            permissions.require(person(request), act, None)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def in_consultation(act: Act) -> Callable[[View], View]:
    """Hand the view the consultation at *slug* if the person may do *act* in its group."""

    def decorate(view: View) -> View:
        @seated
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            consultation = found(lambda: consultation_queries.at_desk(slug))
            permissions.require(person(request), act, consultation.group)
            return view(request, consultation, **kwargs)

        return guarded

    return decorate


def on_response(act: Act) -> Callable[[View], View]:
    """Hand the view the response under *number* if the person may do *act* in its group."""

    def decorate(view: View) -> View:
        @seated
        @wraps(view)
        def guarded(request: HttpRequest, number: str, **kwargs: Any) -> HttpResponseBase:
            response = found(lambda: whole.by_number(number))
            permissions.require(person(request), act, response.consultation.group)
            return view(request, response, **kwargs)

        return guarded

    return decorate


def found(look: Callable[[], Any]) -> Any:
    """Return what *look* finds; a page that does not exist where it finds nothing."""
    try:
        return look()
    except ObjectDoesNotExist as error:
        raise Http404 from error


def may(request: HttpRequest, act: Act, group: Group | None) -> bool:
    """Say whether the person at the desk may do *act* in *group*."""
    return permissions.may(person(request), act, group)
