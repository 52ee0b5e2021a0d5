"""How far the record is, asked before every finished page, and therefore cheap."""

import asyncio
import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from consulta.config.finished import Stamp

#: Seconds after which the boundaries are read again: verdicts turn for as long as nothing happens,
#: and only those of the coming time are listed.
LASTING = 3600.0


class RecordVersion(Protocol):
    """What the ledger says: acts that change pages, and all acts."""

    @property
    def pages(self) -> int: ...
    @property
    def total(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the record; *mark* is what the database said just before."""

    mark: int | None
    read_at: float  # when the boundaries were read (unix seconds)
    pages: int
    total: int
    boundaries: Sequence[float]  # unix seconds, sorted

    def stamp(self, now: float) -> Stamp:
        """The stamp at the instant *now* (unix seconds)."""
        return Stamp(self.pages, self.total, bisect_right(self.boundaries, now))


class Versions:
    """Answers how far record and clock are; never with less than was committed before the question.

    Without a *mark* (PostgreSQL) the database is asked for each question; questions that wait at
    the same time share an answer that was begun after all of them.
    """

    def __init__(
        self,
        *,
        version: Callable[[], RecordVersion],
        boundaries: Callable[[], Sequence[float]],
        mark: Callable[[], int] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._version, self._boundaries = version, boundaries
        self._mark, self._clock = mark, clock
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="versions")
        self._lock = asyncio.Lock()
        self._next: asyncio.Task[Reading] | None = None
        self._known: Reading | None = None

    async def now(self) -> Stamp:
        """The stamp of this moment; raises what the database raises."""
        known = self._known
        if known is None or not self._is_current(known):
            if self._next is None:
                self._next = asyncio.create_task(self._read())
            known = await asyncio.shield(self._next)
        return known.stamp(self._clock())

    def _is_current(self, known: Reading) -> bool:
        if self._mark is None or self._mark() != known.mark:
            return False
        return self._clock() - known.read_at < LASTING

    async def _read(self) -> Reading:
        async with self._lock:
            self._next = None  # whoever asks from here on waits for the next reading
            mark = self._mark() if self._mark else None
            loop = asyncio.get_running_loop()
            self._known = await loop.run_in_executor(self._thread, self._look, mark)
            return self._known

    def _look(self, mark: int | None) -> Reading:
        """Ask the ledger; the boundaries too when an act was recorded, and every hour."""
        version, known, now = self._version(), self._known, self._clock()
        same = known and (known.pages, known.total) == (version.pages, version.total)
        if known and same and now - known.read_at < LASTING:
            read_at, boundaries = known.read_at, known.boundaries
        else:
            read_at, boundaries = now, self._boundaries()
        return Reading(mark, read_at, version.pages, version.total, boundaries)
