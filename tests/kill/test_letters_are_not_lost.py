"""Kill -9 while mail servers hand letters over: what was acknowledged is registered exactly once."""

import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.kill import record
from tests.kill.senders import Handed, Sender
from tests.kill.site import PATIENCE, Site, found

pytestmark = pytest.mark.kill
SENDERS = 3
_ANSWERS = """
SELECT a.text FROM responses_answer a JOIN responses_version v ON v.id = a.version_id
JOIN responses_response r ON r.id = v.response_id WHERE r.channel = 'email'
"""
_UNFINISHED = "SELECT count(*) FROM mailroom_incomingmail WHERE state = 'waiting'"
_STATES = "SELECT state, count(*) FROM mailroom_incomingmail GROUP BY state"
_RECEIPTS = """
SELECT count(*) FROM mailroom_outgoingmail WHERE about LIKE 'responses.response:%'
"""


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found(tmp_path_factory.mktemp("kill-mail") / "founded")


@pytest.fixture
def place(founded: Path, tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Makes a site; what still runs of it ends with the test."""
    made: list[Site] = []

    def make(*program: str) -> Site:
        made.append(Site(tmp_path / f"data-{len(made)}", founded=founded, program=program))
        return made[-1]

    yield make
    for site in made:
        if getattr(site, "process", None) is not None and site.process.poll() is None:
            site.kill_tree()


@contextmanager
def handing_over(site: Site, handed: Handed) -> Iterator[None]:
    senders = [Sender(site.mail_port, handed) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    yield
    for sender in senders:
        sender.stopping.set()
    for sender in senders:
        sender.join(PATIENCE)


def wait_for(handed: Handed, *, letters: int) -> None:
    """Return when so many more letters were acknowledged."""
    wanted, deadline = len(handed.acknowledged) + letters, time.monotonic() + PATIENCE
    while len(handed.acknowledged) < wanted:
        assert time.monotonic() < deadline, "no letters are taken"
        time.sleep(0.01)


def kill_again_and_again(site: Site, handed: Handed, *, rounds: int, seed: int) -> None:
    """A process below the top (mail, worker or web), then the whole tree."""
    chance = random.Random(seed)  # noqa: S311 -- moments, not secrets
    site.start()
    with handing_over(site, handed):
        for _ in range(rounds):
            wait_for(handed, letters=10)
            site.kill_child(chance.randrange(8))
            time.sleep(chance.uniform(0.05, 0.6))
            site.kill_tree()
            site.start()
        wait_for(handed, letters=5)


def settle(site: Site) -> None:
    """Return when every letter is opened."""
    deadline = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < deadline:
        new = site.data / "mail" / "new"
        letters = [file for file in new.glob("*") if not file.name.startswith(".")]
        if not letters and ask(site, _UNFINISHED) == [(0,)]:
            return
        time.sleep(0.1)
    raise AssertionError(f"letters wait: {ask(site, _STATES)}")


def ask(site: Site, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(site.data / "consulta.sqlite3", timeout=PATIENCE)) as base:
        return base.execute(sql).fetchall()


def registered(site: Site) -> Counter[str]:
    """How often each text stands in the register."""
    return Counter(str(text) for (text,) in ask(site, _ANSWERS))


def test_every_acknowledged_letter_is_registered_exactly_once(place: Callable[..., Site]) -> None:
    site, handed = place(), Handed()

    kill_again_and_again(site, handed, rounds=5, seed=int(time.time()))
    settle(site)

    counted = registered(site)
    lost = [text for text in handed.acknowledged if counted[text] == 0]
    assert (lost, [text for text, count in counted.items() if count > 1]) == ([], [])
    assert set(counted) <= set(handed.sent)
    states: dict[str, int] = dict(ask(site, _STATES))
    assert states.get("repeated", 0) <= len(handed.sent) - len(counted)
    assert set(states) <= {"processed", "repeated"}
    assert record.undelivered(site.data) == set()
    assert ask(site, _RECEIPTS) == [(len(counted),)]
    site.kill_tree()
    assert record.has_every_serial_once(site.data)
    assert site.run("doctor").returncode == 0, "the balance is not the register's"
    assert site.run("verify").returncode == 0, "the ledger does not hold"
    print(f"{len(handed.acknowledged)} acknowledged, {len(handed.sent)} sent, {states}")


def test_a_letter_whose_answer_was_lost_is_sent_again_and_counted_as_a_repeat(
    place: Callable[..., Site],
) -> None:
    site, handed = place(), Handed()
    site.start()
    sender = Sender(site.mail_port, handed)
    deadline = time.monotonic() + PATIENCE
    while len(handed.acknowledged) < 2 and time.monotonic() < deadline:
        sender.hand_over("We wrote this once: 00000000-0000-4000-8000-000000000000.")
        time.sleep(0.05)
    sender.hang_up()
    settle(site)
    site.kill_tree()

    assert list(registered(site).values()) == [1]
    assert dict(ask(site, _STATES)) == {"processed": 1, "repeated": 1}


def test_a_door_that_acknowledges_first_is_caught(place: Callable[..., Site]) -> None:
    hasty, handed = place("-m", "tests.kill.hasty_door"), Handed()

    kill_again_and_again(hasty, handed, rounds=1, seed=1)
    settle(hasty)
    hasty.kill_tree()

    counted = registered(hasty)
    assert [text for text in handed.acknowledged if counted[text] == 0]
