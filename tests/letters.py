"""A letter that came and was left to a person, with its bytes on the disk."""

from datetime import UTC, datetime

from consulta.mailroom import incoming, letterbox
from consulta.mailroom.letterbox import Envelope
from consulta.mailroom.models import IncomingMail

RAW = (
    b"From: Ana Sample <ana@example.org>\r\nTo: enquiries@example.org\r\n"
    b"Subject: A question <b>about</b> the close\r\nMessage-ID: <1@example.org>\r\n"
    b"\r\nWhen does it close?\r\n<script>alert(1)</script>\r\n"
)


def letter(raw: bytes = RAW) -> IncomingMail:
    """Enter *raw* as a letter and set it aside for a person."""
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    path = letterbox.put(Envelope("ana@example.org", ("enquiries@example.org",), at), raw)
    mail = incoming.enter(path)
    told = [{"outcome": "enquiry", "to": "enquiries@example.org"}]
    known = {"kind": "enquiry", "sender": "ana@example.org"}
    incoming.settle(mail.pk, IncomingMail.State.SET_ASIDE, told, **known)
    mail.refresh_from_db()
    return mail
