"""What the group discussed is marked by its chair or the desk, and taken back on the record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import appointing
from consulta.groups.models import Officeholder, Role
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.meetings.models import Meeting
from consulta.reports import discussing
from consulta.reports.models import GroupDiscussion
from consulta.responses import withdrawal

TODAY = timezone.localdate


@pytest.fixture
def held(closed, publish):
    """A consultation whose responses lie before a meeting that began yesterday."""
    response = publish()
    consultation = closed()
    meeting = consultation.group_meeting
    Meeting.objects.filter(pk=meeting.pk).update(starts_on=TODAY() - timedelta(days=1))
    meeting.refresh_from_db()
    return consultation, meeting, response


def mark(held, **more):
    consultation, meeting, _response = held
    told = {"status": "discussed", "on": TODAY(), "audience": "public", "language": "en"}
    return GroupDiscussion(consultation=consultation, meeting=meeting, **told | more)


def question(held):
    return held[0].questions.get(position=1)


def test_a_mark_on_a_question_is_about_every_response_to_it(held, officer):
    response = held[2]
    asked = question(held)
    discussing.mark(mark(held, question=asked), by=officer)
    discussing.mark(mark(held, response=response), by=officer)
    discussing.mark(
        mark(held, response=response, question=asked, status="not_discussed"), by=officer
    )
    discussing.mark(mark(held, response=response, audience="members"), by=officer)
    public = discussing.of_response(response, [asked])
    assert [(row.question, row.response) for row in public] == [(asked, None), (None, response)]
    assert discussing.of_response(response, []) == [public[1]]
    shows = Entry.objects.filter(act="response_discussed").order_by("pk")
    assert sorted(entry.shows for entry in shows) == ["none", "pages", "pages", "pages"]


def test_said_twice_it_stands_once_and_taken_back_it_stays_on_record(held, officer):
    first = discussing.mark(mark(held, question=question(held)), by=officer)
    again = discussing.mark(mark(held, question=question(held)), by=officer)
    assert again.pk == first.pk
    for _twice in range(2):
        discussing.take_back(first, by=officer)
    assert discussing.of_consultation(held[0]) == []
    assert [row.taken_back_by for row in discussing.at(held[1])] == [officer]
    assert Entry.objects.filter(act="discussion_taken_back").count() == 1


def test_a_response_that_not_everyone_can_read_is_named_to_members_alone(held, officer):
    response = held[2]
    withdrawal.withdraw(response)
    response.refresh_from_db()
    made = discussing.mark(mark(held, response=response), by=officer)
    assert made.audience == "members"


def test_the_chair_marks_and_a_reader_does_not(held, officer):
    group = held[1].group
    chair = User.objects.create_user("chair@example.org")
    Officeholder.objects.create(group=group, office="chair", name="The Chair", user=chair)
    discussing.mark(mark(held, question=question(held)), by=chair)
    reader = appointing.appoint("reader@example.org", group=group, role=Role.READER, by=officer)
    with pytest.raises(NotAllowedError):
        discussing.mark(mark(held), by=reader.user)


@pytest.mark.parametrize("days", [-2, 1])
def test_nothing_was_discussed_before_the_meeting_or_in_the_future(held, officer, days):
    with pytest.raises(discussing.NotThenError):
        discussing.mark(mark(held, on=TODAY() + timedelta(days=days)), by=officer)


def test_a_meeting_of_another_kind_marks_nothing(held, officer):
    Meeting.objects.filter(pk=held[1].pk).update(kind="open")
    held[1].refresh_from_db()
    with pytest.raises(discussing.NotAtThisMeetingError):
        discussing.mark(mark(held), by=officer)
