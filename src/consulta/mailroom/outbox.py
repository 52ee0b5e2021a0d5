"""Send a mail: a row in the outbox, written in the transaction of the act that sends it.

Nothing leaves from here. delivery.py hands over what is due, after the commit.
"""

import re
from collections.abc import Iterable, Sequence
from email.utils import make_msgid, parseaddr
from typing import cast

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage, SafeMIMEMultipart, SafeMIMEText
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Model
from django.utils import timezone
from django.utils.encoding import punycode

from consulta.core import bidi
from consulta.core.tokens import hashed
from consulta.mailroom.models import OutgoingMail

MASK = "••••"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class NotMailableError(ValueError):
    """The address, the subject or another header cannot stand in a mail; the text says why and what to do."""


def send(
    message: EmailMessage,
    *,
    secrets: Sequence[str] = (),
    subject: Model | None = None,
    reply_token: str = "",
) -> list[OutgoingMail]:
    """Put *message* in the outbox, one row for each recipient; call it inside the act's transaction.

    *secrets* (codes, private links) never show at the desk: each is masked, and the full message
    is wiped once delivered. *subject*: what the mail is about. *reply_token*: stored hashed;
    `answered` finds the mail by it. Raises NotMailableError.
    """
    message.subject, message.body = bidi.codes(str(message.subject)), bidi.codes(str(message.body))
    recipients = list(dict.fromkeys(mailable(address) for address in message.recipients()))
    hidden = [*secrets, *getattr(message, "secrets", ()), *filter(None, [reply_token])]
    row = _row(message, hidden)
    row.about = f"{subject._meta.label_lower}:{subject.pk}" if subject is not None else ""
    row.reply_token = hashed(reply_token) if reply_token else ""
    return OutgoingMail.objects.bulk_create(_copy(row, recipient) for recipient in recipients)


def answered(token: str) -> OutgoingMail | None:
    """The mail that was sent with this reply token, None when there is none."""
    return OutgoingMail.objects.filter(reply_token=hashed(token)).first() if token else None


def mask(text: str, secrets: Iterable[str]) -> str:
    """*text* with every secret replaced, the longest first."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


def mailable(address: str) -> str:
    """The bare address as a mail server takes it; the domain in ASCII. Raises NotMailableError."""
    if _CONTROL.search(address):
        raise NotMailableError("An address cannot hold line breaks or control characters.")
    local, at, domain = parseaddr(address)[1].rpartition("@")
    if not (local and at and domain) or " " in local + domain:
        raise NotMailableError(f"{address} is not an e-mail address.")
    if not local.isascii():
        raise NotMailableError(
            f"{address}: mail cannot be sent to an address with such letters before the @;"
            " give one with Latin letters, digits and signs."
        )
    try:
        return f"{local}@{punycode(domain)}"
    except UnicodeError as error:
        raise NotMailableError(f"{address}: the part after the @ is not a domain.") from error


class OutboxBackend(BaseEmailBackend):
    """Django's EMAIL_BACKEND: every library's mail goes through the outbox.

    A message's attribute `secrets` names what must be masked.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put every message that has a recipient in the outbox; how many."""
        return sum(1 for message in email_messages if message.recipients() and send(message))


def _row(message: EmailMessage, hidden: Sequence[str]) -> OutgoingMail:
    headers = {name.lower(): value for name, value in message.extra_headers.items()}
    message_id = headers.get("message-id") or make_msgid(domain=settings.MAIL_DOMAIN)
    message.extra_headers.setdefault("Message-ID", message_id)
    now = timezone.now()
    return OutgoingMail(
        sender=mailable(message.from_email or settings.DEFAULT_FROM_EMAIL),
        subject=mask(str(message.subject), hidden)[:500],
        masked_text=mask(str(message.body), hidden),
        raw=_bytes(message),
        message_id=message_id,
        created_at=now,
        next_attempt_at=now,
    )


def _bytes(message: EmailMessage) -> bytes:
    """The whole message, lines ended as mail wants them; no header may begin another."""
    if _CONTROL.search(str(message.subject)):
        raise NotMailableError("A subject cannot hold line breaks or control characters.")
    try:
        built = cast("SafeMIMEText | SafeMIMEMultipart", message.message())
    except BadHeaderError as error:
        raise NotMailableError("A header of a mail cannot hold line breaks.") from error
    return built.as_bytes(linesep="\r\n")


def _copy(row: OutgoingMail, recipient: str) -> OutgoingMail:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return OutgoingMail(**{**values, "recipient": recipient})
