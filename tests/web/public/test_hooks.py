"""A provider hands letters over: only the provider, only whole letters, 200 only when they are on disk."""

import base64
import errno
import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from django.test import Client, RequestFactory

from consulta.mailroom import durable, letterbox, webhooks

RAW = "From: Ana <ana@example.org>\r\nTo: <consultation-11@localhost>\r\n\r\nWé agree.\r\n".encode()
LATIN = b"From: ana@example.org\r\nSubject: x\r\n\r\nD\xe9j\xe0 vu.\r\n"
US = "consultation-11@localhost"
SECRET, KEY = "provider:a-long-secret", "key-of-the-provider"


@pytest.fixture(autouse=True)
def _addresses():
    letterbox.write_addresses(["consultation-11"])


@pytest.fixture
def hooked(settings: Any):
    """Chooses a provider."""

    def choose(name: str, *, secret: str = SECRET, key: str = KEY) -> None:
        settings.MAIL_WEBHOOK, settings.MAIL_WEBHOOK_SECRET = name, secret
        settings.MAIL_WEBHOOK_KEY = key
        settings.ANYMAIL = {
            "WEBHOOK_SECRET": secret,
            "MAILGUN_WEBHOOK_SIGNING_KEY": key,
            "MANDRILL_WEBHOOK_KEY": key,
        }

    return choose


def path(name: str) -> str:
    return f"/hooks/mail/{name}/mime"


