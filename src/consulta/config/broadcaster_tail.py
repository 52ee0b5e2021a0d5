"""One thread of each process watches the store, and brings what was committed to the channels."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from consulta.config.broadcaster_channel import RING, Channel, told
from consulta.core.captions import apply
from consulta.live.captions import store as events
from consulta.live.captions.rows import Row
from consulta.live.captions.store import Connection, Store

log = logging.getLogger(__name__)
#: Seconds between two looks (SQLite), while somebody watches and while nobody does.
WATCHED, UNWATCHED = 0.01, 0.5
#: Seconds after which names of speakers are asked for again: one may have been withdrawn.
NAMED = 5.0
#: Events that somebody who comes back is read from the database at once.
AT_ONCE = 5000
Key = tuple[int, str]
News = list[tuple[Row, bytes]]
Names = Mapping[str, str]
Answer = TypeVar("Answer")


class Tail:
    """The channels of this process, kept at the end of the store. For one event loop.

    *names*: asks the record for the speakers of a sitting; called in threads.
    """

    def __init__(
        self, store: Store, committed: threading.Event, names: Callable[[int], Names]
    ) -> None:
        self._store, self._committed, self._ask_names = store, committed, names
        self._readers = ThreadPoolExecutor(1, thread_name_prefix="captions-read")
        self._connection: Connection | None = None
        self._channels: dict[Key, Channel] = {}
        self._opening: dict[Key, asyncio.Task[Channel]] = {}
        self._meanwhile: dict[Key, News] = {}
        self._names: dict[int, tuple[float, Names]] = {}
        self._beginning = asyncio.Lock()
        self._is_watched = False

    async def channel(self, sitting: int, language: str) -> Channel:
        """The channel of *sitting* in *language*, with all that was committed until now."""
        key = (sitting, language)
        if key in self._channels:
            return self._channels[key]
        if key not in self._opening:
            self._opening[key] = asyncio.create_task(self._open(key))
        return await asyncio.shield(self._opening[key])

    def open(self) -> list[Channel]:
        """The channels that are open in this process."""
        return list(self._channels.values())

    async def missed(self, channel: Channel, place: int) -> News:
        """The events of *channel* after *place* from the database, the first AT_ONCE of them."""
        return await self._read(
            lambda connection: self._worded(
                events.of_sitting(
                    connection, channel.sitting, channel.language, after=place, limit=AT_ONCE
                )
            )
        )

    async def last_seq(self, source: str) -> int | None:
        """The number that a captioner sent last."""
        return await self._read(lambda connection: events.last_seq(connection, source))

    async def _read(self, ask: Callable[[Connection], Answer]) -> Answer:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self._asked, ask)

    def _asked(self, ask: Callable[[Connection], Answer]) -> Answer:
        """In the reading thread; a connection that broke is opened anew at the next question."""
        if self._connection is None:
            self._connection = self._store.connect()
        try:
            return ask(self._connection)
        except BaseException:
            self._connection = None
            raise

    async def _open(self, key: Key) -> Channel:
        """Watch first and read then, so that nothing falls between; what comes twice is told once."""
        try:
            await self._begin()
            self._meanwhile[key] = []
            channel = await self._read(lambda connection: self._filled(connection, key))
            channel.push(self._meanwhile[key])
            self._channels[key] = channel
            return channel
        finally:
            self._meanwhile.pop(key, None)
            self._opening.pop(key, None)

    def _filled(self, connection: Connection, key: Key) -> Channel:
        """In the reading thread: a channel with everything that the store has of it."""
        channel = Channel(*key, names=self._names_of(key[0]))
        rows = events.of_sitting(connection, *key)
        for row in rows[:-RING]:
            apply(channel.cues, row.event)
            channel.forgotten = channel.last = row.id
        channel.push(self._worded(rows[-RING:]))
        return channel

    def _worded(self, rows: Sequence[Row]) -> News:
        return [(row, told(row, self._names_of(row.sitting, row.event.speaker))) for row in rows]

    def _names_of(self, sitting: int, key: str = "") -> Names:
        """The speakers of *sitting*; asked for again when one is new, and every few seconds."""
        at, names = self._names.get(sitting, (-NAMED, {}))
        age = time.monotonic() - at
        if age >= NAMED or (key and key not in names and age >= 1):
            names = self._ask_names(sitting)
            self._names[sitting] = (time.monotonic(), names)
        return names

    async def _begin(self) -> None:
        """Have the watching thread look from the end of the store on; once in a process."""
        async with self._beginning:
            if not self._is_watched:
                arguments = (await self._read(events.last_id), asyncio.get_running_loop())
                threading.Thread(target=self._watch, args=arguments, daemon=True).start()
                self._is_watched = True

    def _watch(self, known: int, loop: asyncio.AbstractEventLoop) -> None:
        """In the watching thread: for as long as the process lives."""
        connection: Connection | None = None
        while not loop.is_closed():
            try:
                connection = connection or self._store.connect()
                known = self._look(connection, known, loop)
            except Exception:  # the edge of the thread: captions go on when the database does
                log.exception("captions could not be read; tried again")
                connection = None
                time.sleep(1)

    def _look(self, connection: Connection, known: int, loop: asyncio.AbstractEventLoop) -> int:
        """Wait for a commit, and bring what it holds; the number of the last event then."""
        watched = any(channel.viewers for channel in list(self._channels.values()))
        connection.wait(self._committed, WATCHED if watched else UNWATCHED)
        while rows := events.since(connection, known):
            known = rows[-1].id
            news = self._worded(rows)
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._bring, news)
        return known

    def _bring(self, news: News) -> None:
        """In the loop: hand each event to its channel, or keep it while that is being opened."""
        sorted_out: dict[Key, News] = {}
        for one in news:
            sorted_out.setdefault((one[0].sitting, one[0].language), []).append(one)
        for key, its in sorted_out.items():
            if key in self._channels:
                channel = self._channels[key]
                channel.names = self._names.get(key[0], (0.0, channel.names))[1]
                channel.push(its)
            elif key in self._meanwhile:
                self._meanwhile[key] += its
