"""Django in a few threads: a request enters when its body is whole, and leaves when it is written.

The thread never waits for the line: two readers far away on slow lines do not stop the others.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any, Protocol

from django.http import HttpResponse

from consulta.config.asgi_types import Receive, Scope, Send
from consulta.config.bodies import (
    CHUNK,
    BodyIncompleteError,
    BodyTooLargeError,
    Download,
    NoRoomError,
    SenderGoneError,
    receive_body,
)
from consulta.config.environment import Environ, FileBody, environ_of
from consulta.config.finished import Headers
from consulta.config.plain import answer, say

#: Two threads: with one, a single slow page would stop the process; more only share one lock.
THREADS = 2
#: Requests that may wait for a thread; beyond, readers are told to come back.
WAITING = 512

StartResponse = Callable[..., Callable[[bytes], object]]


class WsgiApplication(Protocol):
    """Django's handler, or anything that speaks PEP 3333."""

    def __call__(self, environ: Environ, start_response: StartResponse, /) -> Iterable[bytes]: ...


@dataclass(slots=True)
class Head:
    """Status and headers of a response, as start_response was given them."""

    status: int = 500
    headers: Headers | None = None

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:  # noqa: ARG002 -- PEP 3333's
        """PEP 3333's start_response; the write callable it should return is not offered."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]

    @property
    def message(self) -> dict[str, object]:
        """The first message of the answer."""
        return {
            "type": "http.response.start",
            "status": self.status,
            "headers": self.headers or [],
        }


class ThreadPool:
    """An ASGI application that runs a WSGI one in a bounded number of threads."""

    def __init__(
        self, application: WsgiApplication, *, threads: int = THREADS, folder: str | None = None
    ) -> None:
        self._application = application
        self._folder = folder
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; one whose sender left before it was whole never reaches Django."""
        if self._waiting >= WAITING:
            return await say(scope, send, 503)
        self._waiting += 1
        try:
            body, length = await receive_body(receive, folder=self._folder)
            with body:
                environ = environ_of(scope, body, length=length)
                await self._respond(environ, receive, send)
        except BodyTooLargeError:
            await say(scope, send, 413)
        except NoRoomError:
            await say(scope, send, 507)
        except SenderGoneError:
            return
        finally:
            self._waiting -= 1

    async def _respond(self, environ: Environ, receive: Receive, send: Send) -> None:
        head, loop = Head(), asyncio.get_running_loop()
        result = await loop.run_in_executor(self._threads, self._begin, environ, head)
        if isinstance(result, bytes):
            await answer(send, head.status, result, headers=head.headers)
        elif environ["REQUEST_METHOD"] == "HEAD":
            await loop.run_in_executor(self._threads, _close, result)
            await send(head.message)
            await send({"type": "http.response.body", "body": b""})
        elif isinstance(result, FileBody):
            await _send_all(_pieces(result), head, send)
        else:
            await self._stream(result, head, receive, send)

    def _begin(self, environ: Environ, head: Head) -> bytes | Iterable[bytes] | FileBody:
        """In a thread: run Django; the whole body where it is ready, else what yields it."""
        result = self._application(environ, head.start)
        if not isinstance(result, HttpResponse):
            return result
        try:
            return result.content
        finally:
            result.close()

    async def _stream(
        self, result: Iterable[bytes], head: Head, receive: Receive, send: Send
    ) -> None:
        download = Download(folder=self._folder)
        loop = asyncio.get_running_loop()
        writing = loop.run_in_executor(self._threads, _write, result, download)
        leaving = asyncio.create_task(_wait_for_leaving(receive, download))
        try:
            with suppress(SenderGoneError, BodyIncompleteError):
                await _send_all(download.chunks(), head, send)
        finally:
            leaving.cancel()
            download.abandon()
            await writing


def _write(result: Iterable[bytes], download: Download) -> None:
    """In a thread: take the body as fast as it comes; stop when its reader has left."""
    whole = False
    try:
        for chunk in result:
            download.write(chunk)
        whole = True
    except SenderGoneError:
        return
    finally:
        download.end(whole=whole)
        _close(result)


def _close(result: object) -> None:
    close = getattr(result, "close", None)
    if close is not None:
        close()


async def _wait_for_leaving(receive: Receive, download: Download) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
    download.abandon()


async def _send_all(chunks: AsyncIterator[bytes], head: Head, send: Send) -> None:
    await send(head.message)
    async for chunk in chunks:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _pieces(body: FileBody) -> AsyncIterator[bytes]:
    """The file in pieces, read beside the threads that render pages."""
    try:
        while chunk := await asyncio.to_thread(_read, body.file):
            yield chunk
    finally:
        await asyncio.to_thread(body.close)


def _read(file: IO[bytes]) -> bytes:
    return file.read(CHUNK)
