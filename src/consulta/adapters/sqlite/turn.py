"""Writers wait in line: a file lock taken before a transaction begins, freed after it ends.

SQLite's own back-off starves: a writer that sleeps longest is served last. Waiting in the kernel
for a lock on a file beside the database is served nearly in order, across threads and processes,
and the kernel frees it when a process dies.
"""

import fcntl
import os
import threading
from pathlib import Path


class TurnNotReachedError(TimeoutError):
    """Another writer kept the database longer than the time-out."""


class Turn:
    """One connection's place in line for one database file. Taking it twice is taking it once."""

    def __init__(self, path: Path, *, timeout: float) -> None:
        self._path = path
        self._timeout = timeout
        self._handle: int | None = None
        self.is_held = False

    def take(self) -> None:
        """Wait until it is this connection's turn. Raises TurnNotReachedError after the time-out."""
        if self.is_held:
            return
        if self._handle is None:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait(self._handle)
        self.is_held = True

    def free(self) -> None:
        """Let the next writer begin; nothing happens when the turn is not held."""
        if self.is_held and self._handle is not None:
            fcntl.flock(self._handle, fcntl.LOCK_UN)
        self.is_held = False

    def close(self) -> None:
        """Leave the line for good."""
        self.free()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _wait(self, handle: int) -> None:
        """Wait in the kernel's line, in a thread of its own: flock knows no time-out."""
        waiting = _Waiting(handle)
        waiting.start()
        waiting.join(self._timeout)
        if not waiting.arrived_in_time():
            self._handle = None
            raise TurnNotReachedError(
                f"another writer kept {self._path.name} for {self._timeout:g} seconds"
            )


class _Waiting(threading.Thread):
    """Waits for the lock; when nobody waits for it any more, gives the lock back at once."""

    def __init__(self, handle: int) -> None:
        super().__init__(daemon=True, name="consulta-turn")
        self._handle = handle
        self._decision = threading.Lock()
        self._locked = self._abandoned = False

    def run(self) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        with self._decision:
            self._locked = True
            if self._abandoned:
                os.close(self._handle)

    def arrived_in_time(self) -> bool:
        """Whether the lock is held; if not, it will never be kept."""
        with self._decision:
            self._abandoned = not self._locked
            return self._locked
