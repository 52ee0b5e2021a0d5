"""Who may come to `/live/`: sittings and captioners, asked of the record and known for a second."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Found = TypeVar("Found")
#: Seconds for which an answer is known: a captioner who is sent away is gone after this time.
KNOWN = 1.0
#: Answers that are known at once; the oldest goes first.
MOST = 2000


class Remembered(Generic[Found]):
    """Asks the record in one thread, and not again for the same thing within KNOWN seconds.

    Those who ask at the same moment share one question: 5,000 viewers who come back cost one.
    """

    def __init__(
        self, ask: Callable[..., Found], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask, self._clock = ask, clock
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._known: dict[tuple[str, ...], tuple[float, Found]] = {}
        self._asking: dict[tuple[str, ...], asyncio.Task[Found]] = {}

    async def __call__(self, *about: str) -> Found:
        """What the record says about *about*. Raises what the record raises."""
        known = self._known.get(about)
        if known is not None and self._clock() - known[0] < KNOWN:
            return known[1]
        asking = self._asking.get(about)
        if asking is None:
            asking = self._asking[about] = asyncio.create_task(self._find(about))
        return await asyncio.shield(asking)

    async def _find(self, about: tuple[str, ...]) -> Found:
        try:
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(self._thread, self._ask, *about)
        finally:
            del self._asking[about]
        if len(self._known) >= MOST:
            del self._known[next(iter(self._known))]
        self._known.pop(about, None)
        self._known[about] = (self._clock(), found)
        return found
