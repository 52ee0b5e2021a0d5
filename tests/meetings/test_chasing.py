"""Offices are reminded of what is due, once each; comments and inputs are carried to them once."""

from datetime import UTC, datetime, timedelta

import pytest

from consulta.mailroom.models import OutgoingMail
from consulta.meetings import advising, asking, chasing
from consulta.meetings.models import Advice, FollowUp, Office, StatusChange
from tests import settled
from tests.rounds import a_day


@pytest.fixture
def office(body) -> Office:
    return Office.objects.create(
        body=body, slug="o", names={"en": "Office"}, email="office@example.org"
    )


def noon(offset: int) -> datetime:
    """Noon of the day *offset* days from today."""
    day = a_day(offset)
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def subjects() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))


def test_an_office_is_reminded_before_it_is_due_and_on_the_day_once_each(decided, office, officer):
    due = FollowUp(decision=decided, force="request", due_on=a_day(10))
    asking.put(due, [office], by=officer)
    assert chasing.remind_due(noon(-5)) == 0
    assert [chasing.remind_due(noon(day)) for day in (0, 0, 10, 10, 11)] == [1, 0, 1, 0, 0]
    assert subjects()[0].startswith("Follow-up 1a is due on ")
    assert subjects()[1] == "Follow-up 1a is due"
    body = OutgoingMail.objects.first().masked_text
    assert "Consult on islands." in body


def test_nobody_is_reminded_of_an_invitation_or_of_what_is_done(decided, office, officer):
    asking.put(FollowUp(decision=decided, force="invite"), [office], by=officer)
    done = FollowUp(decision=decided, force="instruct", due_on=a_day(3))
    asking.put(done, [office], by=officer)
    asking.note(StatusChange(follow_up=done, status="done"), by=officer)
    assert chasing.remind_due(noon(0)) == 0
    assert subjects() == []


def test_a_reminder_that_was_missed_for_long_is_left(decided, office, officer):
    asking.put(FollowUp(decision=decided, force="request", due_on=a_day(-9)), [office], by=officer)
    assert chasing.remind_due(noon(0)) == 0


def test_an_input_is_carried_to_offices_with_an_address_once(decided, office, officer, body):
    silent = Office.objects.create(body=body, slug="s", names={"en": "Silent"})
    made = Advice(meeting=decided.meeting, kind="input", texts=settled.words("Mind the islands."))
    advising.record(made, [office, silent], by=officer)
    assert advising.carry(made, by=officer) == 1
    (mail,) = OutgoingMail.objects.all()
    assert (mail.recipient, "Mind the islands." in mail.masked_text) == ("office@example.org", True)
    with pytest.raises(advising.CarriedAlreadyError):
        advising.carry(made, by=officer)
    with pytest.raises(asking.NobodyAskedError):
        advising.record(Advice(meeting=decided.meeting, kind="input", texts={}), [], by=officer)


def test_the_instant_of_a_reminder_is_the_bodys_day(decided, office, officer):
    due = FollowUp(decision=decided, force="request", due_on=a_day(14))
    asking.put(due, [office], by=officer)
    early = noon(0) - timedelta(days=2)
    assert chasing.remind_due(early) == 0
    assert chasing.remind_due(noon(0)) == 1
