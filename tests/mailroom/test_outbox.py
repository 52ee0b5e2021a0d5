"""A mail is a row in the act's own transaction, its secrets masked."""

import email
from email import policy

import pytest
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from consulta.mailroom import outbox
from consulta.mailroom.models import OutgoingMail

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


def letter(**given: object) -> EmailMessage:
    values = {"subject": "Your code", "body": "It is 482913.", "to": ["ana@example.org"], **given}
    return EmailMessage(**values)  # type: ignore[arg-type]


def test_a_mail_is_queued_with_its_message_and_its_text() -> None:
    (mail,) = outbox.send(letter(body="Été, 是, نعم"))
    mail = OutgoingMail.objects.get(pk=mail.pk)
    read = email.message_from_bytes(bytes(mail.raw or b""), policy=policy.default)
    assert (mail.state, mail.recipient, mail.masked_text) == (
        State.QUEUED,
        "ana@example.org",
        "Été, 是, نعم",
    )
    assert (read["Message-ID"], read.get_content().strip()) == (mail.message_id, "Été, 是, نعم")


def test_each_recipient_has_a_row_and_a_hidden_one_stays_hidden() -> None:
    mails = outbox.send(letter(cc=["bo@example.org"], bcc=["cy@example.org", "ana@example.org"]))
    assert [mail.recipient for mail in mails] == [
        "ana@example.org",
        "bo@example.org",
        "cy@example.org",
    ]
    assert all(b"cy@example.org" not in bytes(mail.raw or b"") for mail in mails)


def test_a_mail_goes_when_its_act_is_rolled_back() -> None:
    with transaction.atomic():
        outbox.send(letter())
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


def test_secrets_are_masked_wherever_they_stand() -> None:
    message = letter(subject="Code 482913", body="482913, or https://example.org/s/482913x")
    message.secrets = ["482913"]  # type: ignore[attr-defined]
    (mail,) = outbox.send(message, secrets=["https://example.org/s/482913x"])
    assert (mail.subject, mail.masked_text) == ("Code ••••", "••••, or ••••")
    assert b"482913" in bytes(mail.raw or b"")


def test_an_answered_mail_is_found_by_its_token_which_is_not_stored() -> None:
    (mail,) = outbox.send(letter(body="reply+t0ken@example.org"), reply_token="t0ken")
    assert "t0ken" not in mail.masked_text + mail.reply_token
    assert [outbox.answered(token) for token in ("t0ken", "other", "")] == [mail, None, None]


def test_what_the_mail_is_about_is_kept() -> None:
    (first,) = outbox.send(letter())
    (second,) = outbox.send(letter(), subject=first)
    assert (first.about, second.about) == ("", f"mailroom.outgoingmail:{first.pk}")


def test_every_library_sends_through_the_outbox(settings) -> None:  # type: ignore[no-untyped-def]
    backend = get_connection("consulta.mailroom.outbox.OutboxBackend")
    assert backend.send_messages([letter(), letter(to=[])]) == 1
    assert OutgoingMail.objects.count() == 1


def test_a_domain_in_any_script_is_written_in_ascii() -> None:
    (mail,) = outbox.send(letter(to=["Анна <anna@почта.рф>"]))
    assert mail.recipient == "anna@xn--80a1acny.xn--p1ai"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"to": ["анна@example.org"]}, "before the @"),
        ({"to": ["ana@example.org\nBcc: all@example.org"]}, "line breaks"),
        ({"to": ["ana"]}, "not an e-mail address"),
        ({"to": ["ana@"]}, "not an e-mail address"),
        ({"subject": "Hello\r\nBcc: all@example.org"}, "line breaks"),
        ({"from_email": "x@example.org\r\nBcc: all@example.org"}, "line breaks"),
        ({"headers": {"List-Id": "x\r\nBcc: all@example.org"}}, "line breaks"),
    ],
)
def test_what_cannot_be_mailed_is_refused_with_a_reason(
    given: dict[str, object], words: str
) -> None:
    with pytest.raises(outbox.NotMailableError, match=words):
        outbox.send(letter(**given))
    assert not OutgoingMail.objects.exists()


def test_a_number_in_an_arabic_mail_is_not_shown_backwards():
    mail = outbox.send(EmailMessage("الرد 11-000142", "في 2026-11-20", to=["a@example.org"]))[0]

    assert (mail.subject, mail.masked_text) == (
        "الرد \u206611-000142\u2069",
        "في \u20662026-11-20\u2069",
    )
