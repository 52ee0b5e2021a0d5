"""Writers wait in line; readers do not; a dead writer leaves the line."""

import fcntl
import multiprocessing
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper as PlainWrapper
from django.test import TestCase

from consulta.adapters.sqlite.base import DatabaseWrapper
from consulta.adapters.sqlite.turn import Turn, TurnNotReachedError

SPAWN = multiprocessing.get_context("spawn")
DEFAULTS: dict[str, Any] = {
    "ATOMIC_REQUESTS": False,
    "AUTOCOMMIT": True,
    "CONN_HEALTH_CHECKS": False,
    "CONN_MAX_AGE": 0,
    "TIME_ZONE": None,
    "TEST": {"NAME": None},
}


def connect(path: Path, *, timeout: float = 30.0, kind: type[Any] = DatabaseWrapper) -> Any:
    options = {"timeout": timeout, "transaction_mode": "IMMEDIATE"}
    settings = {**DEFAULTS, "ENGINE": "", "NAME": str(path), "OPTIONS": options}
    return kind(settings, alias="other")


def begin(database: Any) -> None:
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(database: Any) -> None:
    database.commit()
    database.set_autocommit(True)


def write(database: Any) -> None:
    begin(database)
    database.cursor().execute("INSERT INTO line (who) VALUES (1)")
    end(database)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "a.sqlite3", isolation_level=None) as plain:
        plain.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, who INTEGER)")
    plain.close()
    return tmp_path / "a.sqlite3"


@pytest.fixture
def opened(path: Path, django_db_blocker: Any) -> Iterator[Callable[..., Any]]:
    connections: list[Any] = []

    def another(**given: Any) -> Any:
        connections.append(connect(path, **given))
        return connections[-1]

    with django_db_blocker.unblock():
        yield another
    for database in connections:
        database.inc_thread_sharing()
        with suppress(sqlite3.Error):
            database.close()


def pragma(database: Any, name: str) -> Any:
    return database.cursor().execute(f"PRAGMA {name}").fetchone()[0]


def test_a_connection_is_durable_and_keeps_references_whole(opened: Callable[..., Any]) -> None:
    database = opened()
    assert [pragma(database, name) for name in ("journal_mode", "synchronous", "foreign_keys")] == [
        "wal",
        2,
        1,
    ]
    assert pragma(database, "busy_timeout") == 30_000


def test_a_transaction_holds_the_turn_and_frees_it(opened: Callable[..., Any], path: Path) -> None:
    database = opened()
    assert is_free(path)
    begin(database)
    assert not is_free(path)
    end(database)
    assert is_free(path)
    begin(database)
    database.rollback()
    assert is_free(path)
    database.set_autocommit(True)
    begin(database)
    database.close()
    assert is_free(path)


def is_free(path: Path) -> bool:
    turn = Turn(Path(f"{path}.lock"), timeout=0)
    try:
        turn.take()
    except TurnNotReachedError:
        return False
    turn.close()
    return True


def test_readers_and_single_statements_do_not_wait_in_line(
    opened: Callable[..., Any], path: Path
) -> None:
    reader = opened(timeout=0.2)
    reader.cursor().execute("SELECT 1")
    handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    assert reader.cursor().execute("SELECT COUNT(*) FROM line").fetchone()[0] == 0
    reader.cursor().execute("INSERT INTO line (who) VALUES (1)")
    os.close(handle)


def test_a_writer_that_waits_too_long_is_told(opened: Callable[..., Any]) -> None:
    first, second = opened(), opened(timeout=0.2)
    begin(first)
    second.cursor().execute("SELECT 1")
    with pytest.raises(OperationalError, match="database is locked"):
        begin(second)
    second.set_autocommit(True)
    end(first)
    begin(second)
    end(second)


def test_giving_up_leaves_no_lock_behind(opened: Callable[..., Any], path: Path) -> None:
    first = Turn(Path(f"{path}.lock"), timeout=1)
    first.take()
    late = Turn(Path(f"{path}.lock"), timeout=0.1)
    with pytest.raises(TurnNotReachedError):
        late.take()
    first.free()
    for thread in threading.enumerate():
        if thread.name == "consulta-turn":
            thread.join(5)
    assert is_free(path)
    first.close()


def hold_and_die(path: Path, ready: Any) -> None:
    database = connect(path)
    begin(database)
    ready.set()
    time.sleep(60)


def test_a_killed_writer_leaves_the_line(opened: Callable[..., Any], path: Path) -> None:
    ready = SPAWN.Event()
    process = SPAWN.Process(target=hold_and_die, args=(path, ready))
    process.start()
    assert ready.wait(30)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    write(opened(timeout=5))


def write_many(path: Path, kind: type[Any], start: Any, waits: Any) -> None:
    """Write without pause for a second; tell the longest wait."""
    database = connect(path, kind=kind)
    database.cursor().execute("SELECT 1")
    start.wait()
    until, longest = time.monotonic() + 1.0, 0.0
    while (began := time.monotonic()) < until:
        with suppress(OperationalError):
            write(database)
        longest = max(longest, time.monotonic() - began)
    database.close()
    waits.put(longest)


def longest_wait(path: Path, kind: type[Any]) -> float:
    start, waits = SPAWN.Barrier(6), SPAWN.Queue()
    given = (path, kind, start, waits)
    processes = [SPAWN.Process(target=write_many, args=given) for _ in range(6)]
    for process in processes:
        process.start()
    longest: float = max(waits.get(timeout=60) for _ in processes)
    for process in processes:
        process.join()
    return longest


def test_no_writer_starves_and_without_the_line_one_does(path: Path) -> None:
    """Six processes; the second half is the negative control: Django's own backend."""
    with_line = longest_wait(path, DatabaseWrapper)
    without = longest_wait(path, PlainWrapper)
    assert with_line < without, (with_line, without)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
class DjangosTestCase(TestCase):
    """Django's own test class works on this backend."""

    def test_nested_transactions_are_savepoints(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TABLE inside (id INTEGER)")
            with transaction.atomic():
                cursor.execute("INSERT INTO inside VALUES (1)")
                transaction.set_rollback(True)
            cursor.execute("SELECT COUNT(*) FROM inside")
            assert cursor.fetchone()[0] == 0
