"""Django's SQLite backend, durable (WAL, synchronous FULL) and fair to writers.

A transaction begins IMMEDIATE, after its turn was taken (turn.py). Reads never wait in line.
In-memory databases have one connection and no line.
"""

import sqlite3
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from consulta.adapters.sqlite.turn import Turn, TurnNotReachedError

#: Seconds that a writer waits for its turn, and for SQLite's own lock.
TIMEOUT = 30.0
#: Bytes to which the write-ahead log is cut back after a checkpoint.
WAL_LIMIT = 64 * 1024 * 1024


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions wait for their turn."""

    _turn: Turn | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's, with IMMEDIATE and the time-out unless the settings say otherwise."""
        options = self.settings_dict["OPTIONS"]
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("timeout", TIMEOUT)
        params: dict[str, Any] = super().get_connection_params()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Open the file; foreign keys are on already by Django."""
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        if not self.is_in_memory_db():
            path = Path(f"{_path_of(conn_params['database'])}.lock")
            self._turn = Turn(path, timeout=conn_params["timeout"])
            self._make_durable(connection)
        return connection

    def _make_durable(self, connection: sqlite3.Connection) -> None:
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            self._take_turn()
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            finally:
                self._free_turn()
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # what is erased leaves the file too
        connection.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT}")

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._free_turn()
            raise

    def _commit(self) -> None:
        """A commit that fails keeps the turn: Django rolls back next."""
        super()._commit()  # type: ignore[misc]
        self._free_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._free_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self._turn is not None:
                self._turn.close()

    def _take_turn(self) -> None:
        if self._turn is None:
            return
        try:
            self._turn.take()
        except TurnNotReachedError as error:
            raise OperationalError(f"database is locked: {error}") from error

    def _free_turn(self) -> None:
        if self._turn is not None:
            self._turn.free()


def _path_of(name: str | Path) -> Path:
    """The file that a database name means, also when it is written as a file: address."""
    text = str(name)
    return Path(
        text.removeprefix("file:").split("?")[0] if text.startswith("file:") else text
    ).resolve()
