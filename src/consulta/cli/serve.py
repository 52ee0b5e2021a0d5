"""`consulta serve`: pages, tasks and incoming mail as one tree of processes behind one port."""

import os
import socket
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click

from consulta.cli import folders
from consulta.cli.preparation import prepare, set_up
from consulta.cli.supervisor import Child, Supervisor
from consulta.cli.web import address_of, cores, listen, preload, run_on

#: The processes beside the web: a name, and the function that works until it is stopped.
BESIDE = {"worker": "consulta.cli.worker:run", "mail": "consulta.cli.mail:run"}


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--mail-port", default=2525, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--processes", type=click.IntRange(1, 256), help="Web processes; default: one a core."
)
@click.option("--migrate/--no-migrate", default=True, help="Bring the database to this release.")
def serve(**options: object) -> None:
    """Serve an instance: web, worker and mail intake as one supervised tree."""
    data = options["data"] if isinstance(options["data"], Path) else None
    host, port = str(options["host"]), int(str(options["port"]))
    folders.require_folder(data)
    door = listen(host, port)
    os.environ["CONSULTA_MAIL_HOST"] = host
    os.environ["CONSULTA_MAIL_PORT"] = str(options["mail_port"])
    folders.hold(set_up(data=data, port=port))
    prepare(migrate=bool(options["migrate"]))
    processes = options["processes"]
    sys.exit(supervise(door, processes=processes if isinstance(processes, int) else cores()))


def supervise(door: socket.socket, *, processes: int) -> int:
    """Run the whole tree on *door* until it is stopped; the exit code."""
    host, port = door.getsockname()[:2]
    preload()
    beside = [Child(name, load(entry)) for name, entry in BESIDE.items() if _exists(entry)]
    web = [Child(f"web-{number}", run_on(door)) for number in range(1, processes + 1)]
    click.echo(f"Consulta is at {address_of(host, port)} (Ctrl-C stops it).", err=True)
    return Supervisor([*web, *beside]).run()


def load(entry: str) -> Callable[[], None]:
    """The function behind a name such as `consulta.cli.worker:run`."""
    module, _, name = entry.partition(":")
    function: Callable[[], None] = getattr(import_module(module), name)
    return function


def _exists(entry: str) -> bool:
    return find_spec(entry.partition(":")[0]) is not None
