"""The door for letters: SMTP and LMTP. A letter answered with 250 is on disk (RFC 5321, section 4.5.3).

Runs without a database and without rights; mail for anybody else is refused, never passed on.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from errno import EDQUOT, ENOSPC

from aiosmtpd.smtp import SMTP, Envelope, Session

from consulta.mailroom import letterbox
from consulta.mailroom.pace import Pace
from consulta.mailroom.spool import SpoolFullError

MAX_RECIPIENTS = 100  # RFC 5321, section 4.5.3.1.8
#: Letters of one sender, or one host, at once, for each that may come a minute.
BURST = 5
HOST = 10  # a host may bring so many times more than one sender
COME_AGAIN = "451 4.3.0 It could not be kept, try again later"

log = logging.getLogger(__name__)
Keep = Callable[[letterbox.Envelope, bytes], str]


@dataclass(frozen=True, slots=True)
class Paces:
    """How fast letters may come from one sender, and from one host that is not in front of us."""

    sender: Pace
    host: Pace
    front: frozenset[str] = frozenset({"127.0.0.1", "::1", ""})

    def take(self, sender: str, host: str) -> bool:
        """Count a letter; whether it may come now. Senders without a name are counted by host."""
        if host not in self.front and not self.host.takes(host):
            return False
        return not sender or self.sender.takes(sender.casefold())


def paces(per_minute: int, *, front: frozenset[str]) -> Paces:
    """*per_minute* for one sender, ten times as many for a host; 0: no limit."""
    own = Pace(per_minute, burst=per_minute * BURST)
    return Paces(own, Pace(per_minute * HOST, burst=per_minute * HOST * BURST), front)


@dataclass(frozen=True)
class Door:
    """What is answered to each step of a sender."""

    keep: Keep = letterbox.put
    paces: Paces = field(default_factory=lambda: paces(0, front=frozenset()))
    via: str = "smtp"

    async def handle_MAIL(  # noqa: N802 -- the library's name
        self,
        _server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Let a letter begin; who brings too many at once is asked to come later (RFC 5321, 4.2.1)."""
        sender = without_brackets(address)
        if not self.paces.take(sender, host_of(session)):
            log.warning("%s brings too many letters at once and is asked to wait", host_of(session))
            return "451 4.7.1 Too many letters at once, try again later"
        envelope.mail_from, envelope.mail_options = address, options  # <> stays: it is a sender
        return "250 2.1.0 OK"

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
            sender=without_brackets(envelope.mail_from),
            recipients=tuple(dict.fromkeys(envelope.rcpt_tos)),
            arrived_at=datetime.now(UTC),
            peer=host_of(session),
            helo=(session.host_name or "")[:255],
            via=self.via,
        )
        try:
            await asyncio.to_thread(self.keep, told, bytes(envelope.original_content or b""))
        except (SpoolFullError, OSError) as error:
            log.error("a letter was not taken: %s; its sender will try again", error)
            full = isinstance(error, SpoolFullError) or error.errno in (ENOSPC, EDQUOT)
            return "452 4.3.1 No room at present" if full else COME_AGAIN
        return "250 2.0.0 Kept"

    async def handle_exception(self, error: Exception) -> str:
        """Whatever goes wrong here is no fault of the letter: its sender is to try again."""
        log.error("a letter was not taken", exc_info=error)
        return COME_AGAIN


def host_of(session: Session) -> str:
    """The network address of a sender; empty for one on this machine's own socket."""
    return str(session.peer[0]) if isinstance(session.peer, tuple) else ""


def without_brackets(address: str | None) -> str:
    """The sender; empty for the null sender of bounces."""
    return (address or "").removeprefix("<>")
