"""Which store holds the captions of this instance, and the one writer of this process."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from consulta.live.captions.postgres import PostgresStore
from consulta.live.captions.store import SqliteStore, Store
from consulta.live.captions.writer import Writer

FILE = "captions.sqlite3"


def store() -> Store:
    """The store: a file beside the main database on SQLite, else the main database."""
    if connection.vendor == "sqlite":
        return SqliteStore(Path(settings.DATA) / FILE)
    return PostgresStore(connection.get_connection_params())


@cache
def writer() -> Writer:
    """The writer of this process; asked for only after the process has been forked."""
    return Writer(store())
