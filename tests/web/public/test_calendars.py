"""Calendars of what is on record: each date keeps its identity, and every move raises its sequence."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from consulta.consultations import queries
from consulta.consultations.models import Consultation, Extension
from consulta.flow import convening
from consulta.meetings.models import Meeting, MeetingMove
from tests.rounds import today

pytestmark = pytest.mark.django_db
ONE = "/calendar/sample-topic.ics"


def entries(path: str = ONE) -> dict[str, dict]:
    """The entries of a calendar by their identity, without the domain."""
    found = Calendar.from_ical(Client().get(path).content).walk("VEVENT")
    return {str(entry["UID"]).partition("@")[0]: entry for entry in found}


@pytest.fixture
def meeting(group) -> Meeting:
    return Meeting.objects.create(
        group=group, kind="open", slug="sample-open", mode="hybrid", place="Room A",
        starts_on=today() + timedelta(days=60), is_provisional=True,
    )  # fmt: skip


@pytest.fixture
def held(consultation, group, meeting) -> Consultation:
    """The consultation with its group and its open meeting."""
    consultation.group, consultation.open_meeting = group, meeting
    consultation.save()
    return consultation


def test_an_entry_keeps_its_identity_when_the_deadline_moves(consultation, officer):
    before = entries()["sample-topic.responses_due"]
    later = consultation.closes_at.date() + timedelta(days=10)
    convening.extend(consultation, to=later, reason="More time.", by=officer)
    after = entries()["sample-topic.responses_due"]

    assert before["UID"] == after["UID"]
    assert before["DTSTART"].dt < after["DTSTART"].dt
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert before["LAST-MODIFIED"].dt <= after["LAST-MODIFIED"].dt  # whole seconds


def test_a_deadline_stands_by_the_clock_of_the_body(consultation):
    due = entries()["sample-topic.responses_due"]
    assert due["DTSTART"].dt == consultation.closes_at.replace(microsecond=0)
    assert due["DTSTART"].params["TZID"] == "Europe/Zurich"


def test_a_cancelled_consultation_stays_in_the_calendar_and_says_so(consultation, officer):
    before = entries()
    convening.cancel(consultation, reason="Withdrawn.", by=officer)
    after = entries()

    assert set(before) == set(after)
    assert {str(entry["STATUS"]) for entry in after.values()} == {"CANCELLED"}
    assert all(after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"] for uid in before)


def test_the_open_meeting_says_where_it_is_and_where_one_takes_part_from_afar(held):
    entry = entries()["sample-topic.open_meeting"]
    assert entry["LOCATION"] == "Room A"
    assert entry["CONFERENCE"].endswith("/en/meetings/sample-open/")
    assert entry["STATUS"] == "TENTATIVE"
    Meeting.objects.update(is_provisional=False, mode="in-person")
    after = entries()["sample-topic.open_meeting"]
    assert after["STATUS"] == "CONFIRMED"
    assert "CONFERENCE" not in after
    assert after["SEQUENCE"] > entry["SEQUENCE"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(["extend", "move", "move-provisional", "confirm"]), max_size=8))
def test_every_move_raises_the_sequence_and_nothing_lets_it_fall(held, acts):
    now = timezone.now()
    MeetingMove.objects.all().delete()
    Extension.objects.all().delete()
    Meeting.objects.update(is_provisional=True)
    numbers = [sequences()]
    for act in acts:
        _do(act, held, now)
        numbers.append(sequences())
    for act, before, after in zip(acts, numbers, numbers[1:], strict=False):
        if act == "confirm":
            assert all(after[uid] >= before[uid] for uid in before)
        else:
            assert all(after[uid] > before[uid] for uid in before)
    assert sequences() == numbers[-1]


def sequences() -> dict[str, int]:
    return {uid: int(entry["SEQUENCE"]) for uid, entry in entries().items()}


def _do(act: str, consultation: Consultation, now) -> None:
    meeting = Meeting.objects.get()
    if act == "extend":
        Extension.objects.create(
            consultation=consultation,
            old_at=now,
            new_at=now + timedelta(days=1),
            reason="x",
            decided_at=now,
        )
        return
    if act != "confirm":
        to = (meeting.starts_on or now.date()) + timedelta(days=1)
        MeetingMove.objects.create(
            meeting=meeting,
            old_starts_on=meeting.starts_on,
            new_starts_on=to,
            reason="x",
            decided_at=now,
        )
        meeting.first_planned_on = meeting.first_planned_on or meeting.starts_on
        meeting.starts_on = to
    meeting.is_provisional = act == "move-provisional"
    meeting.save()


def test_a_groups_calendar_has_its_consultations_and_its_own_meetings(held, group, next_meeting):
    path = f"/calendar/groups/{group.slug}.ics"
    found = entries(path)
    assert {"sample-topic.responses_due", "sample-topic.open_meeting"} < set(found)
    assert "meeting.sample-group-2" in found
    assert "meeting.sample-open" not in found  # it stands with its consultation
    assert set(found) == set(entries("/calendar.ics"))
    assert Client().get("/calendar/groups/none.ics").status_code == 404


def test_a_calendar_speaks_the_language_asked_for(held):
    name = Calendar.from_ical(Client().get(f"{ONE}?lang=ar").content)["NAME"]
    assert (name, name.params["LANGUAGE"]) == ("موضوع تجريبي", "ar")
    assert Client().get(f"{ONE}?lang=xx").status_code == 404


def test_a_calendar_is_the_same_whenever_it_is_read(held):
    assert Client().get("/calendar.ics").content == Client().get("/calendar.ics").content


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_groups_calendar_costs_the_same_queries_however_many_meetings(
    group, number, django_assert_max_num_queries
):
    for n in range(number):
        Meeting.objects.create(
            group=group,
            kind="group",
            slug=f"m-{n}",
            starts_on=today() + timedelta(days=n),
        )
    assert queries.overview(timezone.now()) == []
    with django_assert_max_num_queries(6):
        Client().get(f"/calendar/groups/{group.slug}.ics")
