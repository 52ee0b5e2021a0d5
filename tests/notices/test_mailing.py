"""Who follows and who responded is told, each once."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from consulta.mailroom import outbox
from consulta.mailroom.models import OutgoingMail
from consulta.notices import following, mailing, telling
from consulta.notices.models import Follow, Notice, Reminder
from consulta.notices.telling import Kind
from consulta.responses import withdrawal
from consulta.responses.models import Response


def told() -> list[str]:
    mails = OutgoingMail.objects.filter(about__startswith="notices.notice")
    return sorted(mails.values_list("recipient", flat=True))


def mail_to(email: str):
    raw = bytes(OutgoingMail.objects.filter(recipient=email).latest("pk").raw)
    return message_from_bytes(raw, policy=policy.default)


def week_left(consultation, *, at=None):
    on = consultation.closes_at.date()
    closes_at = consultation.closes_at.isoformat()
    told_of = ("responses_due", on)
    at = at or timezone.now()
    return telling.tell(
        consultation, Kind.WEEK_LEFT, at=at, of=told_of, closes_at=closes_at, days="7"
    )


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


def test_who_follows_a_group_or_everything_is_told_too_and_once(consultation, group, follow):
    follow("one@example.org")
    follow("group@example.org", consultation=None, group=group)
    follow("all@example.org", consultation=None)
    for scope in ({}, {"consultation": None, "group": group}, {"consultation": None}):
        follow("thrice@example.org", **scope)
    consultation.group = group
    consultation.save()
    telling.tell(consultation, Kind.CORRIGENDUM, at=timezone.now(), text="x")

    mailing.mail_due(timezone.now())

    assert told() == [
        "all@example.org",
        "group@example.org",
        "one@example.org",
        "thrice@example.org",
    ]
    assert "you follow the consultations of this group" in str(mail_to("group@example.org"))
    assert "you follow all consultations" in str(mail_to("all@example.org"))


def test_who_follows_another_group_or_consultation_is_not_told(
    consultation, running, group, follow
):
    follow("group@example.org", consultation=None, group=group)
    follow("other@example.org", consultation=running)
    telling.tell(consultation, Kind.CORRIGENDUM, at=timezone.now(), text="x")

    mailing.mail_due(timezone.now())

    assert told() == []


def test_who_responded_needs_no_reminder_to_respond(consultation, follow, respond):
    follow("waits@example.org")
    follow("responded@example.org")
    follow("forged@example.org")
    follow("withdrew@example.org")
    respond("responded@example.org")
    respond("forged@example.org", confirmed=False)
    number = respond("withdrew@example.org").number
    withdrawal.withdraw(Response.objects.get(number=number))
    week_left(consultation)

    mailing.mail_due(timezone.now())

    assert told() == ["forged@example.org", "waits@example.org", "withdrew@example.org"]


def test_of_a_report_in_further_languages_only_their_readers_are_told(
    consultation, follow, respond
):
    follow("en@example.org")
    follow("fr@example.org", language="fr")
    respond("respondent@example.org")
    now = timezone.now()
    for language, everyone in (("en", 3), ("fr", 1)):
        telling.tell(consultation, Kind.REPORT, at=now, language=language)
        assert mailing.mail_due(now) == everyone


def test_a_reminder_is_mailed_once_for_each_follow_milestone_day_and_kind(consultation, follow):
    """A restart or a notice that was lost mails nothing twice; only without the row it would."""
    follow("a@example.org")
    follow("b@example.org")
    now = timezone.now()
    week_left(consultation)
    assert mailing.mail_due(now) == 2

    Notice.objects.update(mailed_at=None, last_follow=0)
    assert mailing.mail_due(now) == 0
    Notice.objects.all().delete()
    week_left(consultation)
    assert mailing.mail_due(now) == 0
    assert told() == ["a@example.org", "b@example.org"]

    Reminder.objects.all().delete()  # the control: this test sees a second mail
    Notice.objects.update(mailed_at=None, last_follow=0)
    assert mailing.mail_due(now) == 2
    assert len(told()) == 4


def test_a_batch_that_breaks_off_midway_mails_nobody_twice_and_forgets_nobody(
    consultation, follow, monkeypatch
):
    for number in range(5):
        follow(f"f{number}@example.org")
    week_left(consultation)
    sent, send = [], outbox.send

    def dies(message, **kwargs):
        sent.append(message)
        if len(sent) == 3:
            raise KeyboardInterrupt
        return send(message, **kwargs)

    monkeypatch.setattr(outbox, "send", dies)
    with pytest.raises(KeyboardInterrupt):
        mailing.mail_due(timezone.now())
    assert told() == []
    assert not Reminder.objects.exists()

    for _again in range(2):
        mailing.mail_due(timezone.now())

    assert told() == [f"f{number}@example.org" for number in range(5)]


def test_an_address_that_cannot_be_mailed_keeps_nobody_waiting(consultation, follow):
    follow("écrit@example.org")
    follow("b@example.org")
    week_left(consultation)

    mailing.mail_due(timezone.now())

    assert told() == ["b@example.org"]
    assert Notice.objects.get().mailed_at is not None


def test_every_mail_can_be_ended_by_one_click(consultation, follow, respond):
    follow("follower@example.org")
    respond("respondent@example.org")
    telling.tell(consultation, Kind.CLOSED, at=timezone.now(), closes_at="2027-01-04")
    mailing.mail_due(timezone.now())

    for address in ("follower@example.org", "respondent@example.org"):
        mail = mail_to(address)
        link = mail["List-Unsubscribe"].strip(" <>")
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert link in mail.get_content()
        assert mail["Auto-Submitted"] == "auto-generated"
        secret = link.rstrip("/").split("/")[-2]
        assert secret not in OutgoingMail.objects.filter(recipient=address).latest("pk").masked_text
        following.end(secret, now=timezone.now())
    assert Follow.objects.filter(ended_at__isnull=False).count() == 2

    telling.tell(consultation, Kind.REPORT, at=timezone.now())
    assert mailing.mail_due(timezone.now()) == 0


def test_a_deadline_stands_in_the_mail_by_the_clock_of_the_body_and_in_utc(consultation, follow):
    follow("en@example.org")
    follow("ar@example.org", language="ar")
    notice = week_left(consultation, at=timezone.now())
    notice.parameters["closes_at"] = "2027-01-04T22:59:59+00:00"
    notice.save()

    mailing.mail_due(timezone.now())

    english, arabic = mail_to("en@example.org"), mail_to("ar@example.org")
    assert english["Subject"] == "7 days left to respond: Sample topic"
    text = english.get_content()
    assert "until 4 January 2027, 23:59 (Central European Standard Time)." in text
    assert "The deadline in UTC: 4 January 2027, 22:59 (UTC)." in text
    assert "4 يناير 2027" in arabic.get_content()
    assert "/ar/consultations/sample-topic/" in arabic.get_content()


def test_who_follows_since_the_notice_is_not_told_of_it(consultation, follow):
    follow("late@example.org", confirmed_at=timezone.now())
    telling.tell(consultation, Kind.REPORT, at=timezone.now() - timedelta(hours=1))

    assert mailing.mail_due(timezone.now()) == 0
