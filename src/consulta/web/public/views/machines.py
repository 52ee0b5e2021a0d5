"""Is it alive, can it serve, and what may robots fetch."""

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

CLOSED = (
    "/*/account/",
    "/*/desk/",
    "/*/members/",
    "/*/confirm/",
    "/*/mine/",
    "/*/drafts/",
    "/*/captioning/",
)
PLAIN = "text/plain; charset=utf-8"


@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer as long as the process lives."""
    return HttpResponse("alive\n", content_type=PLAIN)


@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer whether the database answers; the door answers this itself where there is one."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("the database does not answer\n", status=503, content_type=PLAIN)
    return HttpResponse("ready\n", content_type=PLAIN)


def robots(_request: HttpRequest) -> HttpResponse:
    """Let everyone read what is public, and keep robots off pages meant for one person."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "Disallow: /*/search/"]
    lines.append(f"# {settings.BASE_URL}/feeds/consultations.atom")
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)
