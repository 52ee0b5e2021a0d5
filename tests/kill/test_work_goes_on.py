"""A worker that was killed in the middle of its work: the next one finishes it."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import instance
from tests.kill.site import PATIENCE, found

pytestmark = pytest.mark.kill
#: Counts what is not finished yet.
OPEN = {
    "mail": "SELECT count(*) FROM mailroom_outgoingmail WHERE state <> 'sent'",
    "freezing": "SELECT count(*) FROM reports_freezing WHERE ended_at IS NULL",
    "edition": "SELECT count(*) FROM reports_edition WHERE rendered_at IS NULL",
    "file": "SELECT count(*) FROM responses_attachment WHERE safety = 'waiting'",
}


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with a mail to be sent, a file to be examined, editions to be frozen and made."""
    data = found(tmp_path_factory.mktemp("work") / "unfinished")
    assert midway(data, "leave") == 0
    return data


@pytest.fixture
def worker(unfinished: Path, tmp_path: Path) -> Iterator[Callable[[Path], None]]:
    """Starts `consulta worker` on a folder; ended with the test."""
    running = []

    def start(data: Path) -> None:
        running.append(
            subprocess.Popen(
                instance.command("worker", "--data", str(data)),
                env=instance.environment(data),
                cwd=instance.ROOT,
                stderr=subprocess.DEVNULL,
            )
        )

    yield start
    for process in running:
        process.kill()
        process.wait()


def midway(data: Path, what: str) -> int:
    """Run :mod:`tests.kill.midway` on the instance in *data*; its exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.kill.midway", str(data), what],
        env=instance.environment(data),
        cwd=instance.ROOT,
        check=False,
        timeout=PATIENCE * 2,
    )
    return done.returncode


def count(data: Path, sql: str) -> int:
    with closing(sqlite3.connect(data / "consulta.sqlite3", timeout=PATIENCE)) as base, base:
        return int(base.execute(sql).fetchone()[0])


def the_lease_is_over(data: Path) -> None:
    """Ten minutes pass, after which a mail in a dead worker's hand is anybody's again."""
    with closing(sqlite3.connect(data / "consulta.sqlite3", timeout=PATIENCE)) as base, base:
        base.execute("UPDATE mailroom_outgoingmail SET next_attempt_at = created_at")


@pytest.mark.parametrize("what", sorted(OPEN))
def test_what_a_killed_worker_left_is_finished_by_the_next(
    what: str, unfinished: Path, worker: Callable[[Path], None], tmp_path: Path
) -> None:
    data = Path(shutil.copytree(unfinished, tmp_path / "data"))

    assert midway(data, what) == -signal.SIGKILL
    assert count(data, OPEN[what]) > 0
    the_lease_is_over(data)
    worker(data)

    deadline = time.monotonic() + PATIENCE
    while any(count(data, sql) for sql in OPEN.values()) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert {name: count(data, sql) for name, sql in OPEN.items()} == dict.fromkeys(OPEN, 0)
    assert count(data, "SELECT count(*) FROM reports_edition") == 2
    mails = count(data, "SELECT count(*) FROM mailroom_outgoingmail")
    assert len(list((data / "outbox").glob("*.eml"))) == mails
    assert files_named_by_rows(data) <= files_on_disk(data)


def files_named_by_rows(data: Path) -> set[Path]:
    sql = "SELECT path FROM reports_editionfile UNION SELECT clean_path FROM responses_attachment"
    with closing(sqlite3.connect(data / "consulta.sqlite3")) as base:
        return {data / path for (path,) in base.execute(sql) if path}


def files_on_disk(data: Path) -> set[Path]:
    return {path for path in data.rglob("*") if path.is_file() and path.stat().st_size}
