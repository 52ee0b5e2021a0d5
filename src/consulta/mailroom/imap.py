"""A mailbox elsewhere: letters are fetched by IMAP, kept as at our own door, and only then moved.

The instant that counts is the one at which that mailbox got the letter (INTERNALDATE, RFC 3501, 2.3.3).
Killed anywhere, the next look fetches at most one letter again, which is counted as a repeat.
"""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxUnencrypted

from consulta.mailroom import addressed, letterbox
from consulta.mailroom.mailbox_state import Progress

TIMEOUT = 60.0  # seconds that the server may keep us waiting
MAX_SIZE = 60 * 1024 * 1024  # bytes of one letter, as at our own door
BATCH = 200  # letters of one look
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_INSTANT = re.compile(rb'INTERNALDATE "([^"]+)"')
Keep = Callable[[letterbox.Envelope, bytes], str]


class MailboxError(Exception):
    """The mailbox cannot be read at present; the text says why."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where the mailbox is. *move*: the folder for letters that were fetched; empty: they stay."""

    host: str
    port: int
    encryption: str  # "tls", "starttls" or "no"
    user: str
    password: str
    folder: str = "INBOX"
    move: str = ""
    token: Path | None = None  # a file with an OAuth 2.0 token, read anew at each look


def box(url: str, *, token: str = "") -> Box:
    """The mailbox at *url*: imaps://user:password@host/FOLDER?move=FOLDER, or imap:// with STARTTLS.

    `tls=no` only for a host on this machine. Raises ValueError.
    """
    parts, asked = urlsplit(url), parse_qs(urlsplit(url).query)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise ValueError("CONSULTA_IMAP_URL must look like imaps://user:password@host/INBOX")
    plain = "no" if asked.get("tls") == ["no"] else "starttls"
    return Box(
        host=parts.hostname,
        port=parts.port or (993 if parts.scheme == "imaps" else 143),
        encryption="tls" if parts.scheme == "imaps" else plain,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        move=asked.get("move", [""])[0],
        token=Path(token) if token else None,
    )


def look(at: Box, *, keep: Keep = letterbox.put) -> int:
    """Fetch what is new, keep it, and move it away; how many letters. Raises MailboxError.

    Raises SpoolFullError, AddressesUnknownError too: the letters stay where they are.
    """
    try:
        with _signed_in(at) as server:
            progress = Progress.of(_validity(server, at))
            waiting = _uids(server)
            new = [uid for uid in waiting if uid > progress.uid][:BATCH]
            kept = sum(_fetch(server, at, uid, progress=progress, keep=keep) for uid in new)
            if at.move:
                _move(server, at, [uid for uid in waiting if uid <= progress.uid], progress)
            return kept
    except (ImapToolsError, imaplib.IMAP4.error, ssl.SSLError, OSError) as error:
        told = error.strerror if isinstance(error, OSError) else ""
        raise MailboxError(
            f"{at.host}: {told or str(error)[:300] or type(error).__name__}"
        ) from error


def _fetch(server: BaseMailBox, at: Box, uid: int, *, progress: Progress, keep: Keep) -> int:
    """Keep one letter, then note that it is kept; one that is gone or too large is passed over."""
    head = _asked(server, uid, "(RFC822.SIZE INTERNALDATE)")
    size, instant = _SIZE.search(head), _INSTANT.search(head)
    if size is None or instant is None:
        progress.passed(uid)
        return 0
    if int(size[1]) > MAX_SIZE:
        progress.passed(uid, too_large=True)
        return 0
    raw = _body(server, uid)
    if raw is None:
        progress.passed(uid)
        return 0
    keep(_envelope(raw, instant[1], at), raw)
    progress.passed(uid)
    return 1


def _envelope(raw: bytes, instant: bytes, at: Box) -> letterbox.Envelope:
    when = datetime.strptime(instant.decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z")
    return letterbox.Envelope(
        sender=addressed.sender(raw),
        recipients=addressed.recipients(raw),
        arrived_at=when.astimezone(UTC),
        helo=at.host,
        via="imap",
    )


def _asked(server: BaseMailBox, uid: int, what: str) -> bytes:
    kind, data = server.client.uid("FETCH", str(uid), what)
    if kind != "OK":
        raise MailboxError(f"the server answered {kind}")
    return b" ".join(
        b" ".join(part) if isinstance(part, tuple) else part for part in data if part is not None
    )


def _body(server: BaseMailBox, uid: int) -> bytes | None:
    """The letter byte for byte, not marked as read; None when it is gone."""
    kind, data = server.client.uid("FETCH", str(uid), "(BODY.PEEK[])")
    if kind != "OK":
        raise MailboxError(f"the server answered {kind}")
    return next((bytes(part[1]) for part in data if isinstance(part, tuple)), None)


def _move(server: BaseMailBox, at: Box, uids: list[int], progress: Progress) -> None:
    """Move what is kept; where that fails it stays, and the next look tries again."""
    taken = [str(uid) for uid in uids if uid not in progress.too_large]
    if taken:
        server.move(taken, at.move, chunks=100)


def _uids(server: BaseMailBox) -> list[int]:
    return sorted(int(uid) for uid in server.uids("ALL", charset=None))


def _validity(server: BaseMailBox, at: Box) -> int:
    return server.folder.status(at.folder, ["UIDVALIDITY"])["UIDVALIDITY"]


@contextmanager
def _signed_in(at: Box) -> Iterator[BaseMailBox]:
    server = _connected(at)
    try:
        if at.encryption == "starttls":
            server.client.starttls(ssl.create_default_context())
        if at.token is not None:
            server.xoauth2(at.user, at.token.read_text().strip(), at.folder)
        else:
            server.login(at.user, at.password, at.folder)
        yield server
        with suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
            server.logout()
    finally:
        with suppress(OSError):
            server.client.shutdown()


def _connected(at: Box) -> BaseMailBox:
    if at.encryption != "tls":
        return MailBoxUnencrypted(at.host, at.port, timeout=TIMEOUT)
    context = ssl.create_default_context()
    return MailBox(at.host, at.port, timeout=TIMEOUT, ssl_context=context)
