"""Marks the pages that are the same for every anonymous reader, so that they are rendered once.

A view says what its page shows; the door in front of Django keeps the page until that changes:

    @finished(shows="pages", query=("page", "group"))
    def consultation(request, slug): ...
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Literal, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import SimpleTemplateResponse

#: The door takes this header off again; it never reaches a reader.
HEADER = "X-Consulta-Finished"
#: What a page shows: published things only, or also lines of the register, which every act moves.
Shows = Literal["pages", "register"]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def personal_cookies() -> frozenset[str]:
    """The cookies that may make a page somebody's own: session, messages, chosen language."""
    return frozenset({settings.SESSION_COOKIE_NAME, "messages", settings.LANGUAGE_COOKIE_NAME})


def finished(*, shows: Shows, query: tuple[str, ...] = ("page",)) -> Callable[[View[P]], View[P]]:
    """The view's page is a function of the record, the clock's boundaries and the address.

    It must show no form token, no user, no relative time. *query* names the parameters it reads;
    a request with any other is answered, but not kept.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def marked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if not _is_anonymous(request) or not set(request.GET) <= set(query):
                return response
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.add_post_render_callback(lambda ready: _mark(request, ready, shows))
            else:
                _mark(request, response, shows)
            return response

        return marked

    return decorate


def _is_anonymous(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and not personal_cookies() & set(request.COOKIES)


def _mark(request: HttpRequest, response: HttpResponseBase, shows: Shows) -> None:
    """Mark a page that rendered well and turned out to be nobody's own."""
    if (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    ):
        response[HEADER] = shows
