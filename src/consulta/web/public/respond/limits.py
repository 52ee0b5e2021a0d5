"""How often a form may mail somebody, by address and by where the request came from."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consulta.accounts import ratelimit
from consulta.accounts.ratelimit import TooOftenError

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PER_ADDRESS, PER_ADDRESS_AND_DAY = 5, 10
PER_CLIENT = 60


def mailing(request: HttpRequest, act: str, *, email: str) -> None:
    """Count one mail to *email* by the form called *act*. Raises TooOftenError."""
    who = sha256(email.strip().lower().encode()).hexdigest()[:32]
    ratelimit.count(f"{act}:ip:{client(request)}", limit=PER_CLIENT, per=HOUR)
    ratelimit.count(f"mail:{who}", limit=PER_ADDRESS, per=HOUR)
    ratelimit.count(f"mail-day:{who}", limit=PER_ADDRESS_AND_DAY, per=DAY)


def may_mail(request: HttpRequest, act: str, *, email: str) -> bool:
    """Count one mail as :func:`mailing` does; false where it has to wait."""
    try:
        mailing(request, act, email=email)
    except TooOftenError:
        return False
    return True


def trying(request: HttpRequest, act: str, *, limit: int = PER_CLIENT) -> None:
    """Count one use of the form called *act* from this client. Raises TooOftenError."""
    ratelimit.count(f"{act}:ip:{client(request)}", limit=limit, per=HOUR)


def client(request: HttpRequest) -> str:
    """The network address from which the request came."""
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def when(error: TooOftenError) -> str:
    """Say when to try again."""
    minutes = max(1, -(-error.retry_after // 60))
    return ngettext(
        "Too many requests of this kind were made. Nothing was lost. Please try again in %(n)s minute.",
        "Too many requests of this kind were made. Nothing was lost. Please try again in %(n)s minutes.",
        minutes,
    ) % {"n": minutes}


def limited(view: View[P]) -> View[P]:
    """Answer TooOftenError with a page that says when to try again (429)."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except TooOftenError as error:
            context = {"title": _("Please wait a little"), "body": when(error)}
            response = render(request, "public/respond/said.html", context, status=429)
            response["Retry-After"] = str(error.retry_after)
            return response

    return answered
