"""Where captions are kept: a database file of their own on SQLite, two tables on PostgreSQL.

Captions never wait behind a bulk import: on SQLite they have a file, and so a line of writers, of
their own; on PostgreSQL rows of other tables lock nothing here. One connection writes at a time, so
that the numbers of events grow in the order in which they are committed: a viewer who has seen one
number has seen all below it.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from consulta.live.captions.rows import ARRIVALS, EVENTS, TABLES, Row, row_of

#: Seconds that a writer waits for another process's.
TIMEOUT = 10.0
_MARKS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
INSERT_ARRIVAL = f"INSERT INTO caption_arrival ({ARRIVALS}) VALUES ({_MARKS}, ?)"  # noqa: S608
INSERT_EVENT = f"INSERT INTO caption_event ({EVENTS}) VALUES ({_MARKS})"  # noqa: S608
#: What was taken of a sitting since a number, to know where each captioner stands.
ARRIVED = (
    "SELECT id, source, seq, way, body, target, at FROM caption_arrival"
    " WHERE sitting = ? AND id > ? ORDER BY id"
)
_SELECT = f"SELECT id, {EVENTS} FROM caption_event"  # noqa: S608


class Connection(Protocol):
    """One connection to the store, in one thread."""

    def execute(self, statement: str, values: Sequence[object] = ()) -> Any:
        """Run *statement*, whose places for values are question marks."""
        ...

    def writing(self) -> Any:
        """A transaction in which nobody else writes captions, as a context manager."""
        ...

    def wait(self, nudge: threading.Event, seconds: float) -> bool:
        """Wait until something was committed, by whatever process; False after *seconds*."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


class Store(Protocol):
    """Opens connections."""

    def connect(self) -> Connection:
        """A connection for the thread that asks."""
        ...


class SqliteConnection:
    """A connection to the file of captions; made, with its tables, where there is none."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=TIMEOUT)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA secure_delete = ON")
        for statement in TABLES:
            serial = "INTEGER PRIMARY KEY AUTOINCREMENT"
            self._connection.execute(statement.format(serial=serial))
        self._mark = self._version()

    def execute(self, statement: str, values: Sequence[object] = ()) -> Any:
        """Run *statement*."""
        return self._connection.execute(statement, values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Begin at once, so that what was read in it is still true when it commits."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def wait(self, nudge: threading.Event, seconds: float) -> bool:
        """Ask SQLite whether any other connection committed: 3 microseconds a time."""
        nudge.wait(seconds)
        nudge.clear()
        mark = self._version()
        moved, self._mark = mark != self._mark, mark
        return moved

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _version(self) -> int:
        (mark,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(mark)


@dataclass(frozen=True, slots=True)
class SqliteStore:
    """Captions in a file beside the main database."""

    path: Path

    def connect(self) -> SqliteConnection:
        """Open the file."""
        return SqliteConnection(self.path)


def last_id(connection: Connection) -> int:
    """The number of the last event; 0 where there is none."""
    (number,) = connection.execute("SELECT COALESCE(MAX(id), 0) FROM caption_event").fetchone()
    return int(number)


def since(connection: Connection, number: int, *, limit: int = 5000) -> list[Row]:
    """The events of all sittings after *number*."""
    statement = f"{_SELECT} WHERE id > ? ORDER BY id LIMIT ?"
    return [row_of(row) for row in connection.execute(statement, (number, limit))]


def of_sitting(
    connection: Connection, sitting: int, language: str, *, after: int = 0, limit: int = 1_000_000
) -> list[Row]:
    """The events of a sitting in one language after the one numbered *after*, the first *limit*."""
    statement = f"{_SELECT} WHERE sitting = ? AND language = ? AND id > ? ORDER BY id LIMIT ?"
    rows = connection.execute(statement, (sitting, language, after, limit))
    return [row_of(row) for row in rows]


def latest(connection: Connection, sitting: int, language: str, *, limit: int) -> list[Row]:
    """The last *limit* events of a sitting in one language, in their order."""
    statement = f"{_SELECT} WHERE sitting = ? AND language = ? ORDER BY id DESC LIMIT ?"
    rows = connection.execute(statement, (sitting, language, limit)).fetchall()
    return [row_of(row) for row in reversed(rows)]


def last_seq(connection: Connection, source: str) -> int | None:
    """The number that *source* sent last; None: none yet."""
    found = connection.execute(
        "SELECT seq FROM caption_arrival WHERE source = ? AND seq IS NOT NULL"
        " ORDER BY id DESC LIMIT 1",
        (source,),
    ).fetchone()
    return int(found[0]) if found else None
