"""What captioners' tools send: Zoom's and YouTube's forms, StreamText's pushes, and our console's.

The secret of the address says who captions and in which language; `lang` is what the tool believes.
200 is answered only when the words survive a power cut; told anything else, tools try again.
"""

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from consulta.config.broadcaster_door import Remembered
from consulta.config.broadcaster_request import RefusedError, Request
from consulta.core.caption_feed import Piece, Way
from consulta.core.caption_words import cleaned, decoded
from consulta.live.captions.rooms import Sender
from consulta.live.captions.rows import Arrival
from consulta.live.captions.writer import TooManyWaitError

#: POSTs a second from one captioner, and how many at once after a pause.
RATE, BURST = 30.0, 120.0
#: Seconds after which a caption that is not on disk is answered with "try again".
PATIENCE = 10.0
#: Characters of a line from the console.
LONGEST = 1000
CONSOLE = frozenset({Way.TYPING, Way.LINE, Way.REVISE, Way.DROP, Way.TURN})
_CLIENT, _KEY = re.compile("[A-Za-z0-9]{4,16}"), re.compile(r"[A-Za-z0-9.-]{0,40}")
_SEQ = re.compile("[0-9]{1,15}")


@dataclass(slots=True)
class Intake:
    """Takes captions of this process. *submit*: the writer's; *last_seq*: what a source sent last."""

    senders: Remembered[Sender | None]
    submit: Callable[[Arrival], "Future[bool]"]
    last_seq: Callable[[str], Awaitable[int | None]]
    clock: Callable[[], float] = time.time
    _left: dict[int, tuple[float, float]] = field(default_factory=dict)  # captioner: when, how many

    async def closed_caption(self, request: Request) -> None:
        """Zoom's closed-caption API, and StreamText's push, which speaks it."""
        sender = await self._sender(request, request.asked("id"))
        body = decoded(await request.body(), request.header(b"content-type"))
        if body:
            await self._take_body(request, sender, body, Way(sender.way))
        await request.say(200, request.asked("seq") or "0")

    async def last_number(self, request: Request) -> None:
        """The number of the last caption that arrived: where Zoom's clients go on."""
        sender = await self._sender(request, request.asked("id"), is_sent=False)
        await request.say(200, str(await self.last_seq(str(sender.pk)) or 0))

    async def youtube(self, request: Request) -> None:
        """YouTube's form: captions with times; an empty body asks for the time of the server."""
        sender = await self._sender(request, request.asked("cid"))
        body = decoded(await request.body(), request.header(b"content-type"))
        if body.strip():
            await self._take_body(request, sender, body, Way.YOUTUBE)
        now = datetime.fromtimestamp(self.clock(), UTC)
        await request.say(200, now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03}")

    async def console(self, request: Request) -> None:
        """One thing done at the console, as JSON; the same `client` and `seq` are taken once, for ever."""
        sender = await self._sender(request, request.asked("id"))
        done = _done(await request.body())
        piece = Piece(done.text, self._now(), done.seq, done.way, done.target)
        arrival = _arrival(sender, f"{sender.pk}-{done.client}", piece)
        arrival = replace(arrival, speaker=done.speaker, item=done.item)
        is_new = await self._take(arrival)
        words = json.dumps({"seq": done.seq, "new": is_new}).encode()
        await request.give(words, b"application/json")

    async def _sender(self, request: Request, token: str, *, is_sent: bool = True) -> Sender:
        wanted = "POST" if is_sent else "GET"
        if request.method != wanted:
            allow = [(b"allow", wanted.encode())]
            raise RefusedError(405, f"this address is for {wanted}", headers=allow)
        sender = await self.senders(request.session, token) if token else None
        if sender is None:
            raise RefusedError(
                403, "nobody may caption here with this address: ask the secretariat for a new one"
            )
        if is_sent and sender.is_over:
            raise RefusedError(410, "the session has ended: nothing is captioned any more")
        self._count(sender.pk)
        return sender

    def _count(self, captioner: int) -> None:
        """Count one POST. Raises RefusedError beyond RATE."""
        now = time.monotonic()
        at, left = self._left.get(captioner, (now, BURST))
        left = min(BURST, left + (now - at) * RATE)
        if left < 1:
            wait = [(b"retry-after", b"1")]
            raise RefusedError(429, f"send at most {RATE:.0f} times a second", headers=wait)
        self._left[captioner] = (now, left - 1)

    async def _take_body(self, request: Request, sender: Sender, body: str, way: Way) -> None:
        seq = request.asked("seq")
        if seq and not _SEQ.fullmatch(seq):
            raise RefusedError(400, "seq is a number that counts up")
        piece = Piece(body, self._now(), int(seq) if seq else None, way)
        await self._take(_arrival(sender, str(sender.pk), piece))

    def _now(self) -> int:
        return int(self.clock() * 1000)

    async def _take(self, arrival: Arrival) -> bool:
        """Have *arrival* written. Raises RefusedError where it is not on disk in time."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.wrap_future(self.submit(arrival))
        except (TooManyWaitError, TimeoutError) as error:
            wait = [(b"retry-after", b"1")]
            raise RefusedError(503, "it could not be kept: send it again", headers=wait) from error


def _arrival(sender: Sender, source: str, piece: Piece) -> Arrival:
    return Arrival(
        sitting=sender.sitting,
        language=sender.language,
        source=source,
        token=sender.pk,
        piece=piece,
        is_automatic=sender.is_automatic,
    )


@dataclass(frozen=True, slots=True)
class Done:
    """One thing done at the console."""

    client: str
    seq: int
    way: Way
    text: str = ""
    target: str = ""
    speaker: str = ""
    item: str = ""


def _done(body: bytes) -> Done:
    """What *body* says was done. Raises RefusedError where it is not in the form of the console."""
    try:
        told = json.loads(body)
        done = Done(**{**told, "way": Way(told["way"])})
        keys = (done.target, done.speaker, done.item)
        is_whole = (
            done.way in CONSOLE
            and bool(_CLIENT.fullmatch(done.client))
            and bool(_SEQ.fullmatch(str(done.seq)))
            and all(_KEY.fullmatch(key) for key in keys)
        )
        text = cleaned(done.text).replace("\b", "")[:LONGEST]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise RefusedError(400, "the body is not in the form of the console") from error
    if not is_whole:
        raise RefusedError(400, "client, seq, way and keys are not in their form")
    return replace(done, seq=int(done.seq), text=text)
