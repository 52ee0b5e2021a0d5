"""Letters that a mail provider hands over by HTTP: whether it may, and what it says.

The provider's proof of itself is checked by django-anymail; the letter is taken byte for byte from where
each provider puts it, so that nothing is read, and nothing can fail, before it is kept.
"""

import json
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.mailgun import MailgunInboundWebhookView
from anymail.webhooks.mandrill import MandrillCombinedWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView
from anymail.webhooks.sparkpost import SparkPostInboundWebhookView
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

from consulta.mailroom import addressed, letterbox


class NotConfiguredError(Exception):
    """No provider hands letters over here, or another one, or its secret is not set."""


class NotTheProviderError(Exception):
    """Whoever asks has not proved to be the provider."""


class NoLetterError(ValueError):
    """There is no whole letter in it: the provider must be told to send raw MIME."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A letter as a provider handed it over; *sender* is None where it does not say."""

    raw: bytes
    recipients: tuple[str, ...]
    sender: str | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """How a provider proves itself, and where it puts letters. *signs*: it needs a key of its own."""

    view: type[AnymailBaseWebhookView]
    take: Callable[[HttpRequest], Iterator[Handed]]
    signs: bool = False


def letters(request: HttpRequest, name: str) -> Iterator[Handed]:
    """The letters that the provider *name* hands over.

    Raises NotConfiguredError, NotTheProviderError, NoLetterError.
    """
    provider = chosen(name)
    if name == "mailgun":
        request.encoding = "latin-1"  # its field holds the letter's own bytes
    try:
        provider.view().run_validators(request)
    except SuspiciousOperation as error:
        raise NotTheProviderError(str(error)) from error
    try:
        yield from provider.take(request)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise NoLetterError(str(error)) from error


def chosen(name: str) -> Provider:
    """The provider of this instance. Raises NotConfiguredError for any other."""
    if not name or name != settings.MAIL_WEBHOOK or name not in PROVIDERS:
        raise NotConfiguredError(name)
    if missing():
        raise NotConfiguredError(", ".join(missing()))
    return PROVIDERS[name]


def missing() -> list[str]:
    """What is not set and has to be; empty where no provider is chosen."""
    name = settings.MAIL_WEBHOOK
    if not name:
        return []
    if name not in PROVIDERS:
        return ["CONSULTA_MAIL_WEBHOOK"]
    wanted = {"CONSULTA_MAIL_WEBHOOK_SECRET": ":" in settings.MAIL_WEBHOOK_SECRET}
    if PROVIDERS[name].signs:
        wanted["CONSULTA_MAIL_WEBHOOK_KEY"] = bool(settings.MAIL_WEBHOOK_KEY)
    return [setting for setting, there in wanted.items() if not there]


def keep(handed: Handed) -> str:
    """Keep a letter for good; its path. Raises SpoolFullError, AddressesUnknownError."""
    told = letterbox.Envelope(
        sender=addressed.sender(handed.raw) if handed.sender is None else handed.sender[:320],
        recipients=addressed.recipients(handed.raw, told=handed.recipients),
        arrived_at=datetime.now(UTC),
        via="webhook",
    )
    return letterbox.put(told, handed.raw)


def _mailgun(request: HttpRequest) -> Iterator[Handed]:
    told = {name: request.POST[name].encode("latin-1") for name in ("sender", "recipient")}
    yield Handed(
        request.POST["body-mime"].encode("latin-1"),
        (told["recipient"].decode("utf-8", "replace"),),
        told["sender"].decode("utf-8", "replace"),
    )


def _mandrill(request: HttpRequest) -> Iterator[Handed]:
    for event in json.loads(request.POST["mandrill_events"]):
        if event["event"] == "inbound":
            yield Handed(_bytes(event["msg"]["raw_msg"]), (str(event["msg"]["email"]),))


def _postmark(request: HttpRequest) -> Iterator[Handed]:
    told = json.loads(request.body)
    first = (told.get("Headers") or [{}])[0]
    path = first["Value"].strip("<> ") if first.get("Name", "").lower() == "return-path" else None
    yield Handed(_bytes(told["RawEmail"]), (str(told.get("OriginalRecipient", "")),), path)


def _sparkpost(request: HttpRequest) -> Iterator[Handed]:
    for event in json.loads(request.body):
        if not event["msys"]:  # it only looks whether anybody is there
            continue
        told: dict[str, Any] = event["msys"]["relay_message"]
        coded, text = told["content"]["email_rfc822_is_base64"], told["content"]["email_rfc822"]
        raw = b64decode(text) if coded else _bytes(text)
        yield Handed(raw, (str(told["rcpt_to"]),), str(told["msg_from"]))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


PROVIDERS = {
    "mailgun": Provider(MailgunInboundWebhookView, _mailgun, signs=True),
    "mandrill": Provider(MandrillCombinedWebhookView, _mandrill, signs=True),
    "postmark": Provider(PostmarkInboundWebhookView, _postmark),
    "sparkpost": Provider(SparkPostInboundWebhookView, _sparkpost),
}
