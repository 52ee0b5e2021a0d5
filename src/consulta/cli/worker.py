"""`consulta worker`: does the tasks that wait, and every minute looks for what is due."""

import logging
import threading
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
from django.core.management import call_command
from django.db import connections

from consulta.cli.preparation import prepare_tables, set_up

#: Seconds between two looks for work that no task names: mail unsent, tasks of a dead worker.
SWEEP_EVERY = 60
#: Seconds between two looks for a waiting task.
LOOK_EVERY = 0.5
#: The room that holds every task, and in it the look for what is due.
TASKS, SWEEP = "consulta.flow.tasks", "sweep"

log = logging.getLogger(__name__)


def run() -> None:
    """Work until stopped; a task that has begun is finished first."""
    if find_spec(TASKS) is not None:
        sweep = getattr(import_module(TASKS), SWEEP)
        threading.Thread(target=_sweep_forever, args=(sweep,), daemon=True).start()
    call_command("db_worker", queue_name="*", interval=LOOK_EVERY, startup_delay=False)


def _sweep_forever(sweep: Callable[[], object]) -> None:
    """Sweep at the start and every minute; one that fails is told and tried again."""
    pause = threading.Event()
    while True:
        try:
            sweep()
        except Exception:  # the edge of the worker: the next sweep finds the same work again
            log.exception("the sweep for what is due failed")
        finally:
            connections.close_all()
        pause.wait(SWEEP_EVERY)


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
def worker(data: Path | None) -> None:
    """Do the instance's tasks: mail out, documents, checks of files."""
    set_up(data=data)
    prepare_tables(migrate=False)
    run()
