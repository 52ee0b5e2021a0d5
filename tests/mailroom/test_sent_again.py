"""A mail that failed is sent again by a person, as it was, and the ledger knows by whom."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from consulta.accounts.models import User
from consulta.ledger.models import Entry
from consulta.mailroom import books, delivery, outbox
from consulta.mailroom.models import OutgoingMail

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


@pytest.fixture
def officer() -> User:
    return User.objects.create(email="officer@example.org")


@pytest.fixture
def failed(settings: Any) -> OutgoingMail:
    """A mail that nobody could be reached for in five days."""
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    message = EmailMessage("Your code", "The code is 482913.", to=["ana@example.org"])
    (mail,) = outbox.send(message, secrets=["482913"])
    delivery.deliver_due(timezone.now() + timedelta(days=5, seconds=1))
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    return mail


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    return tmp_path / "post"


def test_it_goes_as_it_was_and_the_desk_never_sees_its_secret(failed, officer, settings, folder):
    settings.EMAIL_URL = f"file://{folder}"

    assert books.try_now(failed.pk, by=officer)
    assert delivery.deliver_due(timezone.now()) == 1

    [file] = folder.iterdir()
    assert b"482913" in file.read_bytes()
    failed.refresh_from_db()
    assert (failed.state, failed.raw, failed.attempts) == (State.SENT, None, 1)
    assert "482913" not in failed.masked_text + failed.subject


def test_the_ledger_knows_who_did_it_and_nothing_of_the_mail(failed, officer):
    books.try_now(failed.pk, by=officer)

    entry = Entry.objects.get(act="mail_sent_again")
    assert (entry.by, entry.subject) == (f"user:{officer.pk}", f"mailroom.outgoingmail:{failed.pk}")


def test_it_has_five_days_again(failed, officer):
    books.try_now(failed.pk, by=officer)

    delivery.deliver_due(timezone.now() + timedelta(days=4))
    failed.refresh_from_db()
    assert failed.state == State.QUEUED
    delivery.deliver_due(timezone.now() + timedelta(days=5, seconds=1))
    failed.refresh_from_db()
    assert failed.state == State.FAILED


def test_one_that_waits_is_tried_at_once_and_that_is_no_act(failed, officer):
    books.try_now(failed.pk, by=officer)
    delivery.deliver_due(timezone.now() + timedelta(seconds=1))
    assert delivery.deliver_due(timezone.now()) == 0

    assert books.try_now(failed.pk, by=officer)

    assert OutgoingMail.objects.get().next_attempt_at <= timezone.now()
    assert Entry.objects.filter(act="mail_sent_again").count() == 1


def test_what_was_sent_or_wiped_cannot_go_again(failed, officer, settings, folder):
    delivery.forget(timezone.now() + timedelta(days=40))
    failed.refresh_from_db()
    assert failed.raw is None
    assert (books.try_now(failed.pk, by=officer), books.can_go_again(failed)) == (False, False)

    settings.EMAIL_URL = f"file://{folder}"
    (sent,) = outbox.send(EmailMessage("x", "y", to=["ana@example.org"]))
    delivery.deliver_due(timezone.now())
    assert not books.try_now(sent.pk, by=officer)


def test_all_that_failed_go_again_at_once(failed, officer):
    outbox.send(EmailMessage("x", "y", to=["ben@example.org", "eva@example.org"]))
    for minutes in range(3):
        delivery.deliver_due(timezone.now() + timedelta(days=5, minutes=minutes))
    count = books.failed_that_can_go_again()
    assert count == 3

    assert books.send_all_again(by=officer) == count
    assert (books.failed_that_can_go_again(), books.failed_count()) == (0, 0)


def test_what_waits_because_of_the_server_is_counted_with_the_servers_words(failed, officer):
    assert books.stuck() is None, "a mail that failed does not wait"
    books.try_now(failed.pk, by=officer)
    delivery.deliver_due(timezone.now() + timedelta(seconds=1))

    stuck = books.stuck()

    assert stuck is not None
    assert (stuck.count, stuck.since) == (1, failed.created_at)
    assert "refused" in stuck.error
