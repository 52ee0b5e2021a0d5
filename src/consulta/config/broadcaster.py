"""Live captions in front of Django: what captioners send comes in, and goes out to everyone who watches.

Everything here is one event loop and its threads, in each web process; processes meet in the store.
"""

import asyncio
import logging
import random
import time
from dataclasses import dataclass
from typing import ClassVar

from consulta.config.asgi_types import Receive, Scope, Send
from consulta.config.broadcaster_channel import Channel, Viewer
from consulta.config.broadcaster_door import Remembered
from consulta.config.broadcaster_files import Files, shared
from consulta.config.broadcaster_intake import Intake
from consulta.config.broadcaster_request import RefusedError, Request, of
from consulta.config.broadcaster_tail import Tail
from consulta.core.caption_words import language_of
from consulta.live.captions import rooms
from consulta.live.captions.rooms import Room

log = logging.getLogger(__name__)
#: Viewers of one process; beyond, others are told to come back.
MOST = 25_000
#: Seconds between which a viewer waits by chance before coming back: not all come in one moment.
COME_BACK = (1.0, 4.0)
#: Events that are told again to who comes back to several languages in one line.
AGAIN = 20
STREAM = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # a proxy in front hands on at once
    (b"x-content-type-options", b"nosniff"),
)


@dataclass(slots=True)
class Broadcaster:
    """One process's answers under `/live/`; what it asks of the record is handed to it."""

    rooms: Remembered[Room | None]
    intake: Intake
    tail: Tail
    files: Files
    watching: int = 0

    TAKES: ClassVar[dict[str, str]] = {
        "closedcaption": "closed_caption",
        "closedcaption/seq": "last_number",
        "youtube": "youtube",
        "console": "console",
    }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request under `/live/`."""
        request = of(scope, receive, send)
        try:
            await self._answer(request)
        except RefusedError as refused:
            await request.say(refused.status, refused.sentence, headers=refused.headers)
        except Exception:  # the edge of the server: said in the log, and a tool tries again
            log.exception("a request for captions broke")
            wait = [(b"retry-after", b"1")]
            await request.say(503, "it cannot be answered now: try again", headers=wait)

    async def _answer(self, request: Request) -> None:
        if takes := self.TAKES.get(request.path):
            return await getattr(self.intake, takes)(request)  # type: ignore[no-any-return]
        language = self.files.language(request.path)
        if request.path != "events" and not language:
            raise RefusedError(404, "there is nothing at this address")
        if request.method not in ("GET", "HEAD"):
            raise RefusedError(405, "this address is only read", headers=[(b"allow", b"GET, HEAD")])
        room, until = await self._let_in(request)
        channels = [
            await self.tail.channel(room.pk, code) for code in _languages(request, room, language)
        ]
        if language:
            await self.files.give(request, room, channels[0])
        else:
            await self._watch(request, room, channels, until)

    async def _let_in(self, request: Request) -> tuple[Room, float | None]:
        """The sitting, and until when the reader may follow it (unix seconds; None: without end)."""
        room = await self.rooms(request.session)
        if room is None:
            raise RefusedError(404, "there is no session at this address")
        if room.is_public:
            return room, None
        until = rooms.valid_until(room, request.cookie(rooms.COOKIE) or request.asked("ticket"))
        if until is None:
            raise RefusedError(403, "this session is for members: open its page, signed in")
        return room, until

    async def _watch(
        self, request: Request, room: Room, channels: list[Channel], until: float | None
    ) -> None:
        """Tell a viewer everything after the last event that was seen, for as long as the line holds."""
        if self.watching >= MOST:
            wait = [(b"retry-after", b"5")]
            raise RefusedError(503, "too many watch at this moment: try again", headers=wait)
        headers = [*STREAM, *shared(room)]
        await request.send({"type": "http.response.start", "status": 200, "headers": headers})
        if request.method == "HEAD":
            return await request.send({"type": "http.response.body", "body": b""})
        place = _place(request, several=len(channels) > 1)
        viewers = [(channel, await self._begun(request, channel, place)) for channel in channels]
        for channel, viewer in viewers:
            channel.join(viewer)
        self.watching += 1
        try:
            is_over = await _until_gone(request, until)
        finally:
            self.watching -= 1
            for channel, viewer in viewers:
                channel.leave(viewer)
        if is_over and not any(viewer.waits_since for _channel, viewer in viewers):
            await request.send({"type": "http.response.body", "body": b""})

    async def _begun(self, request: Request, channel: Channel, place: int) -> Viewer:
        """A viewer who was told what was missed: from the ring, or first from the database."""
        first = f"retry: {random.uniform(*COME_BACK) * 1000:.0f}\n\n".encode()  # noqa: S311
        if place < 0:
            first, place = first + channel.first_words(), channel.last
        await self._say(request, first)
        while place < channel.forgotten:
            missed = await self.tail.missed(channel, place)
            await self._say(request, b"".join(words for _row, words in missed))
            place = missed[-1][0].id if missed else channel.forgotten
        return Viewer(request.send, min(place, channel.last))

    async def _say(self, request: Request, body: bytes) -> None:
        await request.send({"type": "http.response.body", "body": body, "more_body": True})


def _languages(request: Request, room: Room, of_file: str) -> list[str]:
    """The languages that are asked for. Raises RefusedError where one is not offered, or none is named."""
    named = [of_file] if of_file else [language_of(tag) for tag in request.query.get("lang", [])]
    codes = list(dict.fromkeys(named))
    if not codes or not set(codes) <= set(room.languages):
        offered = ", ".join(room.languages)
        raise RefusedError(404, f"there are captions in: {offered}; say which by lang")
    return codes


def _place(request: Request, *, several: bool) -> int:
    """The number of the last event that was seen; -1: none.

    With several languages in one line a few are told again: they may have overtaken each other.
    """
    seen = request.header(b"last-event-id") or request.asked("after")
    place = int(seen) if seen.isdecimal() and len(seen) < 16 else -1
    return max(0, place - AGAIN) if several and place >= 0 else place


async def _until_gone(request: Request, until: float | None) -> bool:
    """Wait until the viewer has gone, or until the ticket is over: then True."""
    patience = None if until is None else max(0.0, until - time.time())
    try:
        async with asyncio.timeout(patience):
            while (await request.receive())["type"] != "http.disconnect":
                continue
    except TimeoutError:
        return True
    return False
