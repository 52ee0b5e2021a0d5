"""The one door: live captions, finished pages, and everything else to Django."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from consulta.config.asgi_types import Application, Message, Receive, Scope, Send
from consulta.config.finished import (
    Address,
    FinishedPages,
    Headers,
    Page,
    Stamp,
    finish,
    may_be_kept,
)
from consulta.config.plain import answer

log = logging.getLogger(__name__)

#: Longer questions to a page are answered, but their pages are not held.
LONGEST_QUERY = 256
MARK = b"x-consulta-finished"
#: A request with one of these may get a page of its own.
PERSONAL_HEADERS = frozenset({b"authorization", b"x-api-key", b"hx-request", b"range"})


@dataclass(slots=True)
class Capture:
    """Holds a response back while it may become a finished page; passes on any other at once."""

    send: Send
    passed: Callable[[], object]
    status: int = 0
    headers: Headers = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)
    held: bool = False

    async def __call__(self, message: Message) -> None:
        """Take one message of the response."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
            self.held = may_be_kept(self.status, self.headers)
            message["headers"] = [pair for pair in self.headers if pair[0] != MARK]
        if self.held:
            self.body += message.get("body", b"")
        else:
            self.passed()
            await self.send(message)


@dataclass(slots=True)
class Dispatcher:
    """One process's ASGI application; what it asks of the record is handed to it."""

    django: Application
    stamp: Callable[[], Awaitable[Stamp]]
    ready: Callable[[], Awaitable[bool]]
    personal_cookies: frozenset[bytes]
    static: str = "/static/"
    live: Application | None = None
    pages: FinishedPages = field(default_factory=FinishedPages)
    _making: dict[Address, asyncio.Event] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or take part in starting and stopping."""
        if scope["type"] == "http":
            scope["consulta.began_at"] = time.time()
            await self._route(scope, receive, send)
        elif scope["type"] == "lifespan":
            await _live_and_die(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path.startswith(self.static):
            await self.django(scope, receive, send)
        elif path == "/healthz":
            await answer(send, 200, b"alive\n", headers=_plain())
        elif path == "/readyz":
            await self._say_ready(send)
        elif self.live and path.startswith("/live/"):
            await self.live(scope, receive, send)
        elif scope["method"] in ("GET", "HEAD") and self._is_anonymous(scope["headers"]):
            await self._show(scope, receive, send)
        else:
            await self.django(scope, receive, send)

    async def _say_ready(self, send: Send) -> None:
        if await self.ready():
            await answer(send, 200, b"ready\n", headers=_plain())
        else:
            await answer(send, 503, b"the database does not answer\n", headers=_plain())

    def _is_anonymous(self, headers: Headers) -> bool:
        for name, value in headers:
            if name in PERSONAL_HEADERS:
                return False
            if name == b"cookie":
                names = {part.partition(b"=")[0].strip() for part in value.split(b";")}
                if names & self.personal_cookies:
                    return False
        return True

    async def _show(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from a finished page, made now if need be; else as Django answers."""
        try:
            stamp = await self.stamp()
        except Exception:  # the edge of the server: without the record's version, Django decides
            log.exception("the record's version is not known; the page is rendered")
            return await self.django(scope, receive, send)
        address = address_of(scope)
        page = self.pages.find(address, stamp) or await self._wait_for(address, stamp)
        if page is None:
            page = await self._make(address, stamp, (scope, receive, send))
        if page is not None:
            await _send_page(page, scope, send)

    async def _wait_for(self, address: Address, stamp: Stamp) -> Page | None:
        """The page that another reader's request is making at this moment, if it is new enough.

        Only where a finished page stood before: others are rendered side by side.
        """
        making = self._making.get(address)
        if making is None or not self.pages.knows(address):
            return None
        await making.wait()
        return self.pages.find(address, stamp)

    async def _make(
        self, address: Address, stamp: Stamp, request: tuple[Scope, Receive, Send]
    ) -> Page | None:
        """Have Django render; None where the answer was not one to keep and has been sent."""
        scope, receive, send = request
        made = self._making.setdefault(address, asyncio.Event())
        try:
            capture = Capture(send, made.set)
            await self.django(scope, receive, capture)
            if not capture.held:
                return None
            page = await asyncio.to_thread(
                finish, capture.headers, bytes(capture.body), stamp=stamp
            )
            lasting = scope["method"] == "GET" and len(address.query) <= LONGEST_QUERY
            if lasting and page.is_fresh(await self.stamp()):
                self.pages.keep(address, page)
            return page
        finally:
            made.set()
            if self._making.get(address) is made:
                del self._making[address]


def address_of(scope: Scope) -> Address:
    """What the page is known by; the parts of the query in one order, however they were asked."""
    found = dict(scope["headers"])
    parts = scope["query_string"].split(b"&")
    parts.sort(key=lambda part: part.partition(b"=")[0])  # a name given twice keeps its order
    return Address(
        scheme=scope.get("scheme", "http"),
        host=found.get(b"host", b""),
        path=scope["raw_path"],
        query=b"&".join(parts),
        language=found.get(b"accept-language", b"")[:200],
    )


async def _send_page(page: Page, scope: Scope, send: Send) -> None:
    asked = dict(scope["headers"])
    status, headers, body = page.answer(
        encodings=asked.get(b"accept-encoding", b""), known=asked.get(b"if-none-match", b"")
    )
    await answer(send, status, b"" if scope["method"] == "HEAD" else body, headers=headers)


async def _live_and_die(receive: Receive, send: Send) -> None:
    """ASGI's lifespan: nothing needs to be opened before, or closed after, the requests."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _plain() -> Headers:
    return [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
