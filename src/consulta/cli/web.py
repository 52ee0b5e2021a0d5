"""`consulta web`: pages alone, for a machine that serves nothing else."""

import gc
import os
import socket
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import uvicorn

from consulta.cli import folders
from consulta.cli.preparation import prepare, set_up
from consulta.cli.supervisor import Child, Supervisor

APPLICATION = "consulta.config.asgi:application"
#: Connections that may wait while the processes start.
BACKLOG = 2048
#: Seconds that open answers have when a process is stopped; captions would go on for ever.
GRACE = 5


def listen(host: str, port: int) -> socket.socket:
    """The one socket that all web processes share. Exits with 2 where the address is taken."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        door = socket.socket(family, kind, proto)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(BACKLOG)
    except OSError as refused:
        click.echo(
            f"{host}:{port} cannot be used ({os.strerror(refused.errno or 0).lower()}):"
            " stop what runs there, or choose another with --port.",
            err=True,
        )
        sys.exit(2)
    return door


def preload() -> None:
    """Load the whole application once, before processes are made of it, and share its memory."""
    import_module("consulta.config.asgi")
    import_module("django.urls").get_resolver().url_patterns  # noqa: B018 -- loads every view
    import_module("django.db").connections.close_all()
    gc.collect()
    gc.freeze()


def run_on(door: socket.socket, *, application: object = APPLICATION) -> Callable[[], None]:
    """What a web process does: answer on the shared socket until it is stopped."""

    def run() -> None:
        config = uvicorn.Config(
            application,  # type: ignore[arg-type]  # a name, or the application itself
            loop="uvloop",
            http="httptools",
            ws="none",
            lifespan="on",
            access_log=False,  # who read what is nobody's business
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
        uvicorn.Server(config).run(sockets=[door])

    return run


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def address_of(host: str, port: int) -> str:
    """The address to type into a browser; passkeys refuse bare numbers, so the name where it is one."""
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1", "") else host  # noqa: S104
    return f"http://{shown}:{port}"


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", type=click.IntRange(1, 256), help="Default: one a core.")
def web(data: Path | None, host: str, port: int, processes: int | None) -> None:
    """Serve pages alone; the worker and the mail intake run elsewhere."""
    folders.require(data)
    door = listen(host, port)
    folders.hold(set_up(data=data, port=port))
    prepare(migrate=False)
    preload()
    click.echo(f"Pages are at {address_of(host, port)} (Ctrl-C stops it).", err=True)
    names = [f"web-{number}" for number in range(1, (processes or cores()) + 1)]
    sys.exit(Supervisor([Child(name, run_on(door)) for name in names]).run())
