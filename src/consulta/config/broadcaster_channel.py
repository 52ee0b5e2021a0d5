"""One language of one sitting: its latest events, ready to send, and everyone who is sent them.

Each viewer has a place in the row of events. What comes is written once and handed to all; a viewer
whose line is full keeps the place and gets the rest later, and is cut off when nothing moves for long.
"""

import asyncio
import json
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from consulta.config.asgi_types import Message, Send
from consulta.core.captions import Cue, Event, Kind, apply, standing
from consulta.live.captions.rows import Row

#: Events that are held ready; who is further behind reads them from the database by coming again.
RING = 2000
#: Viewers that are served before others on this process have their turn.
SLICE = 200
#: Seconds between signs of life, and for which a viewer may take nothing.
HEARTBEAT, PATIENCE = 15.0, 20.0
#: Cues that a viewer is told who comes for the first time.
FIRST = 12


@dataclass(slots=True, eq=False)
class Viewer:
    """One open line. *place*: the number of the last event that was handed over."""

    send: Send
    place: int
    waits_since: float = 0.0  # when the line was found full (loop time); 0: it is not

    def hand(self, message: Message) -> bool:
        """Hand *message* to the line without waiting; False where the line is full.

        The server's `send` waits only before it writes: it can be tried, and left, without a task.
        """
        trying = self.send(message)
        try:
            trying.send(None)  # type: ignore[attr-defined]
        except StopIteration:
            self.waits_since = 0.0
            return True
        trying.close()  # type: ignore[attr-defined]
        return False

    def cut(self) -> None:
        """Close the line from here; the viewer's own task then ends by itself."""
        transport = getattr(getattr(self.send, "__self__", None), "transport", None)
        if transport is not None:
            transport.abort()


@dataclass(slots=True, eq=False)
class Channel:
    """The events of one sitting in one language, and its viewers. Lives in one event loop."""

    sitting: int
    language: str
    names: Mapping[str, str] = field(default_factory=dict)  # speakers by their keys
    last: int = 0  # the number of the last event known here
    ring: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=RING))
    cues: dict[str, Cue] = field(default_factory=dict)
    viewers: set[Viewer] = field(default_factory=set)
    forgotten: int = 0  # the number of the last event that the ring does not hold any more
    dropped: int = 0  # viewers who were cut off
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _pump: asyncio.Task[None] | None = None

    def push(self, news: Iterable[tuple[Row, bytes]]) -> None:
        """Take new events with what is told of them; those known already are left out."""
        for row, words in news:
            if row.id <= self.last:
                continue
            apply(self.cues, row.event)
            if len(self.ring) == RING:
                self.forgotten = self.ring[0][0]
            self.ring.append((row.id, words))
            self.last = row.id
        self._news.set()

    def join(self, viewer: Viewer) -> None:
        """Have *viewer* told what comes after its place."""
        self.viewers.add(viewer)
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._tell_all())
        if viewer.place < self.last:  # else thousands who come at once would cost a round each
            self._news.set()

    def leave(self, viewer: Viewer) -> None:
        """Tell *viewer* nothing more."""
        self.viewers.discard(viewer)

    def first_words(self) -> bytes:
        """What a new viewer needs: the latest cues as they read now, under the number of the last event."""
        cues = standing(self.cues)[-FIRST:]
        rows = (Row(self.last, self.sitting, self.language, _whole(cue)) for cue in cues)
        return b"".join(told(row, self.names) for row in rows)

    def words_after(self, place: int) -> bytes:
        """All events after *place* that the ring holds, in one piece."""
        start = bisect_right(self.ring, place, key=lambda entry: entry[0])
        return b"".join(self.ring[n][1] for n in range(start, len(self.ring)))

    async def _tell_all(self) -> None:
        """Hand news to everyone, for as long as anybody is there."""
        while self.viewers:
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await self._news.wait()
                self._news.clear()
                await self._round({})
            except TimeoutError:
                await self._round({"": _chunk(b":\n\n")})

    async def _round(self, messages: dict[object, Message]) -> None:
        """One round through all viewers; those at the same place are sent the same bytes."""
        for number, viewer in enumerate(list(self.viewers), 1):
            if number % SLICE == 0:
                await asyncio.sleep(0)
            if viewer.place < self.forgotten:
                self._cut(viewer)
            elif viewer.place < self.last:
                self._bring(viewer, messages)
            elif "" in messages:
                self._try(viewer, messages[""])

    def _bring(self, viewer: Viewer, messages: dict[object, Message]) -> None:
        """Bring *viewer* to the last event."""
        key = (viewer.place, self.last)
        if key not in messages:
            messages[key] = _chunk(self.words_after(viewer.place))
        if self._try(viewer, messages[key]):
            viewer.place = self.last

    def _try(self, viewer: Viewer, message: Message) -> bool:
        if viewer.hand(message):
            return True
        now = asyncio.get_running_loop().time()
        viewer.waits_since = viewer.waits_since or now
        if now - viewer.waits_since > PATIENCE:
            self._cut(viewer)
        return False

    def _cut(self, viewer: Viewer) -> None:
        self.dropped += 1
        self.leave(viewer)
        viewer.cut()


def told(row: Row, names: Mapping[str, str]) -> bytes:
    """An event in the form of server-sent events (WHATWG HTML, 9.2), its data one JSON object."""
    event = row.event
    data: dict[str, object] = {
        "lang": row.language,
        "cue": event.cue,
        "kind": event.kind.value,
        "text": event.text,
        "speaker": names.get(event.speaker, ""),
        "item": event.item,
        "automatic": event.is_automatic,
        "at": _instant(event.at),
    }
    if event.kind == Kind.TURN:
        data = {
            "lang": row.language,
            "kind": "turn",
            "captioner": event.token,
            "at": _instant(event.at),
        }
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"id: {row.id}\ndata: {words}\n\n".encode()


def _instant(milliseconds: int) -> str:
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _whole(cue: Cue) -> Event:
    kind = Kind.FINAL if cue.is_final else Kind.SET
    return Event(
        cue.key,
        kind,
        cue.text,
        cue.began,
        speaker=cue.speaker,
        item=cue.item,
        token=cue.token,
        is_automatic=cue.is_automatic,
    )


def _chunk(body: bytes) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": True}
