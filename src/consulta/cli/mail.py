"""`consulta mail`: takes letters in over SMTP, and does nothing else with them."""

import asyncio
import logging
import os
import signal
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from consulta.cli import folders
from consulta.cli.preparation import set_up

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 2525
#: Seconds before a port that is taken is tried again.
AGAIN = 5.0

log = logging.getLogger(__name__)


def run() -> None:
    """Take letters until stopped; port 0 takes none."""
    host = os.environ.get("CONSULTA_MAIL_HOST", DEFAULT_HOST)
    port = int(os.environ.get("CONSULTA_MAIL_PORT", DEFAULT_PORT))
    if port == 0:
        log.info("no letters are taken: the mail port is 0")
        signal.pause()
    asyncio.run(_listen(host, port))


async def _listen(host: str, port: int) -> None:
    smtp: Any = import_module("consulta.mailroom.smtp")  # after Django is set up
    while True:
        try:
            server = await smtp.listen(host, port)
        except OSError as error:
            reason = os.strerror(error.errno or 0).lower()
            log.error(
                "no letters are taken, %s:%s cannot be used (%s): stop what runs there, or choose"
                " another with --mail-port",
                host,
                port,
                reason,
            )
            await asyncio.sleep(AGAIN)
            continue
        log.info("letters are taken at %s:%s", host, port)
        async with server:
            await server.serve_forever()


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
@click.option("--host", default=DEFAULT_HOST, show_default=True)
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65535))
def mail(data: Path | None, host: str, port: int) -> None:
    """Take letters in over SMTP; the worker opens them. Needs no database."""
    os.environ["CONSULTA_MAIL_HOST"], os.environ["CONSULTA_MAIL_PORT"] = host, str(port)
    folders.require_folder(data)
    folders.hold(set_up(data=data))
    run()
