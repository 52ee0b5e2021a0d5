"""The worker's rounds: none is spent on an instance where nothing happens."""

import sqlite3

from consulta.adapters.sqlite.mark import SqliteMark
from consulta.cli import worker


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


def test_rounds_that_look_at_files_are_always_done():
    assert {"open_letters", "sweep"} <= worker.ALWAYS <= set(worker.ROUNDS)
