"""Copies that come back count once a day; enough suspend, which is told and can be undone."""

from datetime import timedelta

import pytest

from consulta.mailroom.models import OutgoingMail
from consulta.reflector import addresses, bouncing, subscribing
from consulta.reflector.errors import LinkUnknownError
from tests.reflector.conftest import NOW

pytestmark = pytest.mark.django_db
REPORT = b"""From: MAILER-DAEMON@mx.example.org
Subject: Undelivered Mail
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

It failed.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ana@example.org
Action: %s
Status: %s
Diagnostic-Code: smtp; 550 no such person
--b--
"""
HARD, SOFT = REPORT % (b"failed", b"5.1.1"), REPORT % (b"delayed", b"4.2.2")
AWAY = (
    b"From: ana@example.org\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nI am away.\n"
)


def back(subscription, raw=HARD, *, day=0):
    word = addresses.seal("bounce", subscription.pk)
    outcome = bouncing.came_back(word, raw, now=NOW + timedelta(days=day))
    subscription.refresh_from_db()
    return outcome


def test_an_address_that_is_refused_for_good_is_suspended_on_the_third_day_and_told(subscribe):
    ana = subscribe("ana@example.org")

    assert [back(ana, day=day) for day in range(3)] == ["bounce", "bounce", "suspended"]
    assert not subscribing.is_served(ana)
    mail = OutgoingMail.objects.latest("pk")
    assert (mail.recipient, mail.subject) == (ana.email, "No more posts are sent to you for now")
    assert "came back with: smtp; 550 no such person" in mail.masked_text


def test_many_bounces_of_one_day_count_once(subscribe):
    ana = subscribe("ana@example.org")
    for _ in range(20):
        back(ana)

    assert (ana.points, ana.suspended_at) == (4, None)


def test_a_delay_counts_little_and_an_absence_nothing(subscribe):
    ana = subscribe("ana@example.org")

    assert (back(ana, SOFT), ana.points) == ("bounce", 1)
    assert (back(ana, AWAY, day=1), ana.points) == ("notice", 1)


def test_a_week_without_a_bounce_forgets_the_earlier_ones(subscribe):
    ana = subscribe("ana@example.org")
    back(ana), back(ana, day=1), back(ana, day=10)

    assert (ana.points, ana.suspended_at) == (4, None)


def test_a_suspended_subscription_begins_again_with_a_clean_sheet(subscribe):
    ana = subscribe("ana@example.org")
    for day in range(3):
        back(ana, day=day)

    subscribing.resume(ana)

    ana.refresh_from_db()
    assert subscribing.is_served(ana)
    assert (ana.points, ana.bounced_on, ana.bounce_reason) == (0, None, "")


def test_a_forged_address_of_bounces_suspends_nobody(subscribe):
    ana = subscribe("ana@example.org")

    with pytest.raises(LinkUnknownError):
        bouncing.came_back(f"{ana.pk}-{'0' * 24}", HARD, now=NOW)
    with pytest.raises(LinkUnknownError):
        bouncing.came_back(addresses.seal("leave", ana.pk), HARD, now=NOW)