def proof(secret: str = SECRET) -> dict[str, str]:
    return {"authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}


def postmark(raw: bytes = RAW, **changes: Any) -> bytes:
    told = {
        "RawEmail": raw.decode(),
        "OriginalRecipient": US,
        "Headers": [{"Name": "Return-Path", "Value": "<bounces@example.org>"}],
    }
    return json.dumps(told | changes).encode()


def hand_over(body: bytes, *, headers: dict[str, str] | None = None) -> int:
    answer = Client().post(
        path("postmark"), body, content_type="application/json", headers=headers or proof()
    )
    return answer.status_code


def kept() -> tuple[tuple[str, ...], str, str, bytes]:
    [one] = letterbox.new(10)
    envelope, content = letterbox.read(one)
    return envelope.recipients, envelope.sender, envelope.via, content


def test_postmark(hooked):
    hooked("postmark")

    assert hand_over(postmark()) == 200
    assert kept() == ((US,), "bounces@example.org", "webhook", RAW)


@pytest.mark.parametrize("raw", [RAW, LATIN])
def test_mailgun_byte_for_byte(hooked, raw):
    hooked("mailgun")
    at, token = str(int(time.time())), "t" * 50
    signature = hmac.new(KEY.encode(), f"{at}{token}".encode(), hashlib.sha256).hexdigest()
    fields = {
        "timestamp": at,
        "token": token,
        "signature": signature,
        "sender": "ana@example.org",
        "recipient": US,
        "body-mime": raw,
    }
    body = b"".join(
        b'--edge\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (name.encode(), value if isinstance(value, bytes) else value.encode())
        for name, value in fields.items()
    )
    kind = "multipart/form-data; boundary=edge"
    whole = body + b"--edge--\r\n"
    forged = whole.replace(signature.encode(), b"0" * 64)

    assert Client().post(path("mailgun"), forged, kind, headers=proof()).status_code == 403
    assert letterbox.new(10) == []
    assert Client().post(path("mailgun"), whole, kind, headers=proof()).status_code == 200
    assert kept() == ((US,), "ana@example.org", "webhook", raw)


def test_mandrill(hooked):
    hooked("mandrill")
    events = json.dumps([{"event": "inbound", "msg": {"raw_msg": RAW.decode(), "email": US}}])
    address = f"http://testserver{path('mandrill')}".replace("://", f"://{SECRET}@")
    signed = hmac.new(KEY.encode(), f"{address}mandrill_events{events}".encode(), hashlib.sha1)
    headers = proof() | {"X-Mandrill-Signature": base64.b64encode(signed.digest()).decode()}

    answer = Client().post(path("mandrill"), {"mandrill_events": events}, headers=headers)

    assert answer.status_code == 200
    assert kept() == ((US,), "ana@example.org", "webhook", RAW)


@pytest.mark.parametrize("coded", [False, True])
def test_sparkpost_may_hand_over_several_and_may_ask_whether_anybody_is_there(hooked, coded):
    hooked("sparkpost")
    raw = LATIN if coded else RAW
    text = base64.b64encode(raw).decode() if coded else raw.decode()
    content = {"email_rfc822": text, "email_rfc822_is_base64": coded}
    relayed = {"content": content, "rcpt_to": US, "msg_from": "", "protocol": "smtp"}
    events = [{"msys": {}}, {"msys": {"relay_message": relayed}}]

    answer = Client().post(
        path("sparkpost"), json.dumps(events), content_type="application/json", headers=proof()
    )

    assert answer.status_code == 200
    assert kept() == ((US,), "", "webhook", raw)


@pytest.mark.parametrize("headers", [{"accept": "*/*"}, proof("provider:guessed"), proof("x")])
def test_who_does_not_know_the_secret_hands_nothing_over(hooked, headers):
    hooked("postmark")

    assert hand_over(postmark(), headers=headers) == 403
    assert letterbox.new(10) == []


@pytest.mark.parametrize(
    ("provider", "secret", "key"),
    [("", SECRET, KEY), ("postmark", "", KEY), ("sparkpost", SECRET, KEY), ("mailgun", SECRET, "")],
)
def test_without_a_provider_and_its_secret_there_is_no_such_address(hooked, provider, secret, key):
    hooked(provider, secret=secret, key=key)

    assert hand_over(postmark()) == 404
    assert Client().head(path("mailgun")).status_code == 404


def test_what_is_not_set_is_named(hooked):
    hooked("mailgun", secret="", key="")
    assert webhooks.missing() == ["CONSULTA_MAIL_WEBHOOK_SECRET", "CONSULTA_MAIL_WEBHOOK_KEY"]
    hooked("nobody")
    assert webhooks.missing() == ["CONSULTA_MAIL_WEBHOOK"]
    hooked("postmark")
    assert webhooks.missing() == []


def test_a_letter_that_comes_in_pieces_is_not_taken_and_the_provider_keeps_it(hooked):
    hooked("postmark")

    assert hand_over(json.dumps({"TextBody": "Words."}).encode()) == 422
    assert hand_over(b"{") == 422
    assert letterbox.new(10) == []


def test_on_a_full_disk_the_provider_is_asked_to_come_again_and_nothing_is_left(
    hooked, monkeypatch
):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    hooked("postmark")
    with monkeypatch.context() as patched:
        patched.setattr(durable.os, "fsync", full)
        assert hand_over(postmark()) == 503

    assert letterbox.new(10) == []
    assert hand_over(postmark()) == 200


def test_before_the_addresses_are_known_the_provider_is_asked_to_come_again(hooked):
    hooked("postmark")
    (letterbox.Path(letterbox.settings.DATA) / letterbox.ADDRESSES).unlink()

    assert hand_over(postmark()) == 503


def test_a_letter_to_an_address_of_the_providers_own_goes_to_whom_its_header_names(hooked):
    hooked("postmark")

    assert hand_over(postmark(OriginalRecipient="x@inbound.example.net")) == 200
    assert kept()[0] == (US,)


def test_a_letter_to_nobody_we_know_is_kept_for_a_person(hooked):
    hooked("postmark")
    raw = RAW.replace(b"consultation-11", b"nobody")

    assert hand_over(postmark(raw, OriginalRecipient="nobody@localhost")) == 200
    assert kept()[0] == ("postmaster@localhost",)


def test_reading_the_address_shows_nothing(hooked):
    hooked("postmark")

    assert Client().get(path("postmark")).status_code == 405
    assert Client().head(path("postmark")).status_code == 200


def test_a_letter_of_a_bounce_has_no_sender(hooked):
    hooked("postmark")
    headers = [{"Name": "Return-Path", "Value": "<>"}]

    assert hand_over(postmark(Headers=headers)) == 200
    assert kept()[1] == ""


def test_the_letter_is_on_disk_before_the_provider_is_told(hooked, monkeypatch, rf: RequestFactory):
    """The control: a hook that says 200 first would be seen here."""
    hooked("postmark")
    flushed = []
    flush = durable.os.fsync
    monkeypatch.setattr(durable.os, "fsync", lambda handle: (flushed.append(1), flush(handle)))

    assert hand_over(postmark()) == 200
    assert len(flushed) >= 2
