"""The letterbox: letters on disk, each with its envelope in one file, before anybody opens them.

No database is needed to take a letter: who may be written to stands in a file that the worker keeps.
"""

import contextlib
import json
import logging
import os
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from consulta.mailroom import durable, spool

NEW = "mail/new"  # letters that no row names yet
KEPT = "mail/kept"  # letters for good, by month
ASIDE = "mail/aside"  # what lay among the letters and is none
ADDRESSES = "mail/addresses"
MARK = b"X-Consulta-Envelope: "
ALWAYS = frozenset({"postmaster", "abuse"})  # RFC 5321, section 4.5.1; RFC 2142
_ANSWER = re.compile(r"answer\+([A-Za-z0-9_-]{16,64})", re.IGNORECASE)
_CONSULTATION = re.compile(r"consultation-([1-9][0-9]{0,8})(?:\+.*)?", re.IGNORECASE)
_LINK = re.compile(r"(\+(?:confirm|leave)-)[A-Za-z0-9_-]+@", re.IGNORECASE)
_TAG = re.compile(r"[A-Za-z0-9._=-]{1,200}")

log = logging.getLogger(__name__)


class NotALetterError(ValueError):
    """The file has no envelope: it was not put there by the letterbox."""


class AddressesUnknownError(Exception):
    """The worker has not written yet who may be written to."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom and to whom, as the sending server said; *arrived_at*: when the last byte came.

    *peer*: the network address of that server, *helo*: what it called itself, *via*: smtp, lmtp,
    imap or webhook; each empty where it is not known.
    """

    sender: str
    recipients: tuple[str, ...]
    arrived_at: datetime
    peer: str = ""
    helo: str = ""
    via: str = ""


def put(envelope: Envelope, content: bytes) -> str:
    """Keep a letter for good; its path. Raises SpoolFullError, then nothing was kept."""
    told = asdict(envelope) | {"arrived_at": envelope.arrived_at.isoformat()}
    head = MARK + json.dumps(told).encode("ascii") + b"\r\n"
    name = f"{envelope.arrived_at:%Y%m%dT%H%M%S%f}-{mark_of(envelope.sender)}-{token_hex(8)}"
    return spool.keep([head, content], folder=NEW, name=name).path


def read(path: str) -> tuple[Envelope, bytes]:
    """The envelope, and the letter as it came. Raises NotALetterError, FileNotFoundError."""
    head, _, content = spool.locate(path).read_bytes().partition(b"\r\n")
    try:
        told = json.loads(head.removeprefix(MARK))
        envelope = Envelope(
            sender=str(told["sender"]),
            recipients=tuple(map(str, told["recipients"])),
            arrived_at=datetime.fromisoformat(told["arrived_at"]),
            peer=str(told["peer"]),
            helo=str(told.get("helo", "")),
            via=str(told.get("via", "")),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise NotALetterError(path) from error
    return envelope, content


def new(limit: int, *, had: Mapping[str, int] | None = None) -> list[str]:
    """The paths of at most *limit* letters that no row names yet.

    Everyone's first letter comes before anybody's second, the oldest first: one sender's flood
    delays nobody else. *had*: how many turns each sender had lately, by :func:`mark_of`.
    """
    place = Path(settings.DATA) / NEW
    if not place.is_dir():
        return []
    with os.scandir(place) as found:
        names = sorted(entry.name for entry in found if not entry.name.startswith("."))
    seen = defaultdict(int, had or {})
    ranked = []
    for name in names:
        sender = name.partition("-")[2].partition("-")[0]
        seen[sender] += 1
        ranked.append((seen[sender], name))
    return [f"{NEW}/{name}" for _turn, name in sorted(ranked)[:limit]]


def set_aside(path: str) -> str:
    """Take a file that is no letter out of the new ones; where it is now, for a person."""
    place = spool.locate(path)
    target = Path(settings.DATA) / ASIDE / place.name
    durable.make_folder(target.parent)
    place.rename(target)
    durable.sync_folder(place.parent)
    return str(target)


def file_away(path: str, arrived_at: datetime) -> str:
    """Give a new letter its place for good, beside the old one; the new path. May be repeated."""
    target = f"{KEPT}/{arrived_at:%Y-%m}/{path.rpartition('/')[2]}"
    place = spool.locate(target)
    durable.make_folder(place.parent)
    if not place.exists():
        with contextlib.suppress(FileExistsError):  # another process was faster
            os.link(spool.locate(path), place)
    durable.sync_folder(place.parent)
    return target


def write_addresses(local_parts: Collection[str]) -> None:
    """Keep who may be written to beside :data:`ALWAYS`; writes only when it changed.

    `name+` stands for `name+TAG` with any tag. Where the disk is full, those known before stay.
    """
    place, wanted = Path(settings.DATA) / ADDRESSES, "\n".join(sorted(local_parts)).encode()
    if place.exists() and place.read_bytes() == wanted:
        return
    try:
        durable.write(place, [wanted])
    except OSError as error:
        log.error("%s could not be written (%s): new addresses wait", place, error.strerror)


def takes(address: str) -> bool:
    """Whether letters to *address* are taken. Raises AddressesUnknownError."""
    local, _, domain = address.rpartition("@")
    if _same_name(domain) != _same_name(settings.MAIL_DOMAIN):
        return False
    if _ANSWER.fullmatch(local) or local.casefold() in ALWAYS:
        return True
    try:
        known = (Path(settings.DATA) / ADDRESSES).read_text("utf-8").split("\n")
    except FileNotFoundError as error:
        raise AddressesUnknownError from error
    name, plus, tag = local.casefold().partition("+")
    return name + plus in known and (not plus or bool(_TAG.fullmatch(tag)))


def mark_of(sender: str) -> str:
    """What tells letters of one sender by their names alone."""
    return sha256(sender.casefold().encode("utf-8", "surrogateescape")).hexdigest()[:8]


def _same_name(domain: str) -> str:
    """A domain as mail servers write it (RFC 5891), so that two spellings are one."""
    try:
        return domain.encode("idna").decode().casefold()
    except UnicodeError:
        return domain.casefold()


def answer_token(address: str) -> str:
    """The token of an `answer+TOKEN@` address, as it was written; empty for any other address."""
    found = _ANSWER.fullmatch(address.rpartition("@")[0])
    return found[1] if found else ""


def consultation_number(address: str) -> int | None:
    """The number in a `consultation-NUMBER@` address; None for any other address."""
    found = _CONSULTATION.fullmatch(address.rpartition("@")[0])
    return int(found[1]) if found else None


def masked(address: str) -> str:
    """*address* as rows and logs may hold it: without the secret of an answer or a list's link."""
    token = answer_token(address)
    return address.replace(token, "••••") if token else _LINK.sub(r"\1••••@", address)
