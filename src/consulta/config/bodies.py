"""Bodies on their way in and out, held for slow lines so that no thread waits for a reader."""

import asyncio
import errno
import tempfile
import threading
from collections.abc import AsyncIterator
from typing import IO

from consulta.config.asgi_types import Receive

#: Bytes of one body kept in memory; the rest waits in an unnamed temporary file.
IN_MEMORY = 512 * 1024
#: Attachments may have 50 MB together, by the API in base64: a third as much again, and the words.
LARGEST = 72 * 1024 * 1024
#: A larger body is read to this length and thrown away, so that the sender hears the answer.
DRAINED = 4 * LARGEST
#: Seconds without a byte after which an upload is given up.
PATIENCE = 60
CHUNK = 64 * 1024
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class BodyTooLargeError(Exception):
    """The body is longer than LARGEST."""


class NoRoomError(Exception):
    """The disk is full: the body could not be held, and nothing of it was passed on."""


class BodyIncompleteError(Exception):
    """The answer broke off while it was made."""


class SenderGoneError(Exception):
    """The sender left, or fell silent, before the body was whole."""


async def receive_body(receive: Receive, *, folder: str | None = None) -> tuple[IO[bytes], int]:
    """The whole body as a file at its beginning, and its length in bytes.

    Raises BodyTooLargeError, NoRoomError and SenderGoneError: half a body is never passed on.
    """
    spool = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=folder)  # noqa: SIM115
    length, more = 0, True
    try:
        while more:
            chunk, more = await _receive_chunk(receive)
            length += len(chunk)
            if length <= LARGEST:
                spool.write(chunk)
            elif length > DRAINED:
                raise BodyTooLargeError
        if length > LARGEST:
            raise BodyTooLargeError
    except OSError as error:
        spool.close()
        if error.errno in _FULL:
            raise NoRoomError from error
        raise
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return spool, length


async def _receive_chunk(receive: Receive) -> tuple[bytes, bool]:
    try:
        async with asyncio.timeout(PATIENCE):
            message = await receive()
    except TimeoutError as silence:
        raise SenderGoneError from silence
    if message["type"] == "http.disconnect":
        raise SenderGoneError
    return message.get("body", b""), message.get("more_body", False)


class Download:
    """A body that a thread writes as fast as it can and a reader takes in its own time."""

    def __init__(self, *, folder: str | None = None) -> None:
        self._spool = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=folder)  # noqa: SIM115
        self._loop = asyncio.get_running_loop()
        self._lock = threading.Lock()
        self._news = asyncio.Event()
        self._ended = self._whole = self._abandoned = False

    def write(self, chunk: bytes) -> None:
        """Add *chunk*; raises SenderGoneError when nobody reads any more. For the writing thread."""
        with self._lock:
            if self._abandoned:
                raise SenderGoneError
            self._spool.seek(0, 2)
            self._spool.write(chunk)
        self._loop.call_soon_threadsafe(self._news.set)

    def end(self, *, whole: bool) -> None:
        """Nothing more will come; *whole* is false where the writer failed. For the thread."""
        self._whole, self._ended = whole, True
        self._loop.call_soon_threadsafe(self._news.set)

    def abandon(self) -> None:
        """Nobody reads any more: free the file and stop the writer at its next chunk."""
        with self._lock:
            self._abandoned = True
            self._spool.close()
        self._news.set()

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body piece by piece, waiting for the writer where it is slower.

        Raises BodyIncompleteError where the writer failed, so that half a file never looks whole.
        """
        position = 0
        while True:
            self._news.clear()
            ended = self._ended
            chunk = self._read(position)
            if chunk:
                position += len(chunk)
                yield chunk
            elif ended and not self._whole:
                raise BodyIncompleteError
            elif ended:
                return
            else:
                await self._news.wait()

    def _read(self, position: int) -> bytes:
        with self._lock:
            if self._abandoned:
                raise SenderGoneError
            self._spool.seek(position)
            return self._spool.read(CHUNK)
