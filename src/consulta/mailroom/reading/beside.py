"""What stands beside the words of a letter and is no file of its sender's: logos, invitations, signatures.

It stays in the raw letter, and the desk says that it was left out.
"""

import re
from collections.abc import Iterable
from email.message import Message
from enum import StrEnum

from consulta.mailroom.reading import headers, parts, words

#: A picture that the text itself shows is a logo up to here, and above it a chart, a scan or a photograph.
LOGO = 60_000  # bytes
#: A picture that stands in the text by its place alone: nothing of the text names it.
SMALL = 20_000  # bytes
_CID = re.compile(r"cid:([^\"'\s<>)]+)", re.IGNORECASE)
_SIGNATURES = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
_CALENDARS = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_CALENDAR_ENDINGS = (".ics", ".ical", ".vcs")
_CALENDAR = b"BEGIN:VCALENDAR"


class Beside(StrEnum):
    """What was left out."""

    SIGNATURE = "signature"
    CALENDAR = "calendar"
    PICTURE = "picture"


def shown_inside(pages: Iterable[Message]) -> frozenset[str]:
    """The Content-IDs of the pictures that *pages* of HTML show."""
    return frozenset(
        name.lower()
        for page in pages
        for name in _CID.findall(words.content(page)[: words.MAX_BYTES].decode("latin-1"))
    )


def of(part: Message, data: bytes, *, inside: frozenset[str]) -> Beside | None:
    """What *part* with the bytes *data* is, if it is no file; *inside*: what the text shows."""
    kind, name = headers.kind(part), headers.file_name(part).lower()
    if kind in _SIGNATURES:
        return Beside.SIGNATURE
    if (
        kind in _CALENDARS
        or name.endswith(_CALENDAR_ENDINGS)
        or data.lstrip().startswith(_CALENDAR)
    ):
        return Beside.CALENDAR
    return Beside.PICTURE if _is_decoration(part, data, inside) else None


def _is_decoration(part: Message, data: bytes, inside: frozenset[str]) -> bool:
    """A small picture that the text shows, such as the logo under a signature.

    Mail programs give a Content-ID to true attachments too: only one that the text names counts.
    """
    if not headers.kind(part).startswith("image/"):
        return False
    named = headers.raw(part, "Content-ID").strip("<> ").lower()
    if named and named in inside:
        return len(data) <= LOGO
    return parts.is_inline(part) and len(data) <= SMALL
