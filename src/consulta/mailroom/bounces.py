"""Bounces: which of our mails came back, and why. Matched by Message-ID, else by who failed."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes

from flufl.bounce import all_failures

from consulta.core.plaintext import one_line
from consulta.mailroom.models import OutgoingMail
from consulta.mailroom.reading import headers

#: A bounce that names no mail of ours is matched with the latest one to its address in so long.
REMEMBERED = timedelta(days=10)
LOOKED_AT = 500_000  # bytes
_ID = re.compile(rb"^>?[ \t]*Message-ID:\s*(<[^<>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE)
_WHY = re.compile(rb"^Diagnostic-Code:[ \t]*(.+(?:\r?\n[ \t]+.+)*)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(rb"^Status:[ \t]*(\d\.\d+\.\d+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """One of our mails that came back. *lasting*: it will not be delivered; else it is only delayed."""

    mail: OutgoingMail
    lasting: bool
    why: str


def of(raw: bytes, *, arrived_at: datetime) -> Bounce | None:
    """The mail of ours that *raw*, sent by a mail server, says has failed; None where it names none."""
    delayed, failed = _addresses(raw)
    mail = _named(raw, failed | delayed) or _sent_to(failed | delayed, arrived_at)
    if mail is None:
        return None
    lasting = mail.recipient.lower() in failed or not delayed
    return Bounce(mail, lasting, why(raw))


def _addresses(raw: bytes) -> tuple[set[str], set[str]]:
    """Whose mail is delayed, and whose has failed, in small letters."""
    try:
        delayed, failed = all_failures(message_from_bytes(headers.shortened(raw[:LOOKED_AT])))
    except headers.FAULTS:  # what a stranger's server wrote
        return set(), set()
    return _small(delayed), _small(failed)


def _small(addresses: Collection[bytes]) -> set[str]:
    return {bytes(each).decode("utf-8", "replace").lower() for each in addresses}


def _named(raw: bytes, addresses: Collection[str]) -> OutgoingMail | None:
    """The mail whose Message-ID the bounce repeats; of several recipients, the one that failed."""
    ids = {found.decode("ascii", "replace") for found in _ID.findall(raw[:LOOKED_AT])}
    mails = list(OutgoingMail.objects.defer("raw").filter(message_id__in=ids)[:100])
    of_failed = [mail for mail in mails if mail.recipient.lower() in addresses]
    found = of_failed or mails
    return found[0] if len(found) == 1 or of_failed else None


def _sent_to(addresses: Collection[str], arrived_at: datetime) -> OutgoingMail | None:
    recent = OutgoingMail.objects.defer("raw").filter(created_at__gte=arrived_at - REMEMBERED)
    return recent.filter(recipient__in=addresses).order_by("-pk").first() if addresses else None


def why(raw: bytes) -> str:
    """What the other mail server said; empty where *raw* does not repeat it."""
    found = _WHY.search(raw[:LOOKED_AT]) or _STATUS.search(raw[:LOOKED_AT])
    return one_line(found[1].decode("utf-8", "replace"))[:300] if found else ""
