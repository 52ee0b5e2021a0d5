"""`consulta mail`: takes letters in by SMTP and LMTP, fetches those of a mailbox elsewhere, and no more."""

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.conf import settings

from consulta.cli import folders
from consulta.cli.preparation import set_up

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 2525
#: Seconds before a port that is taken is tried again.
AGAIN = 5.0

log = logging.getLogger(__name__)
Opening = Callable[[], Awaitable[asyncio.Server]]


def run() -> None:
    """Take letters until stopped; port 0 takes none by SMTP."""
    doors = _doors()
    if not doors and not settings.MAIL_IMAP_URL:
        log.info("no letters are taken: the mail port is 0")
        signal.pause()
    asyncio.run(_work(doors))


async def _work(doors: dict[str, Opening]) -> None:
    async with asyncio.TaskGroup() as together:
        for where, opening in doors.items():
            together.create_task(_keep_open(where, opening))
        if settings.MAIL_IMAP_URL:
            together.create_task(_fetch())


def _doors() -> dict[str, Opening]:
    """Where letters are taken, and how each door is opened."""
    host = os.environ.get("CONSULTA_MAIL_HOST", DEFAULT_HOST)
    port = int(os.environ.get("CONSULTA_MAIL_PORT", DEFAULT_PORT))
    talk: Any = import_module("consulta.mailroom.conversation")  # after Django is set up
    place = _place()
    doors: dict[str, Opening] = {}
    if port:
        doors[f"{host}:{port}"] = lambda: talk.listen(host, port, place=place)
    if local := settings.MAIL_LMTP:
        doors[local] = lambda: talk.listen_locally(local, place=place)
    return doors


def _place() -> Any:
    talk: Any = import_module("consulta.mailroom.conversation")
    smtp: Any = import_module("consulta.mailroom.smtp")
    lobby: Any = import_module("consulta.mailroom.lobby")
    chain, key = settings.MAIL_CERTIFICATE, settings.MAIL_CERTIFICATE_KEY
    paces = smtp.paces(settings.MAIL_PER_SENDER, front=settings.MAIL_FRONT)
    return talk.Place(
        door=smtp.Door(paces=paces),
        lobby=lobby.Lobby(front=settings.MAIL_FRONT),
        certificate=talk.Certificate(Path(chain), Path(key)) if chain else None,
    )


async def _keep_open(where: str, opening: Opening) -> None:
    """Open a door, again and again where something else stands in it."""
    while True:
        try:
            server = await opening()
        except OSError as error:
            reason = os.strerror(error.errno or 0).lower()
            log.error(
                "no letters are taken, %s cannot be used (%s): stop what runs there, or choose"
                " another with --mail-port or CONSULTA_LMTP",
                where,
                reason,
            )
            await asyncio.sleep(AGAIN)
            continue
        log.info("letters are taken at %s", where)
        async with server:
            await server.serve_forever()


async def _fetch() -> None:
    """Look into the mailbox elsewhere from time to time."""
    fetching: Any = import_module("consulta.mailroom.fetching")  # after Django is set up
    while True:
        await asyncio.to_thread(fetching.look)
        await asyncio.sleep(settings.MAIL_IMAP_EVERY)


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
@click.option("--host", default=DEFAULT_HOST, show_default=True)
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(0, 65535))
@click.option("--lmtp", default="", help="Take letters by LMTP too: unix:/path or host:port.")
def mail(data: Path | None, host: str, port: int, lmtp: str) -> None:
    """Take letters in by SMTP, LMTP and IMAP; the worker opens them. Needs no database."""
    os.environ["CONSULTA_MAIL_HOST"], os.environ["CONSULTA_MAIL_PORT"] = host, str(port)
    if lmtp:
        os.environ["CONSULTA_LMTP"] = lmtp
    folders.require_folder(data)
    folders.hold(set_up(data=data))
    run()
