"""`consulta worker`: does the tasks that wait, and every minute looks for what is due."""

import logging
import threading
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
from django.core.management import call_command
from django.db import connection, connections

from consulta.adapters.sqlite.mark import SqliteMark
from consulta.cli import folders
from consulta.cli.preparation import prepare_tables, set_up

#: Seconds between two sweeps for what nobody nudged: tasks of a dead worker, editions unmade.
SWEEP_EVERY = 60
#: Seconds between two looks for a waiting task, and for what should not wait: mail, files, screening.
LOOK_EVERY = 0.5
#: Seconds between two questions whether campaigns are to be looked for.
CAMPAIGNS_EVERY = 3
#: The room that holds every task, and in it what is done how often (seconds).
TASKS = "consulta.flow.tasks"
ROUNDS: dict[str, float] = {
    "look": LOOK_EVERY,
    "examine_files": LOOK_EVERY,
    "hand_over": LOOK_EVERY,
    "open_letters": LOOK_EVERY,
    "distribute": LOOK_EVERY,
    "freeze_editions": LOOK_EVERY,
    "look_for_campaigns": CAMPAIGNS_EVERY,
    "sweep": SWEEP_EVERY,
}
#: Rounds that are always done, and rounds that other things than a commit may call for.
ALWAYS = frozenset({"sweep"})
CALLED_BY = {"open_letters": "letters_wait"}
#: Seconds after which a round is done although nothing was committed: what is due by date.
AT_LEAST_EVERY = 5.0

log = logging.getLogger(__name__)


def run() -> None:
    """Work until stopped; a task that has begun is finished first."""
    tasks = import_module(TASKS)
    for name, pause in ROUNDS.items():
        work = getattr(tasks, name)
        called = getattr(tasks, CALLED_BY[name]) if name in CALLED_BY else None
        news = None if name in ALWAYS else _news(called)
        threading.Thread(target=_repeat, args=(work, pause, news), daemon=True).start()
    call_command("db_worker", queue_name="*", interval=LOOK_EVERY, startup_delay=False)


class News:
    """Whether a round has anything to look at: a commit since its last one, or some seconds gone."""

    def __init__(
        self,
        mark: Callable[[], int],
        called: Callable[[], bool] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._mark, self._called, self._clock = mark, called, clock
        self._seen: int | None = None
        self._at = 0.0

    def __call__(self) -> bool:
        """Ask before a round; what is committed while it runs is news to the next one."""
        seen, now = self._mark(), self._clock()
        is_due = seen != self._seen or now - self._at >= AT_LEAST_EVERY
        if not is_due and not (self._called and self._called()):
            return False
        self._seen, self._at = seen, now
        return True


def _news(called: Callable[[], bool] | None) -> News | None:
    """What spares an idle instance most of its rounds; None where the database has no cheap sign."""
    if connection.vendor != "sqlite":
        return None
    return News(SqliteMark(Path(connection.settings_dict["NAME"])), called)


def _repeat(work: Callable[[], object], seconds: float, news: Callable[[], bool] | None) -> None:
    """Do *work* at the start and then every *seconds*; one round that fails is told and tried again."""
    pause = threading.Event()
    while True:
        try:
            if news is None or news():
                work()
        except Exception:  # the edge of the worker: the next round finds the same work again
            log.exception("a round of the worker failed")
        finally:
            connections.close_all()
        pause.wait(seconds)


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
def worker(data: Path | None) -> None:
    """Do the instance's tasks: mail out, documents, checks of files."""
    folders.require(data)
    folders.hold(set_up(data=data))
    prepare_tables(migrate=False)
    run()
