"""To whom a letter is, and from whom, when no server told us: read from its headers.

For letters from a mailbox elsewhere or from a provider; at our own door the sending server says it.
"""

from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses, parseaddr

from django.conf import settings

from consulta.mailroom import letterbox

#: Where servers note the address to which they delivered, then where the writer put it.
_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc", "Resent-To")
MAX_RECIPIENTS = 100
_HEAD = 256 * 1024  # bytes in which headers are looked for


def recipients(raw: bytes, *, told: Iterable[str] = ()) -> tuple[str, ...]:
    """Our addresses among *told* and those in the headers; our general one where there is none.

    Raises AddressesUnknownError.
    """
    head = _head(raw)
    named = [*told, *(address for header in _TO for address in _addresses(head, header))]
    ours = [address for address in dict.fromkeys(named) if letterbox.takes(address)]
    return tuple(ours[:MAX_RECIPIENTS]) or (general(),)


def sender(raw: bytes) -> str:
    """Who sent it: Return-Path, which the last server writes (RFC 5321, 4.4), else From.

    Empty for bounces.
    """
    head = _head(raw)
    path = head.get("Return-Path")
    if path is not None:
        return parseaddr(str(path))[1][:320]
    return next(_addresses(head, "From"), "")[:320]


def general() -> str:
    """The address of this house where no other fits."""
    own = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return own if letterbox.takes(own) else f"postmaster@{settings.MAIL_DOMAIN}"


def _head(raw: bytes) -> Message:
    ends = [at for gap in (b"\r\n\r\n", b"\n\n") if (at := raw.find(gap, 0, _HEAD)) >= 0]
    return message_from_bytes(raw[: min(ends, default=_HEAD)] + b"\n\n")


def _addresses(head: Message, name: str) -> Iterator[str]:
    found = [str(value) for value in head.get_all(name, [])]
    return iter([address for _name, address in getaddresses(found) if "@" in address])
