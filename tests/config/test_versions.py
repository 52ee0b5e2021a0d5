"""The record's version: cheap to ask, and never older than the question."""

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from consulta.adapters.sqlite.mark import SqliteMark
from consulta.config.finished import Stamp
from consulta.config.versions import Versions


@dataclass
class Version:
    pages: int
    total: int


@dataclass
class Record:
    """A record that counts how often it is asked."""

    version: Version = field(default_factory=lambda: Version(1, 1))
    boundaries: list[float] = field(default_factory=list)
    asked: int = 0
    asked_boundaries: int = 0
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def read(self) -> Version:
        self.asked += 1
        seen = Version(self.version.pages, self.version.total)
        assert self.gate.wait(5)
        return seen

    def read_boundaries(self) -> list[float]:
        self.asked_boundaries += 1
        return list(self.boundaries)


def run(story: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(story(), 10))


def test_the_record_is_asked_again_only_when_something_was_committed() -> None:
    async def story() -> None:
        record, marks = Record(), [7]
        versions = Versions(
            version=record.read, boundaries=record.read_boundaries, mark=lambda: marks[0]
        )
        assert [await versions.now() for _ in range(3)] == [Stamp(1, 1, 0)] * 3
        assert record.asked == 1
        record.version, marks[0] = Version(1, 2), 8
        assert await versions.now() == Stamp(1, 2, 0)
        assert record.asked == 2
        marks[0] = 9  # a commit that records no act, as a session's
        assert await versions.now() == Stamp(1, 2, 0)
        assert (record.asked, record.asked_boundaries) == (3, 2)

    run(story)


def test_the_stamp_counts_the_boundaries_that_lie_behind() -> None:
    async def story() -> None:
        clock = [9.0]
        record = Record(boundaries=[10.0, 20.0])
        versions = Versions(
            version=record.read,
            boundaries=record.read_boundaries,
            mark=lambda: 1,
            clock=lambda: clock[0],
        )
        passed = []
        for clock[0] in (9.0, 10.0, 19.9, 20.0):
            passed.append((await versions.now()).passed)
        assert passed == [0, 1, 1, 2]

    run(story)


def test_the_boundaries_are_read_again_every_hour_though_nothing_happens() -> None:
    async def story() -> None:
        clock, record = [0.0], Record(boundaries=[10.0])
        versions = Versions(
            version=record.read,
            boundaries=record.read_boundaries,
            mark=lambda: 1,
            clock=lambda: clock[0],
        )
        await versions.now()
        record.boundaries.append(5000.0)
        clock[0] = 3599.0
        await versions.now()
        assert record.asked_boundaries == 1
        clock[0] = 5001.0
        assert (await versions.now()).passed == 2

    run(story)


def test_a_question_during_a_reading_waits_for_the_next_one() -> None:
    async def story() -> None:
        record = Record()
        versions = Versions(version=record.read, boundaries=record.read_boundaries)
        record.gate.clear()
        first = asyncio.create_task(versions.now())
        while not record.asked:
            await asyncio.sleep(0.001)
        record.version = Version(2, 2)  # committed after the first reading began
        later = [asyncio.create_task(versions.now()) for _ in range(5)]
        await asyncio.sleep(0.01)
        record.gate.set()
        assert await first == Stamp(1, 1, 0)
        assert await asyncio.gather(*later) == [Stamp(2, 2, 0)] * 5
        assert record.asked == 2

    run(story)


def test_a_reading_that_fails_is_tried_again_by_the_next_question() -> None:
    async def story() -> None:
        answers: list[Version | sqlite3.Error] = [sqlite3.OperationalError(), Version(4, 5)]

        def read() -> Version:
            answer = answers.pop(0)
            if isinstance(answer, sqlite3.Error):
                raise answer
            return answer

        versions = Versions(version=read, boundaries=list)
        failed = await asyncio.gather(versions.now(), return_exceptions=True)
        assert isinstance(failed[0], sqlite3.OperationalError)
        assert await versions.now() == Stamp(4, 5, 0)

    run(story)


def test_sqlites_mark_moves_with_every_commit_of_another_connection(tmp_path: Path) -> None:
    path = tmp_path / "a folder with spaces" / "record.sqlite3"
    path.parent.mkdir()
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE act (id INTEGER PRIMARY KEY)")
    mark = SqliteMark(path)
    marks = [mark(), mark()]
    for _ in range(2):
        writer.execute("INSERT INTO act DEFAULT VALUES")
        marks.append(mark())
    writer.close()
    mark.close()
    assert marks[0] == marks[1] < marks[2] < marks[3]
