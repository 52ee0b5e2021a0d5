"""One thread of each process writes captions; what waits meanwhile is committed together."""

import queue
import threading
from concurrent.futures import Future

from consulta.live.captions.rows import Arrival
from consulta.live.captions.store import Store
from consulta.live.captions.taking import Taking

#: Arrivals in one transaction, and arrivals that may wait for it.
BATCH, WAITING = 256, 4096
Waiting = tuple[Arrival, "Future[bool]"]


class TooManyWaitError(Exception):
    """More captions wait than can be written soon: the captioner's tool tries again."""


class Writer:
    """Takes arrivals from any thread; begins its own thread with the first one."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._queue: queue.Queue[Waiting] = queue.Queue(WAITING)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        #: Set after every commit: who tells viewers need not wait for the clock.
        self.committed = threading.Event()

    def submit(self, arrival: Arrival) -> "Future[bool]":
        """Have *arrival* written; the future says whether it was new, once that is on disk.

        Raises TooManyWaitError.
        """
        result: Future[bool] = Future()
        try:
            self._queue.put_nowait((arrival, result))
        except queue.Full as full:
            raise TooManyWaitError from full
        self._begin()
        return result

    def _begin(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="captions", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        taking: Taking | None = None
        while True:
            batch = self._batch()
            try:
                taking = taking or Taking(self.store.connect())
                outcomes = taking.take([arrival for arrival, _result in batch])
            except (
                Exception
            ) as error:  # the edge of the thread: whoever waits is told, the next is tried
                taking = None
                for _arrival, result in batch:
                    result.set_exception(error)
                continue
            self.committed.set()
            for (_arrival, result), is_new in zip(batch, outcomes, strict=True):
                result.set_result(is_new)

    def _batch(self) -> list[Waiting]:
        batch = [self._queue.get()]
        while len(batch) < BATCH:
            try:
                batch.append(self._queue.get_nowait())
            except queue.Empty:
                break
        return [waiting for waiting in batch if waiting[1].set_running_or_notify_cancel()]
