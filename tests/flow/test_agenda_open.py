"""The agenda of an open meeting is drafted from the questions, with time by how many answered."""

from datetime import date, time

import pytest

from consulta.consultations import agenda as questions_of
from consulta.consultations.models import AgendaQuestion
from consulta.core.submission import Sender, SubmittedAnswer
from consulta.flow import agenda_open, journey
from consulta.meetings import agenda, slots
from consulta.meetings.models import AgendaChange, Meeting
from consulta.responses import publication
from consulta.responses.models import Response


@pytest.fixture
def meeting(group):
    return Meeting.objects.create(
        group=group, kind="open", slug="open-1", starts_on=date(2027, 3, 28),
        ends_on=date(2027, 3, 28), hours_from=time(10), hours_until=time(12),
        timezone="Europe/Zurich",
    )  # fmt: skip


@pytest.fixture
def asked(consultation, group, meeting, submission, officer):
    """An open consultation with two questions, the first answered three times as often."""
    consultation.group, consultation.open_meeting = group, meeting
    consultation.save()
    for n, positions in enumerate([(1,), (1,), (1, 2)]):
        sender = Sender(f"known{n}@example.org", authenticated=True)
        answers = tuple(SubmittedAnswer(position, "Yes.") for position in positions)
        given = journey.submission_arrives(submission(answers=answers, sender=sender))
        publication.publish(Response.objects.get(number=given.number), by=officer)
    return consultation


def lines(meeting):
    return [
        (item.number, f"{slots.local(meeting, item.begins_at):%H:%M}", item.length)
        for item in agenda.items(meeting)
    ]


def test_each_question_has_an_item_with_time_by_its_responses(asked, meeting, officer):
    made = agenda_open.draft(meeting, by=officer)
    about = questions_of.of_items(made)
    assert [[q.position for q in about[item.pk]] for item in made] == [[1], [2]]
    assert lines(meeting) == [
        ("1", "10:00", 10),
        ("2", "10:10", 60),
        ("3", "11:10", 25),
        ("4", "11:35", 20),
    ]
    assert agenda_open.too_long(meeting) == 0
    figured = agenda_open.asked(made)
    assert [figured[item.pk][0].figures.total for item in made] == [3, 1]


def test_drafted_again_only_what_has_no_item_is_added(asked, meeting, officer):
    first, _second = agenda_open.draft(meeting, by=officer)
    with pytest.raises(agenda_open.NothingToDraftError):
        agenda_open.draft(meeting, by=officer)
    agenda.remove(first, by=officer)
    again = agenda_open.draft(meeting, by=officer)
    assert len(again) == 1
    assert AgendaQuestion.objects.count() == 3  # that of the item taken off stays on record


def test_times_of_a_published_agenda_change_on_the_record(asked, meeting, officer):
    items = agenda_open.draft(meeting, by=officer)
    agenda.publish(meeting, to="public", by=officer)
    later = slots.instant(meeting, date(2027, 3, 28), time(10, 15))
    agenda.change(
        agenda.items(meeting)[1], {"begins_at": later}, documents=(), reason="Later.", by=officer
    )
    kept = AgendaChange.objects.get()
    assert (kept.item, kept.before["begins_at"]) == (items[0], "2027-03-28T08:10:00+00:00")


def test_without_hours_there_are_items_and_no_times(asked, meeting, officer):
    Meeting.objects.filter(pk=meeting.pk).update(hours_from=None, hours_until=None)
    meeting.refresh_from_db()
    agenda_open.draft(meeting, by=officer)
    assert {item.begins_at for item in agenda.items(meeting)} == {None}
    with pytest.raises(slots.NoHoursError):
        agenda_open.share_time(meeting, by=officer)


def test_sessions_follow_the_clock_on_the_wall_across_a_change(meeting):
    meeting.starts_on, meeting.hours_from = date(2027, 3, 27), time(1)
    meeting.hours_until = time(5)
    held = slots.sessions(meeting)
    assert [one.minutes for one in held] == [240, 180]  # the second night has an hour less
