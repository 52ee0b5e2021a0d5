"""Kill -9 of any process or of the whole tree, at any moment: what was acknowledged is there."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.kill import record
from tests.kill.respondents import Promises, Respondent
from tests.kill.site import PATIENCE, Site, found

pytestmark = pytest.mark.kill
RESPONDENTS = 4
ROUNDS = 6


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found(tmp_path_factory.mktemp("kill") / "founded")


@contextmanager
def responding(site: Site, promises: Promises) -> Iterator[None]:
    writing = [Respondent(site.port, number=n, promises=promises) for n in range(RESPONDENTS)]
    for respondent in writing:
        respondent.start()
    yield
    for respondent in writing:
        respondent.stopping.set()
    for respondent in writing:
        respondent.join(PATIENCE)


def wait_for(promises: Promises, *, receipts: int) -> None:
    """Return when so many more receipts were given."""
    wanted, deadline = len(promises.receipts) + receipts, time.monotonic() + PATIENCE
    while len(promises.receipts) < wanted:
        assert time.monotonic() < deadline, "no receipts are given"
        time.sleep(0.01)


def kill_again_and_again(site: Site, promises: Promises, *, rounds: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- moments, not secrets
    site.start()
    with responding(site, promises):
        for _ in range(rounds):
            wait_for(promises, receipts=5)
            site.kill_child(chance.randrange(8))
            time.sleep(chance.uniform(0.05, 0.6))
            site.kill_tree()
            site.start()
        wait_for(promises, receipts=2)


def test_every_acknowledged_response_draft_and_mail_outlives_every_kill(
    founded: Path, tmp_path: Path
) -> None:
    site, promises = Site(tmp_path / "data", founded=founded), Promises()

    kill_again_and_again(site, promises, rounds=ROUNDS, seed=int(time.time()))

    assert record.lost(site.data, promises) == []
    assert record.undelivered(site.data) == set()
    site.kill_tree()
    assert record.has_every_serial_once(site.data)
    assert site.run("doctor").returncode == 0, "the balance is not the register's"
    assert site.run("verify").returncode == 0, "the ledger does not hold"
    assert len(promises.numbers) >= ROUNDS
    print(f"{len(promises.receipts)} receipts, {len(promises.drafts)} drafts, {ROUNDS} kills")


def test_a_site_that_promises_before_it_writes_is_caught(founded: Path, tmp_path: Path) -> None:
    hasty = Site(tmp_path / "data", founded=founded, program=("-m", "tests.kill.hasty"))
    promises = Promises()

    kill_again_and_again(hasty, promises, rounds=1, seed=1)
    hasty.kill_tree()

    assert any(
        "no response behind the receipt" in words for words in record.lost(hasty.data, promises)
    )
