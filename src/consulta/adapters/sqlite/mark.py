"""Whether anything was committed to an SQLite database since one last asked."""

import sqlite3
from pathlib import Path


class SqliteMark:
    """A number that changes when any other connection commits: 3 microseconds to ask.

    The connection only reads: `data_version` does not count the connection's own commits.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def __call__(self) -> int:
        if self._connection is None:
            address = f"{self._path.absolute().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(address, uri=True, isolation_level=None)
        (mark,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(mark)

    def close(self) -> None:
        """Let go of the database file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
