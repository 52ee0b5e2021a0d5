"""A worker killed in the middle of a mailing: nobody is left out, and who gets a copy twice is bounded."""

import logging
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmarks import instance
from tests.kill.site import PATIENCE, found, free_port

pytestmark = pytest.mark.kill
logging.getLogger("mail.log").setLevel(logging.WARNING)
READERS, KILLS, BATCH = 400, 6, 20


class Post:
    """A mail server that notes who took a copy; each takes it a moment."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, _: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken[envelope.rcpt_tos[0]] += 1
        time.sleep(0.002)
        return "250 OK"


@pytest.fixture
def post() -> Iterator[tuple[Post, str]]:
    handler, port = Post(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture(scope="module")
def posted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with a post that is on its way to everyone."""
    data = found(tmp_path_factory.mktemp("posts") / "posted")
    subprocess.run(command(data, "make", str(READERS)), **surroundings(data), check=True)
    return data


def command(data: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "tests.kill.reflected", str(data), *words]


def surroundings(data: Path) -> dict[str, object]:
    return {"env": instance.environment(data), "cwd": instance.ROOT}


def killed_again_and_again(data: Path, program: str, post: Post, url: str) -> None:
    """Kill -9 the worker at moments that nobody chose; the last one is let finish."""
    chance = random.Random(program)  # noqa: S311 -- the same moments each time
    for _ in range(KILLS):
        before = sum(post.taken.values())
        worker = subprocess.Popen(command(data, program, url), **surroundings(data))  # type: ignore[call-overload]
        deadline = time.monotonic() + PATIENCE
        wanted = before + chance.randint(BATCH // 2, BATCH * 2)
        while sum(post.taken.values()) < wanted and worker.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.001)
        worker.kill()
        worker.wait()
    subprocess.run(
        command(data, program, url), **surroundings(data), check=True, timeout=PATIENCE * 2
    )


def test_nobody_is_left_out_and_repeats_are_bounded_by_the_batch(
    posted: Path, tmp_path: Path, post: tuple[Post, str]
) -> None:
    data = Path(shutil.copytree(posted, tmp_path / "data"))

    killed_again_and_again(data, "walk", *post)

    taken = post[0].taken
    assert len(taken) == READERS
    repeats = sum(taken.values()) - READERS
    print(f"{READERS} readers, {KILLS} kills, {repeats} repeats")
    assert repeats <= KILLS * BATCH
    assert max(taken.values()) <= 1 + KILLS


def test_a_worker_that_notes_before_it_hands_over_is_caught(
    posted: Path, tmp_path: Path, post: tuple[Post, str]
) -> None:
    data = Path(shutil.copytree(posted, tmp_path / "data"))

    killed_again_and_again(data, "hasty", *post)

    print(f"{READERS - len(post[0].taken)} readers were left out")
    assert len(post[0].taken) < READERS
