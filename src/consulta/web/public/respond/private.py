"""Pages behind a private link: kept by nobody, told to nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def private(view: View[P]) -> View[P]:
    """Let no cache keep the page, no other site learn its address, no search engine list it."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return guarded


def see_other(address: str) -> HttpResponse:
    """Go on to *address* by GET, so that reloading the page sends nothing again (303)."""
    response = HttpResponse(status=303)
    response["Location"] = address
    return response
