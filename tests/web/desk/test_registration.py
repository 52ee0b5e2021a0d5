"""Registration at the desk: terms, the list, the door by keyboard alone, needs, papers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consulta.live import registering, registration_terms
from consulta.live.models import Registration
from consulta.live.needs import Needs
from tests.live.gatherings import opened, told
from tests.rounds import a_day


def page(name, *args):
    return reverse(f"desk:{name}", args=args)


@pytest.fixture
def meeting(next_meeting, officer):
    next_meeting.starts_on = next_meeting.ends_on = a_day(0)
    next_meeting.save()
    opened(next_meeting, officer, audience="participants", closes_at=timezone.now() + HOUR)
    return next_meeting


HOUR = timedelta(hours=1)


def enter(meeting, officer, name, **changes):
    values = told(name, email="", **changes)
    return registering.enter(meeting, values, role="secretariat", by=officer, now=timezone.now())


def test_terms_are_set_by_the_clock_of_the_meeting(desk, meeting):
    sent = {
        "opens_at_0": "2027-01-10",
        "opens_at_1": "09:00",
        "closes_at_0": "2027-01-20",
        "closes_at_1": "18:30",
        "takes_remote": "on",
        "room_capacity": "",
        "audience": "participants",
        "kinds": "member",
    }
    assert desk.post(page("registration_terms", meeting.slug), sent).status_code == 302
    terms = registration_terms.of(meeting)
    assert terms.closes_at.isoformat() == "2027-01-20T17:30:00+00:00"
    assert (terms.takes_in_person, terms.room_capacity) == (False, None)
    backwards = sent | {"closes_at_0": "2027-01-01"}
    answer = desk.post(page("registration_terms", meeting.slug), backwards)
    assert "Registration closes after it opens" in answer.content.decode()


def test_at_the_door_one_match_is_here_at_once_and_of_several_one_is_chosen(desk, meeting, officer):
    enter(meeting, officer, "Ann One")
    enter(meeting, officer, "Ben Two")
    door = page("registration_door", meeting.slug)
    assert "Ben Two is here." in desk.post(door, {"typed": "two"}).content.decode()
    both = desk.post(door, {"typed": "n"}).content.decode()
    assert "Who of them?" in both
    assert "Ann One is here." in desk.post(door, {"typed": "n", "ordinal": "1"}).content.decode()
    assert "Nobody is registered" in desk.post(door, {"typed": "zz"}).content.decode()
    words = desk.get(page("registrations", meeting.slug), {"presence": "there"}).content.decode()
    assert words.count("registration/1/") == words.count("registration/2/") == 1


def test_needs_are_on_the_officers_page_and_in_no_file(desk, meeting, officer):
    enter(meeting, officer, "Ann", needs=Needs(other="zq-need"))
    assert "zq-need" in desk.get(page("registration_needs", meeting.slug)).content.decode()
    file = desk.get(page("registration_file", meeting.slug, "csv"))
    assert "Ann" in file.content.decode()
    assert "zq-need" not in file.content.decode()


def test_no_cell_of_the_file_begins_a_formula(desk, meeting, officer):
    enter(meeting, officer, "=1+1")
    file = desk.get(page("registration_file", meeting.slug, "csv")).content.decode()
    assert "'=1+1" in file


def test_the_list_is_a_document_without_who_is_not_to_be_named(desk, meeting, officer):
    enter(meeting, officer, "Ann Listed")
    enter(meeting, officer, "Ben Hidden", is_unlisted=True)
    made = desk.get(page("registration_file", meeting.slug, "html")).content.decode()
    assert ("Ann Listed" in made, "Ben Hidden" in made) == (True, False)
    assert desk.get(page("registration_file", meeting.slug, "odt")).status_code == 404


def test_one_registration_is_cancelled_or_erased_at_the_desk(desk, meeting, officer):
    found = enter(meeting, officer, "Ann")
    one = page("registration_one", meeting.slug, found.ordinal)
    desk.post(one, {"act": "cancel"})
    assert Registration.objects.get().cancelled_at is not None
    desk.post(one, {"act": "erase"})
    assert Registration.objects.get().name == ""
    assert desk.get(one).status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_the_list_asks_as_much_of_the_database_for_many_as_for_one(
    desk, meeting, officer, rows, django_assert_max_num_queries
):
    for number in range(rows):
        enter(meeting, officer, f"Ann {number}")
    with django_assert_max_num_queries(26):
        desk.get(page("registrations", meeting.slug))
