"""Everyone registers on the web: one form, one button, one private link; nobody learns who registered."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from consulta.flow import presenting
from consulta.live import participation, registration_links, registration_queries
from consulta.live.models import Registration
from consulta.mailroom.models import OutgoingMail
from tests.live import gatherings
from tests.live.gatherings import button, coming, opened

pytestmark = pytest.mark.django_db
FORM = "/en/meetings/swg-open/registration/"


@pytest.fixture
def meeting(body, officer, groups):
    made = gatherings.open_meeting(body)
    opened(made, officer, may_be_unlisted=True)
    return made


def typed(**changes):
    told = {
        "name": "Ann",
        "email": "a@example.org",
        "organisation": "Sample Org",
        "stakeholder_group": "civil-society",
        "country": "CH",
        "mode": "remote",
        "wheelchair": "on",
    }
    return told | changes


def page(address, **posted):
    answer = Client().post(address, posted) if posted else Client().get(address)
    return answer, answer.content.decode()


def test_the_form_says_who_sees_the_list_before_it_is_sent(meeting):
    words = page(FORM)[1]
    notice = words.index("everyone can read the list")
    assert notice < words.index("Send the registration")
    assert "deleted 30 days after the meeting" in words


def test_a_stranger_registers_confirms_changes_and_cancels_without_an_account(meeting):
    assert "We have mailed a button" in page(FORM, **typed())[1]
    confirm = f"/en/registration/confirm/{button()}/"
    assert Registration.objects.get().confirmed_at is None
    assert "press the button" in page(confirm)[1]
    assert Registration.objects.get().confirmed_at is None
    assert Client().post(confirm).status_code == 303
    found = Registration.objects.get()
    mine = f"/en/registration/{registration_links.token(found)}/"
    answer, words = page(mine)
    assert "You are registered" in words
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "no-referrer"
    changed = typed(name="Ann B", mode="in-person", language="fr")
    assert Client().post(f"{mine}change/", changed).status_code == 303
    assert Client().post(f"{mine}cancel/").status_code == 303
    assert registration_queries.counts(meeting)["cancelled"] == 1


def test_the_answer_is_the_same_whether_somebody_is_registered_or_not(meeting):
    first = page(FORM, **typed())[1]
    coming(meeting)
    assert page(FORM, **typed())[1] == first


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "\u200f\u202e "},
        {"name": "N" * 201},
        {"email": "nobody"},
        {"email": "ä@example.org"},
        {"mode": "by-mail"},
        {"stakeholder_group": "unknown"},
        {"country": "XX"},
        {"other": "x" * 1001},
    ],
)
def test_what_cannot_stand_is_refused_and_all_that_was_typed_stays(meeting, wrong):
    answer, words = page(FORM, **typed(**wrong))
    assert (answer.status_code, Registration.objects.count()) == (422, 0)
    assert "Sample Org" in words


def test_whoever_registers_too_often_waits(meeting):
    answers = [page(FORM, **typed(name=f"Ann {n}"))[0].status_code for n in range(7)]
    assert (answers[0], answers[-1]) == (200, 429)


def test_a_closed_door_says_when_and_the_list_names_nobody_who_did_not_wish_it(meeting, officer):
    coming(meeting, "Ann Listed")
    coming(meeting, "Ben Hidden", is_unlisted=True)
    words = page("/en/meetings/swg-open/participants/")[1]
    assert ("Ann Listed" in words, "Ben Hidden" in words) == (True, False)
    assert "1 person takes part without being named here" in words
    now = timezone.now()
    opened(meeting, officer, audience="participants", closes_at=now - timedelta(hours=1))
    assert "Registration is closed." in page(FORM)[1]
    assert page(FORM, **typed())[0].status_code == 200
    assert Registration.objects.count() == 2
    assert page("/en/meetings/swg-open/participants/")[0].status_code == 404


def test_a_meeting_of_the_group_has_no_public_form(body, officer):
    own = gatherings.open_meeting(body, kind="group", slug="own")
    opened(own, officer, audience="participants")
    assert page("/en/meetings/own/registration/")[0].status_code == 404
    assert "Register for the meeting" not in page("/en/meetings/own/")[1]


def test_the_meetings_page_shows_the_figures_once_it_is_over(meeting, officer):
    coming(meeting, country="CH")
    assert "Persons present" not in page("/en/meetings/swg-open/")[1]
    participation.count_due(timezone.now() + timedelta(days=20))
    words = page("/en/meetings/swg-open/")[1]
    assert "Persons present" in words
    assert "Switzerland" in words


def test_a_wish_to_present_names_a_response_of_the_consultation_and_is_proved_by_its_address(
    meeting, consultation, received
):
    consultation.open_meeting = meeting
    consultation.save()
    response = received()
    number, sender = response.number, response.respondent.email
    wishes = presenting.wishes(consultation, f" {number} ", [1], email=sender.upper())
    assert [(w.question, w.number, w.is_proved) for w in wishes] == [(1, number, True)]
    assert not presenting.wishes(consultation, number, [], email="b@example.org")[0].is_proved
    assert page(FORM, **typed(response="11-1"))[0].status_code == 422
    assert page(FORM, **typed(response=number, questions="1"))[0].status_code == 200
    assert OutgoingMail.objects.latest("pk").recipient == "a@example.org"
