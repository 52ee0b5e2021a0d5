"""Short mails to whoever wrote to us, about the letter itself: nothing of it is repeated."""

from datetime import UTC, datetime

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from consulta.core.languages import django_code
from consulta.core.plaintext import one_line
from consulta.mailroom import outbox


def tell_empty(address: str, *, to: str, language: str, at: datetime) -> None:
    """Tell *address* that its letter *to* one of ours, which came *at*, says nothing.

    Raises NotMailableError.
    """
    with translation.override(django_code(language)):
        text = render_to_string("mailroom/empty.txt", {"to": to, "at": at.astimezone(UTC)})
    subject, _line, body = text.strip().partition("\n")
    headers = {"Auto-Submitted": "auto-replied"}  # RFC 3834
    outbox.send(
        EmailMessage(one_line(subject)[:200], body.lstrip("\n"), to=[address], headers=headers)
    )
