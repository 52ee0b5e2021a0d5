"""Both stores keep captions alike: in order, once, heard by others; a broken commit leaves nothing."""

import threading
from urllib.parse import urlsplit

import pytest

from benchmarks import instance
from consulta.core.caption_feed import Piece, Way
from consulta.live.captions import store
from consulta.live.captions.postgres import PostgresStore
from consulta.live.captions.rows import Arrival
from consulta.live.captions.taking import Taking
from consulta.live.captions.writer import Writer
from tests import means


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kept(request, tmp_path):
    if request.param == "sqlite":
        yield store.SqliteStore(tmp_path / "captions.sqlite3")
        return
    if not means.postgres():
        pytest.skip("no PostgreSQL")
    with instance.postgres("consulta_captions") as address:
        where = urlsplit(address)
        yield PostgresStore(
            {
                "host": where.hostname,
                "port": where.port,
                "user": where.username,
                "password": where.password,
                "dbname": where.path[1:],
            }
        )


def arrival(text, seq, *, source="1", sitting=1):
    piece = Piece(text, 1_800_000_000_000 + seq, seq, Way.AUTO)
    return Arrival(sitting, "en", source, 1, piece)


def texts(kept, sitting=1):
    line = kept.connect()
    found = [row.event.text for row in store.of_sitting(line, sitting, "en")]
    line.close()
    return found


def test_two_processes_take_turns_and_each_knows_what_the_other_took(kept):
    one, other = kept.connect(), kept.connect()
    here, there = Taking(one), Taking(other)
    assert here.take([arrival("Good ", 1), arrival("Second.", 1, source="2")]) == [True, True]
    assert there.take([arrival("Good ", 1)]) == [False]
    assert there.take([arrival("morning.", 2)]) == [True]
    assert here.take([arrival("morning.", 2), arrival("Next.", 3)]) == [False, True]
    assert texts(kept) == ["Good", "Second.", "Good morning.", "Next."]
    assert store.last_seq(one, "1") == 3
    assert [row.id for row in store.since(other, 0)] == [1, 2, 3, 4]
    one.close()
    other.close()


def test_a_commit_is_heard_by_a_connection_that_waits(kept):
    waiting, writing = kept.connect(), kept.connect()
    waiting.wait(threading.Event(), 0.01)
    Taking(writing).take([arrival("Heard.", 1)])
    assert any(waiting.wait(threading.Event(), 0.05) for _ in range(20))
    assert [row.event.text for row in store.latest(waiting, 1, "en", limit=5)] == ["Heard."]
    waiting.close()
    writing.close()


def test_what_could_not_be_committed_is_not_remembered(kept, monkeypatch):
    line = kept.connect()
    taking = Taking(line)
    with monkeypatch.context() as broken:
        broken.setattr("consulta.live.captions.taking.event_values", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            taking.take([arrival("Lost?", 1)])
    assert taking.take([arrival("Lost?", 1)]) == [True]
    assert texts(kept) == ["Lost?"]
    line.close()


def test_one_writer_commits_what_many_threads_send(kept):
    writer = Writer(kept)
    results = [writer.submit(arrival(f"{n}", n, source=f"{n % 7}")) for n in range(300)]
    assert all(result.result(30) for result in results)
    assert sorted(map(int, texts(kept))) == list(range(300))
