"""Pages of somebody who is signed in: no cache keeps them, and the Back button after sign-out shows none."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]


def personal(get_response: View) -> View:
    """Middleware: an answer to whoever carries a session is stored by nobody, unless it says otherwise."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer
