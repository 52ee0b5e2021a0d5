"""The few answers that are given before Django, in the reader's language; to a program as JSON."""

import json

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from consulta.config.asgi_types import Scope, Send
from consulta.config.finished import Headers

HEADERS: dict[int, Headers] = {
    413: [(b"connection", b"close")],
    503: [(b"retry-after", b"2")],
    507: [(b"connection", b"close")],
}
#: What the API calls them.
CODES = {413: "too_large", 503: "busy", 507: "disk_full"}


async def answer(send: Send, status: int, body: bytes, *, headers: Headers | None = None) -> None:
    """Send one whole response; its length is added unless *headers* say it."""
    headers = with_length(headers or [], body) if status != 304 else headers
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def with_length(headers: Headers, body: bytes) -> Headers:
    """The headers, with the length of *body* where they say none."""
    if any(name == b"content-length" for name, _value in headers):
        return headers
    return [*headers, (b"content-length", b"%d" % len(body))]


async def say(scope: Scope, send: Send, status: int) -> None:
    """Tell the reader in a sentence why the request was not taken."""
    language, kind = _language(scope["path"]), b"text/plain; charset=utf-8"
    with translation.override(language):
        body = (_words(status) + "\n").encode()
    if scope["path"].startswith("/api/"):
        told = {"error": CODES[status], "message": body.decode().strip()}
        body, kind = json.dumps(told).encode(), b"application/json"
    await answer(
        send,
        status,
        body,
        headers=[
            (b"content-type", kind),
            (b"content-language", language.encode()),
            (b"cache-control", b"no-store"),
            *HEADERS[status],
        ],
    )


def _language(path: str) -> str:
    """The language that an address begins with, as Django names it."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    found = [code for code, _name in settings.LANGUAGES if code.split("-")[0] == first]
    return found[0] if found else settings.LANGUAGE_CODE


def _words(status: int) -> str:
    if status == 413:
        return _(
            "This is more than can be sent at once: the files may have 50 MB together."
            " Go back, take some out, and send again."
        )
    if status == 507:
        return _(
            "There is no room left to take this, and nothing of it was kept; what was saved before is."
            " Tell the office, then go back and send again."
        )
    return _("Many people are here at this moment. Wait a little, then try again.")
