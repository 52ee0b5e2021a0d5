"""Letters put into the letterbox, as the door does."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage

import pytest

from consulta.mailroom import incoming, letterbox
from consulta.mailroom.letterbox import Envelope
from consulta.mailroom.models import IncomingMail, OutgoingMail

US = "consultation-11@localhost"
THEM = "person@example.org"


@pytest.fixture
def post_letter(consultation):
    """Put a letter into the letterbox; *files*: names and bytes that come with it."""

    def _post(
        text="We agree.", *, to=(US,), sender=THEM, header=None, raw=None, files=(), **headers
    ):
        message = EmailMessage()
        message["From"] = header or f"Sample Person <{sender}>"
        message["Subject"] = headers.pop("subject", "Our response")
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        for name, data in files:
            message.add_attachment(data, maintype="application", subtype="pdf", filename=name)
        envelope = Envelope(sender, tuple(to), headers.pop("at", datetime.now(UTC)))
        return letterbox.put(envelope, message.as_bytes() if raw is None else raw)

    return _post


@pytest.fixture
def answer_address(post_letter):
    """The address from which the mail that asks to confirm wants to be answered."""

    def _address():
        raw = bytes(OutgoingMail.objects.latest("pk").raw)
        return message_from_bytes(raw)["Reply-To"]

    return _address


def outcome():
    """What became of the latest mail, a word for each copy."""
    return [each["outcome"] for each in incoming.outcomes(IncomingMail.objects.latest("pk"))]
