"""The worker's rounds: none is spent on an instance where nothing happens."""

import sqlite3
from datetime import UTC, datetime

from consulta.adapters.sqlite.mark import SqliteMark
from consulta.cli import worker
from consulta.flow import tasks
from consulta.mailroom import letterbox
from consulta.mailroom.letterbox import Envelope


def test_a_round_is_done_after_a_commit_and_at_least_every_few_seconds(tmp_path):
    path, now = tmp_path / "record.sqlite3", [100.0]
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("CREATE TABLE told (id INTEGER)")
    news = worker.News(SqliteMark(path), clock=lambda: now[0])
    assert [news(), news()] == [True, False]

    writer.execute("INSERT INTO told VALUES (1)")
    assert [news(), news()] == [True, False]

    now[0] += worker.AT_LEAST_EVERY
    assert [news(), news()] == [True, False]
    writer.close()


def test_a_letter_in_the_spool_calls_for_a_round_although_nothing_was_committed(tmp_path):
    path, letters = tmp_path / "record.sqlite3", []
    sqlite3.connect(path).close()
    news = worker.News(SqliteMark(path), lambda: bool(letters), clock=lambda: 100.0)
    assert [news(), news()] == [True, False]

    letters.append("one")

    assert [news(), news()] == [True, True]


def test_rounds_and_what_calls_for_them_are_there():
    assert worker.ALWAYS | set(worker.CALLED_BY) <= set(worker.ROUNDS)
    assert all(callable(getattr(tasks, name)) for name in worker.CALLED_BY.values())


def test_a_letter_in_the_spool_is_seen_without_the_database():
    assert not tasks.letters_wait()
    letterbox.put(Envelope("a@example.org", ("b@example.org",), datetime.now(UTC)), b"Hello")
    assert tasks.letters_wait()
