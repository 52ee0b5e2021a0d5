"""The door for letters: SMTP. A letter that is answered with 250 is on disk (RFC 5321, section 4.5.3).

Runs without a database and without rights; mail for anybody else is refused, never passed on.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from errno import EDQUOT, ENOSPC

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from consulta.mailroom import letterbox
from consulta.mailroom.spool import SpoolFullError

MAX_SIZE = 60 * 1024 * 1024  # bytes of one letter, as it travels
MAX_LINE = 4 * 1024 * 1024  # bytes; RFC 5321 asks for 1,000, real programs send more
MAX_RECIPIENTS = 100  # RFC 5321, section 4.5.3.1.8
MAX_CONNECTIONS = 32
TIMEOUT = 300.0  # seconds that a sender may be silent

log = logging.getLogger(__name__)
Keep = Callable[[letterbox.Envelope, bytes], str]


class Door:
    """What is answered to each step of a sender."""

    def __init__(self, keep: Keep = letterbox.put) -> None:
        self._keep = keep

    async def handle_RCPT(  # noqa: N802 -- the library's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take a recipient that is ours; refuse any other at once, so that no bounce is needed."""
        if len(envelope.rcpt_tos) >= MAX_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        try:
            known = await asyncio.to_thread(letterbox.takes, address)
        except letterbox.AddressesUnknownError:
            return "451 4.3.0 Not ready yet, try again in a minute"
        if not known:
            return "550 5.1.1 No such address here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 -- the library's name
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the letter; 250 only once it survives a power cut."""
        told = letterbox.Envelope(
            sender=(envelope.mail_from or "").removeprefix("<>"),  # the null sender of bounces
            recipients=tuple(dict.fromkeys(envelope.rcpt_tos)),
            arrived_at=datetime.now(UTC),
            peer=str(session.peer[0]) if isinstance(session.peer, tuple) else "",
        )
        try:
            await asyncio.to_thread(self._keep, told, bytes(envelope.original_content or b""))
        except (SpoolFullError, OSError) as error:
            log.error("a letter was not taken: %s; its sender will try again", error)
            full = isinstance(error, SpoolFullError) or error.errno in (ENOSPC, EDQUOT)
            return "452 4.3.1 No room at present" if full else "451 4.3.0 It could not be kept"
        return "250 2.0.0 Kept"


class Conversation(SMTP):
    """One sender; long lines are taken."""

    line_length_limit = MAX_LINE
    open_now = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let a sender in, or ask to come later when too many are talking."""
        type(self).open_now += 1
        if self.open_now > MAX_CONNECTIONS and isinstance(transport, asyncio.WriteTransport):
            transport.write(b"421 4.3.2 Too many connections, try again later\r\n")
            transport.close()
            return
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Let the next one in."""
        type(self).open_now -= 1
        if self.transport is not None:
            super().connection_lost(error)


async def listen(host: str, port: int, *, door: Door | None = None) -> asyncio.Server:
    """Take letters at *host*:*port*. Raises OSError where the address is taken."""
    handler = door or Door()
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # it would log the secrets of answers
    return await asyncio.get_running_loop().create_server(
        lambda: Conversation(
            handler,
            data_size_limit=MAX_SIZE,
            enable_SMTPUTF8=True,
            hostname=settings.MAIL_DOMAIN,
            ident="Consulta",
            timeout=TIMEOUT,
        ),
        host,
        port,
    )
