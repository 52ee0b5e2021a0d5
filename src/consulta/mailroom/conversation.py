"""One sender at the door, in SMTP or LMTP: how long it may stay, how much it may say, where it listens."""

import asyncio
import logging
import os
import ssl
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP
from django.conf import settings

from consulta.mailroom.lobby import Guest, Lobby
from consulta.mailroom.smtp import Door

MAX_SIZE = 60 * 1024 * 1024  # bytes of one letter, as it travels
MAX_LINE = 4 * 1024 * 1024  # bytes; RFC 5321 asks for 1,000, real programs send more
#: Bytes after which a sender who was told the limit, and goes on, is cut off.
TOO_MUCH = MAX_SIZE + MAX_SIZE // 4
TIMEOUT = 300.0  # seconds for one command or one letter (RFC 5321, section 4.5.3.2)
#: How often one sender may use a command that brings no letter.
CALLS = {"*": 20_000, "NOOP": 100, "VRFY": 10, "HELP": 10, "EXPN": 10}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Where the certificate for STARTTLS and its key are."""

    chain: Path
    key: Path

    def context(self) -> ssl.SSLContext | None:
        """Read anew for each sender, so that a renewed one counts at once; None if it is unusable."""
        made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        try:
            made.load_cert_chain(self.chain, self.key)
        except (OSError, ssl.SSLError) as error:
            log.error("no encryption is offered: %s cannot be used (%s)", self.chain, error)
            return None
        return made


@dataclass(frozen=True, slots=True)
class Place:
    """Where the doors of this process stand, and what they share."""

    door: Door = field(default_factory=Door)
    lobby: Lobby = field(default_factory=Lobby)
    certificate: Certificate | None = None


class Conversation(SMTP):
    """One sender; long lines are taken."""

    line_length_limit = MAX_LINE

    def __init__(self, place: Place) -> None:
        self._lobby = place.lobby
        self._guest: Guest | None = None
        super().__init__(
            place.door,
            data_size_limit=MAX_SIZE,
            enable_SMTPUTF8=True,
            hostname=settings.MAIL_DOMAIN,
            ident="Consulta",
            timeout=TIMEOUT,
            tls_context=place.certificate.context() if place.certificate else None,
            command_call_limit=dict(CALLS),
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let a sender in, or ask to come later when too many are talking."""
        if self._guest is not None:  # the same sender, after STARTTLS
            super().connection_made(transport)
            return
        peer = transport.get_extra_info("peername")
        host = str(peer[0]) if isinstance(peer, tuple) else ""
        self._guest = self._lobby.enter(self, host)
        if self._guest is not None:
            super().connection_made(transport)
        elif isinstance(transport, asyncio.WriteTransport):
            transport.write(b"421 4.3.2 Too many connections, try again later\r\n")
            transport.close()

    def data_received(self, data: bytes) -> None:
        """Cut off whoever sends without end, or more than all may send at once."""
        if self._guest is None:
            return
        if self._guest.held > TOO_MUCH:
            self.dismiss(b"552 5.3.4 Too much mail data\r\n")
        elif not self._lobby.hear(self._guest, len(data)):
            self.dismiss(b"421 4.3.2 Too much at once, try again later\r\n")
        else:
            super().data_received(data)

    async def push(self, status: str | bytes) -> None:
        """Answer; what was sent until now is kept or dropped."""
        if self._guest is not None:
            self._lobby.answered(self._guest)
            if status == "250 2.0.0 Kept":
                self._lobby.served(self._guest)
        await super().push(status.encode() if isinstance(status, str) else status)

    def dismiss(self, answer: bytes) -> None:
        """Say *answer* and hang up."""
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.write(answer)
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        """Let the next one in."""
        if self._guest is None:
            return
        self._lobby.leave(self._guest)
        if self.transport is not None:
            super().connection_lost(error)


class LocalConversation(Conversation, LMTP):
    """The mail server of this house, by LMTP: one answer for each recipient (RFC 2033, section 4.2)."""

    _answers = 1

    async def push(self, status: str | bytes) -> None:
        """Answer once, but to a letter once for each of its recipients."""
        words = status.decode() if isinstance(status, bytes) else status
        times, self._answers = self._answers, 1
        if words.startswith("354") and self.envelope is not None:
            self._answers = len(self.envelope.rcpt_tos)
        for _copy in range(times):
            await super().push(words)


async def listen(host: str, port: int, *, place: Place | None = None) -> asyncio.Server:
    """Take letters at *host*:*port* by SMTP. Raises OSError where the address is taken."""
    at = place or Place()
    _quiet()
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: Conversation(at), host, port)


async def listen_locally(where: str, *, place: Place | None = None) -> asyncio.Server:
    """Take letters by LMTP at *where*: unix:/path (for owner and group), or host:port.

    Raises OSError where the address is taken, ValueError where it is none.
    """
    at = place or Place()
    at = replace(at, door=replace(at.door, via="lmtp"))
    _quiet()
    loop = asyncio.get_running_loop()
    if where.startswith("unix:"):
        path = where.removeprefix("unix:")
        with suppress(FileNotFoundError):
            os.unlink(path)  # of a process that was killed
        server = await loop.create_unix_server(lambda: LocalConversation(at), path)
        os.chmod(path, 0o660)
        return server
    host, colon, port = where.rpartition(":")
    if not colon or not port.isdecimal():
        raise ValueError(f"{where} is no address for LMTP: give unix:/path, or host:port")
    return await loop.create_server(lambda: LocalConversation(at), host.strip("[]"), int(port))


def _quiet() -> None:
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # it would log the secrets of answers
