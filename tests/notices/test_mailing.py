"""Who follows and who responded is told, each once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.core.submission import Sender
from consulta.flow import journey
from consulta.mailroom.models import OutgoingMail
from consulta.notices import mailing, telling
from consulta.notices.models import Follow
from consulta.notices.telling import Kind


@pytest.fixture
def follow(consultation):
    def _follow(email, **changes):
        then = timezone.now() - timedelta(days=1)
        values = {"confirmed_at": then, "language": "en"} | changes
        return Follow.objects.create(
            consultation=consultation, email=email, token_hash=email, asked_at=then, **values
        )

    return _follow


@pytest.fixture
def respond(submission):
    def _respond(email, *, confirmed=True):
        sender = Sender(email, authenticated=confirmed)
        journey.submission_arrives(submission(sender=sender))

    return _respond


def told() -> list[str]:
    mails = OutgoingMail.objects.filter(about__startswith="notices.notice")
    return sorted(mails.values_list("recipient", flat=True))


def test_an_extension_is_told_to_followers_and_respondents_each_once(consultation, follow, respond):
    follow("follower@example.org")
    follow("both@example.org")
    follow("asked@example.org", confirmed_at=None)
    follow("ended@example.org", ended_at=timezone.now())
    respond("both@example.org")
    respond("twice@example.org")
    respond("twice@example.org")
    respond("unconfirmed@example.org", confirmed=False)
    now = timezone.now()
    telling.tell(consultation, Kind.EXTENDED, at=now, old_at="2027-01-04", new_at="2027-01-11")

    assert mailing.mail_due(now) == 3
    assert mailing.mail_due(now) == 0
    assert told() == ["both@example.org", "follower@example.org", "twice@example.org"]
    mail = OutgoingMail.objects.get(recipient="follower@example.org")
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in bytes(mail.raw)
    assert "11 January 2027 instead of 4 January 2027" in mail.masked_text


def test_the_opening_is_told_to_followers_alone(consultation, follow, respond):
    follow("follower@example.org")
    respond("respondent@example.org")
    telling.tell(consultation, Kind.OPENED, at=timezone.now(), closes_at="2027-01-04")

    mailing.mail_due(timezone.now())

    assert told() == ["follower@example.org"]


def test_many_are_told_in_batches_and_nobody_twice(consultation, follow, monkeypatch):
    monkeypatch.setattr(mailing, "BATCH", 3)
    for number in range(7):
        follow(f"f{number}@example.org")
    telling.tell(consultation, Kind.REPORT, at=timezone.now())

    assert [mailing.mail_due(timezone.now()) for _ in range(4)] == [3, 3, 1, 0]
    assert told() == [f"f{number}@example.org" for number in range(7)]
