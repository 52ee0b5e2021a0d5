"""What lies on the table is read by members alone; the chair marks, and a response's page says so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.submission import Sender, SubmittedAnswer
from consulta.flow import agenda as drawn
from consulta.flow import journey
from consulta.groups.models import Officeholder
from consulta.meetings import agenda
from consulta.meetings.models import Meeting
from consulta.reports.models import GroupDiscussion
from consulta.responses import publication
from consulta.responses.models import Response


@pytest.fixture
def meeting(group):
    day = timezone.localdate()
    return Meeting.objects.create(
        group=group, kind="group", number=3, slug="swg-3", starts_on=day, ends_on=day
    )


@pytest.fixture
def laid(consultation, group, meeting, submission, officer):
    """A response to question 1 of a consultation that comes to the meeting."""
    consultation.group, consultation.group_meeting = group, meeting
    consultation.save()
    sender = Sender("known@example.org", authenticated=True)
    answers = (SubmittedAnswer(1, "Cables are dear."),)
    given = journey.submission_arrives(submission(answers=answers, sender=sender))
    response = Response.objects.get(number=given.number)
    publication.publish(response, by=officer)
    return response


@pytest.fixture
def chair(group):
    person = User.objects.create_user("chair@example.org", name="Chair")
    Officeholder.objects.create(group=group, office="chair", name="The Chair", user=person)
    client = Client()
    client.force_login(person)
    return client


def at(name, laid, meeting, **more):
    return reverse(f"members:{name}", args=[meeting.slug, laid.consultation.slug, *more.values()])


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def page_of(laid):
    return text(Client(), reverse("public:response", args=[laid.number]))


def test_everything_is_read_without_leaving(member, laid, meeting):
    assert "Sample topic" in text(member, reverse("members:table", args=[meeting.slug]))
    shown = text(member, at("table_of", laid, meeting) + "?question=1")
    assert "Cables are dear." in shown
    assert "Mark as discussed" not in shown
    assert "Cables are dear." in text(member, at("table_response", laid, meeting, n=laid.number))
    assert member.get(at("table_of", laid, meeting) + "?question=9").status_code == 404


def test_a_meeting_without_consultations_says_so(member, meeting):
    assert "Nothing is on the table" in text(member, reverse("members:table", args=[meeting.slug]))


def test_nobody_else_comes_to_the_table(laid, meeting):
    stranger = Client()
    stranger.force_login(User.objects.create_user("stranger@example.org"))
    for address in (
        reverse("members:table", args=[meeting.slug]),
        at("table_of", laid, meeting),
        at("table_response", laid, meeting, n=laid.number),
        at("table_mark", laid, meeting),
    ):
        assert stranger.get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_one_press_of_the_chair_marks_and_the_page_of_the_response_says_so(
    chair, laid, meeting, officer
):
    item = drawn.take_over(meeting, f"consultation:{laid.consultation_id}", by=officer)
    agenda.publish(meeting, to="public", by=officer)
    assert "Before the group" not in page_of(laid)
    chair.post(at("table_mark", laid, meeting), {"quick": "1", "question": "1"})
    row = GroupDiscussion.objects.get()
    assert (row.question.position, row.item, row.audience) == (1, item, "public")
    said = page_of(laid)
    assert "The group discussed the responses to question 1." in said
    assert "item 1" in said
    chair.post(at("table_take_back", laid, meeting, pk=row.pk))
    assert "Before the group" not in page_of(laid)


def test_a_mark_for_members_is_on_no_public_page_and_an_item_for_members_is_not_named(
    chair, laid, meeting, officer
):
    item = drawn.take_over(meeting, f"consultation:{laid.consultation_id}", by=officer)
    agenda.change(item, {"audience": "members"}, documents=(), by=officer)
    agenda.publish(meeting, to="public", by=officer)
    told = {
        "question": "1", "response": laid.number, "status": "discussed", "item": item.pk,
        "on": timezone.localdate().isoformat(), "note": "At length.", "audience": "members",
    }  # fmt: skip
    chair.post(at("table_mark", laid, meeting), told)
    assert "Before the group" not in page_of(laid)
    chair.post(at("table_mark", laid, meeting), told | {"audience": "public", "note": ""})
    said = page_of(laid)
    assert "The group discussed its answer to question 1." in said
    assert "item 1" not in said
    assert "At length." not in said


def test_a_delegate_marks_nothing(member, laid, meeting):
    answer = member.post(at("table_mark", laid, meeting), {"quick": "1", "question": "1"})
    assert (answer.status_code, GroupDiscussion.objects.count()) == (403, 0)


def test_a_day_before_the_meeting_is_refused_and_nothing_typed_is_lost(chair, laid, meeting):
    told = {
        "question": "1", "status": "in_part", "note": "Typed", "audience": "public",
        "on": (timezone.localdate() - timedelta(days=3)).isoformat(),
    }  # fmt: skip
    answer = chair.post(at("table_mark", laid, meeting), told)
    assert answer.status_code == 422
    assert "Typed" in answer.content.decode()
