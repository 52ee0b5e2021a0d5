"""What is told because a date comes: at its time, late if it is of use, never twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consulta.consultations.models import Consultation
from consulta.ledger.models import Entry
from consulta.mailroom.models import OutgoingMail
from consulta.meetings.models import Meeting
from consulta.notices import mailing, reminding, telling
from consulta.notices.models import Notice
from consulta.notices.telling import Kind

CLOSES_AT = datetime(2027, 3, 10, 22, 59, 59, tzinfo=UTC)  # 10 March, 23:59:59 in Zurich
OPENS_AT = datetime(2027, 2, 1, 8, tzinfo=UTC)


@pytest.fixture
def dated(consultation) -> Consultation:
    """Announced in January, open from 1 February to 10 March 2027."""
    consultation.announced_at = OPENS_AT - timedelta(days=10)
    consultation.opens_at, consultation.closes_at = OPENS_AT, CLOSES_AT
    consultation.save()
    return consultation


def at(day: int, hour: int = 0, minute: int = 0, *, month: int = 3) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


def kinds(now: datetime) -> list[str]:
    """What one sweep tells."""
    before = set(Notice.objects.values_list("pk", flat=True))
    reminding.remind_due(now)
    return sorted(Notice.objects.exclude(pk__in=before).values_list("kind", flat=True))


def test_everything_is_told_in_its_time(dated):
    told = [
        (when, kinds(when))
        for when in (
            OPENS_AT - timedelta(seconds=1), OPENS_AT, at(3, 7, 59), at(3, 8), at(4), at(8, 7, 59),
            at(8, 8), at(10), CLOSES_AT, CLOSES_AT + timedelta(seconds=1), at(12),
        )
    ]  # fmt: skip
    assert [(when, found) for when, found in told if found] == [
        (OPENS_AT, ["opened"]),
        (at(3, 8), ["week-left"]),  # nine in the morning in Zurich
        (at(8, 8), ["days-left"]),
        (CLOSES_AT + timedelta(seconds=1), ["closed"]),
    ]


@pytest.mark.parametrize(
    ("up_again", "told"),
    [
        (at(3, 20), ["week-left"]),
        (at(4, 20), ["week-left"]),
        (at(5), []),  # five days are left by then in Zurich's calendar
        (at(7), []),
        (at(9), ["days-left"]),
        (at(10, 22), ["days-left"]),
        (at(11), ["closed"]),
        (at(17, 20), ["closed"]),
        (at(18), []),
    ],
)
def test_after_a_stop_what_is_still_of_use_is_told_late_and_nothing_else(dated, up_again, told):
    telling.tell(dated, Kind.OPENED, at=OPENS_AT)

    assert kinds(up_again) == told


@pytest.mark.parametrize(
    ("now", "title"),
    [(at(3, 8), "7 days left"), (at(4, 8), "6 days left"), (at(8, 8), "2 days left"),
     (at(9, 8), "1 day left"), (at(10, 8), "Last day")],
)  # fmt: skip
def test_a_reminder_counts_the_days_that_are_left_when_it_is_told(dated, follow, now, title):
    follow("a@example.org", confirmed_at=OPENS_AT)
    telling.tell(dated, Kind.OPENED, at=OPENS_AT - timedelta(days=1))
    reminding.remind_due(now)
    mailing.mail_due(now)

    subject = OutgoingMail.objects.get(recipient="a@example.org").subject
    assert subject == f"{title} to respond: Sample topic"


def test_a_restart_tells_nothing_again(dated):
    assert kinds(at(3, 8)) == ["week-left"]
    assert [kinds(at(3, 8, minute)) for minute in (0, 1, 2)] == [[], [], []]

    Notice.objects.all().delete()  # the control: it is the row that keeps it from being told again
    assert kinds(at(3, 9)) == ["week-left"]


def test_a_sweep_that_breaks_off_is_made_up_for_by_the_next(dated, monkeypatch):
    tell = telling.tell

    def dies(*args, **kwargs):
        tell(*args, **kwargs)
        raise KeyboardInterrupt

    monkeypatch.setattr(reminding.telling, "tell", dies)
    with pytest.raises(KeyboardInterrupt):
        reminding.remind_due(at(3, 8))
    assert not Notice.objects.exists()

    monkeypatch.setattr(reminding.telling, "tell", tell)
    assert kinds(at(3, 8)) == ["week-left"]


def test_a_deadline_that_moved_is_reminded_of_again(dated):
    assert kinds(at(3, 8)) == ["week-left"]
    dated.closes_at = CLOSES_AT + timedelta(days=14)
    dated.save()

    assert kinds(at(8, 8)) == []
    assert kinds(at(17, 8)) == ["week-left"]
    assert [n.due_on for n in Notice.objects.order_by("pk")] == [
        date(2027, 3, 10),
        date(2027, 3, 24),
    ]


def test_the_database_keeps_a_second_notice_of_one_date_out(dated):
    of = ("responses_due", date(2027, 3, 10))
    telling.tell(dated, Kind.WEEK_LEFT, at=at(3), of=of)
    notice = Notice(
        consultation=dated, kind=Kind.WEEK_LEFT, at=at(3), milestone=of[0], due_on=of[1]
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save()


def test_who_is_told_of_the_opening_is_not_reminded_on_the_same_day(dated):
    dated.opens_at = at(3, 7)
    dated.save()
    assert kinds(at(3, 9)) == ["opened"]
    assert kinds(at(4, 9)) == []
    assert kinds(at(8, 9)) == ["days-left"]


@pytest.mark.parametrize("change", ["cancelled", "draft", "record"])
def test_what_is_cancelled_a_draft_or_of_the_record_is_told_of_nothing(dated, change):
    if change == "cancelled":
        dated.cancelled_at, dated.cancellation_reason = at(1), "x"
    dated.announced_at = None if change == "draft" else dated.announced_at
    dated.is_record = change == "record"
    dated.save()

    assert [kinds(when) for when in (OPENS_AT, at(3, 8), at(8, 8), at(11))] == [[], [], [], []]


def test_the_open_meeting_is_told_of_7_and_2_days_before_and_again_when_it_moved(
    dated, follow, respond
):
    follow("follower@example.org", confirmed_at=OPENS_AT)
    respond("respondent@example.org", arrived_at=OPENS_AT)
    meeting = Meeting.objects.create(kind="open", slug="open-1", starts_on=date(2027, 4, 20))
    dated.open_meeting = meeting
    dated.save()
    assert kinds(at(11)) == ["closed"]

    assert [kinds(at(day, 9, month=4)) for day in (12, 13, 14, 17, 18, 19, 20)] == [
        [], ["meeting-in-a-week"], [], [], ["meeting-soon"], [], [],
    ]  # fmt: skip
    meeting.starts_on, meeting.is_provisional = date(2027, 4, 27), True
    meeting.save()
    assert kinds(at(20, 9, month=4)) == ["meeting-in-a-week"]

    mailing.mail_due(at(20, 9, month=4))
    for address in ("follower@example.org", "respondent@example.org"):
        mail = OutgoingMail.objects.filter(recipient=address).latest("pk")
        assert mail.subject == "Open meeting in 7 days: Sample topic"
        assert "begins on 27 April 2027. The date is provisional." in mail.masked_text
        assert "/en/meetings/open-1/" in mail.masked_text


def test_what_pages_show_is_in_the_ledger_and_what_is_only_mailed_is_not(dated):
    reminding.remind_due(at(3, 8))
    assert not Entry.objects.filter(act="notice_told").exists()
    reminding.remind_due(at(11))
    assert Entry.objects.get(act="notice_told").shows == "pages"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.integers(0, 60 * 24 * 50), max_size=40))
def test_whenever_the_sweeps_come_no_kind_is_due_when_it_is_of_no_use(minutes):
    made = Consultation(opens_at=OPENS_AT, closes_at=CLOSES_AT, timezone="Europe/Zurich")
    for minute in minutes:
        now = OPENS_AT + timedelta(minutes=minute)
        due = {d.kind for d in reminding.dates(made) if d.is_due(now)}
        left = CLOSES_AT - now
        assert (Kind.CLOSED in due) == (timedelta(days=-7) < left < timedelta(0))
        assert Kind.WEEK_LEFT not in due or timedelta(days=5) < left < timedelta(days=8)
        assert Kind.DAYS_LEFT not in due or timedelta(0) < left < timedelta(days=3)
        assert len(due) <= 1
