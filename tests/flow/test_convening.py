"""Acts that reach several rooms: everyone is told, and a moved meeting has its consultations judged."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from consulta.consultations import clock, queries
from consulta.consultations.errors import DeadlineShortenedError
from consulta.core.verdicts import Status
from consulta.flow import convening
from consulta.meetings import convening as meeting_convening
from consulta.meetings.models import Meeting
from consulta.notices import queries as notices
from consulta.notices import telling, wording
from tests.rounds import a_day, without


def kinds(consultation) -> list[str]:
    return [notice.kind for notice in notices.of_consultation(consultation)]


def test_everyone_is_told_of_opening_extension_correction_and_cancellation(draft, officer):
    convening.open_consultation(draft, by=officer)
    old = draft.closes_at
    convening.extend(draft, to=a_day(99), reason="Translations came late.", by=officer)
    convening.correct(draft, text="Read: islands.", language="en", by=officer)
    convening.cancel(draft, reason="No meeting.", by=officer)
    assert kinds(draft) == ["cancelled", "corrigendum", "extended", "opened"]
    extended = notices.of_consultation(draft)[2].parameters
    assert datetime.fromisoformat(extended["old_at"]) == old
    assert extended["reason"] == "Translations came late."


def test_what_was_refused_is_told_to_nobody(running, officer):
    with pytest.raises(DeadlineShortenedError):
        convening.extend(running, to=a_day(1), reason="Hurry", by=officer)
    assert kinds(running) == []


def test_a_cancelled_draft_is_told_to_nobody(draft, officer):
    convening.cancel(draft, reason="A slip.", by=officer)
    assert kinds(draft) == []


def test_new_meetings_and_the_consultation_that_hangs_on_them_come_in_one_act(plan, group, officer):
    meeting = meeting_convening.provisional(group, Meeting.Kind.GROUP, starts_on=a_day(120))
    made = convening.convene(without(plan, group_meeting=meeting), by=officer, meetings=(meeting,))
    assert made.group_meeting == meeting
    assert made.timetable["anchors"]["group_meeting.start"] == a_day(120).isoformat()


def test_a_moved_meeting_has_the_chain_judged_again_and_everyone_is_told(
    plan, next_meeting, group, officer
):
    first_monday = next_meeting.starts_on - timedelta(days=2)
    opened = Meeting.objects.create(
        group=group, kind="open", slug="open-1", starts_on=first_monday, ends_on=first_monday
    )
    row = convening.convene(without(plan, open_meeting=opened), by=officer)
    convening.open_consultation(row, by=officer)
    convening.move_meeting(
        opened, to=first_monday - timedelta(days=20), reason="The room is taken.", by=officer
    )
    shown = queries.by_slug(row.slug)
    due = queries.clock_view(shown, timezone.now()).row("responses_due")
    held = queries.clock_view(shown, timezone.now()).row("open_meeting")
    assert (due.verdict.status, due.verdict.days) == (Status.MISSED, 20)
    assert due.as_known_then is None  # the move is known long before the deadline comes
    assert held.first_on == first_monday
    assert shown.timetable["milestones"][1]["latest"] == str(first_monday - timedelta(days=50))
    assert kinds(shown) == ["meeting-moved", "opened"]


def test_the_mail_of_a_move_says_which_meeting_and_both_dates_and_that_the_deadline_stands(
    running, next_meeting, officer
):
    old, new = next_meeting.starts_on, next_meeting.starts_on + timedelta(days=7)
    convening.move_meeting(next_meeting, to=new, reason="The room is taken.", by=officer)
    (notice,) = notices.of_consultation(running)
    days = [date_format(day, "DATE_FORMAT") for day in (new, old)]
    closes = date_format(clock.local_day(running, running.closes_at), "DATE_FORMAT")
    assert wording.sentence(notice).startswith(
        f"Sample Group, meeting 2: it now begins on {days[0]} instead of {days[1]}."
        f" Responses are still taken until {closes}, 23:59"
    )
    assert wording.in_utc(notice).startswith(f"The deadline in UTC: {closes}")
    assert "provisional" not in wording.sentence(notice)
    back = {"to": old, "reason": "Free again.", "is_provisional": True}
    convening.move_meeting(next_meeting, by=officer, **back)
    latest = notices.of_consultation(running)[0]
    assert wording.sentence(latest).endswith("The date is provisional.")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"meeting_kind": "open", "old_on": "2027-01-04"}, "Open meeting: it now begins on 11"
         " January 2027 instead of 4 January 2027."),
        ({"meeting_kind": "group", "old_on": ""}, "Meeting of the group: it now begins on 11"
         " January 2027."),
        ({}, "Meeting of the group: it now begins on 11 January 2027."),
    ],
)  # fmt: skip
def test_a_notice_of_a_move_from_an_earlier_release_is_still_read(running, told, said):
    notice = telling.tell(
        running, telling.Kind.MEETING_MOVED, at=timezone.now(), new_on="2027-01-11", **told
    )
    assert wording.sentence(notice) == said


def test_a_move_after_the_close_does_not_make_a_kept_deadline_missed_in_hindsight(
    plan, next_meeting, group, officer
):
    monday = next_meeting.starts_on - timedelta(days=2)
    opened = Meeting.objects.create(
        group=group, kind="open", slug="open-1", starts_on=monday, ends_on=monday
    )
    row = convening.convene(without(plan, open_meeting=opened), by=officer)
    convening.open_consultation(row, by=officer)
    moved = convening.move_meeting(
        opened, to=monday - timedelta(days=20), reason="The room is taken.", by=officer
    )
    moved.decided_at = row.closes_at + timedelta(days=1)
    moved.save()
    due = queries.clock_view(queries.by_slug(row.slug), timezone.now()).row("responses_due")
    assert (due.verdict.status, due.verdict.days) == (Status.MISSED, 20)
    assert due.as_known_then.status == Status.KEPT


def test_the_first_report_meets_the_clock_and_later_ones_do_not_move_it(running):
    first = timezone.now()
    convening.report_released(running, at=first, language="en")
    convening.report_released(running, at=first + timedelta(days=3), language="ar")
    convening.delivered(running, at=first + timedelta(days=4))
    running.refresh_from_db()
    assert running.report_released_at == first
    assert running.state(timezone.now()) == running.State.DELIVERED
    assert kinds(running) == ["delivered", "report", "report"]
