"""What a request to `/live/` asks for, and the short answers it gets."""

from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, unquote

from consulta.config.asgi_types import Receive, Scope, Send
from consulta.config.finished import Headers
from consulta.config.plain import answer

#: Bytes of one POST of a captioner's tool; whole minutes of speech are shorter.
LARGEST = 16 * 1024
PLAIN = b"text/plain; charset=utf-8"


class RefusedError(Exception):
    """The request is answered with a status and a sentence for the person behind the tool."""

    def __init__(self, status: int, sentence: str, *, headers: Headers | None = None) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.headers = status, sentence, headers or []


@dataclass(slots=True)
class Request:
    """One request under `/live/{session}/`."""

    scope: Scope
    receive: Receive
    send: Send
    session: str
    path: str  # what follows the session
    query: dict[str, list[str]]
    headers: dict[bytes, bytes] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """GET, POST, …"""
        return str(self.scope["method"])

    def asked(self, name: str) -> str:
        """A parameter of the query; empty: not given."""
        return self.query.get(name, [""])[0]

    def header(self, name: bytes) -> str:
        """A header; empty: not sent."""
        return self.headers.get(name, b"").decode("latin-1")

    def cookie(self, name: str) -> str:
        """A cookie; empty: not sent."""
        try:
            found = SimpleCookie(self.header(b"cookie")).get(name)
        except CookieError:
            return ""
        return found.value if found else ""

    async def body(self) -> bytes:
        """The whole body. Raises RefusedError where it is too long or breaks off."""
        whole = bytearray()
        more = True
        while more:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise RefusedError(400, "the body broke off")
            whole += message.get("body", b"")
            more = message.get("more_body", False)
            if len(whole) > LARGEST:
                close = [(b"connection", b"close")]
                raise RefusedError(413, f"send at most {LARGEST} bytes at once", headers=close)
        return bytes(whole)

    async def say(self, status: int, words: str, *, headers: Headers | None = None) -> None:
        """Answer with a line of plain text."""
        await self.give(f"{words}\n".encode(), PLAIN, status=status, headers=headers)

    async def give(
        self, body: bytes, content_type: bytes, *, status: int = 200, headers: Headers | None = None
    ) -> None:
        """Answer with *body*."""
        named = [
            (b"content-type", content_type),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            *(headers or []),
        ]
        is_head = self.method == "HEAD"
        named.append((b"content-length", b"%d" % len(body)))
        await answer(self.send, status, b"" if is_head else body, headers=named)


def of(scope: Scope, receive: Receive, send: Send) -> Request:
    """The request of an ASGI scope."""
    session, _slash, path = scope["path"].removeprefix("/live/").partition("/")
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    headers = dict(scope["headers"])
    return Request(scope, receive, send, unquote(session), path, query, headers)
