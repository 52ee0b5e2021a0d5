"""Mail that goes out is signed so that others can check it: dkimpy, another's code, is the judge."""

import stat
from datetime import UTC, datetime
from email import message_from_bytes

import dkim
import pytest
from django.core.mail import EmailMessage

from consulta.mailroom import outbox, signing

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HEADERS = [
    (b"From", b'"Ana via SG" <list@localhost>'),
    (b"Subject", b"=?utf-8?q?Ein?=\r\n =?utf-8?q?_Wort?="),
    (b"X-Other", b"not signed"),
]
BODY = b"A  word\t here.  \r\n\r\nAnother.\r\n\r\n\r\n"
NAMES = (b"from", b"subject", b"list-unsubscribe")


def record(name, timeout=5):
    told, text = signing.record()
    return text.encode() if name == f"{told}.".encode() else None


def made(headers=HEADERS, body=BODY):
    signature = signing.sign(headers, body, names=NAMES, at=NOW)
    return signature + b"".join(n + b": " + v + b"\r\n" for n, v in headers) + b"\r\n" + body


def test_the_signature_is_valid_by_the_published_record():
    assert dkim.verify(made(), dnsfunc=record)


@pytest.mark.parametrize(
    "body",
    [b"", b"\r\n", b"One line\r\n", b"x \r\n \r\n\t\r\n", b" \t x", b"\r\n\r\nAfter two\r\n"],
)
def test_bodies_of_every_shape_are_signed(body):
    assert dkim.verify(made(body=body), dnsfunc=record)


def test_a_changed_word_an_added_header_or_another_key_breaks_it(settings, tmp_path):
    raw = made()

    assert not dkim.verify(raw.replace(b"Another", b"An other"), dnsfunc=record)
    assert not dkim.verify(raw.replace(b"Ana via", b"Eve via"), dnsfunc=record)
    assert not dkim.verify(raw.replace(b"X-Other: not", b"List-Unsubscribe: not"), dnsfunc=record)
    (tmp_path / signing.KEY).unlink()
    assert not dkim.verify(raw, dnsfunc=record)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path):
    first = signing.record()

    assert signing.record() == first
    assert stat.S_IMODE((tmp_path / signing.KEY).stat().st_mode) == 0o600


def test_a_key_from_the_settings_is_used(settings, tmp_path):
    signing.key()
    pem = (tmp_path / signing.KEY).read_text()
    standing = signing.record()
    (tmp_path / signing.KEY).unlink()
    settings.DKIM_KEY = pem

    assert signing.record() == standing
    assert not (tmp_path / signing.KEY).exists()


def test_a_setting_that_holds_no_key_is_refused(settings):
    settings.DKIM_KEY = "nonsense"

    with pytest.raises(signing.KeyUnusableError):
        signing.key()


def test_a_mail_of_the_outbox_is_signed_where_there_is_a_key(mail_of_ours):
    raw = bytes(mail_of_ours().raw)
    assert signing.signed(raw, at=NOW) == raw  # no key yet

    signing.record()
    sent = signing.signed(raw, at=NOW)

    assert dkim.verify(sent, dnsfunc=record)
    assert sent.isascii()
    assert "Réponse reçue" in message_from_bytes(sent).get_payload(decode=True).decode()
    assert not dkim.verify(
        sent.replace(b"Auto-Submitted: auto-gen", b"X: auto-gen"), dnsfunc=record
    )


def test_another_domain_is_not_signed_for(mail_of_ours):
    signing.record()
    raw = bytes(mail_of_ours(sender="office@elsewhere.example").raw)

    assert signing.signed(raw, at=NOW) == raw


def test_a_key_that_cannot_be_read_keeps_no_mail_back(mail_of_ours, settings):
    settings.DKIM_KEY = "no key"
    raw = bytes(mail_of_ours().raw)

    assert signing.signed(raw, at=NOW) == raw


@pytest.fixture
def mail_of_ours(db):
    def _mail(sender="office@localhost"):
        headers = {"Auto-Submitted": "auto-generated"}
        message = EmailMessage(
            "Réponse", "Réponse reçue.\n" + "x" * 200, sender, ["a@b.example"], headers=headers
        )
        return outbox.send(message)[0]

    return _mail
