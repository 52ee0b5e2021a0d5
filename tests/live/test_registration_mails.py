"""The calendar entry of a registration: it invites, follows the meeting, and is taken out again."""

from datetime import timedelta

import pytest
import vobject
from django.utils import timezone
from icalendar import Calendar

from consulta.live import changing, invitations, telling_registered
from consulta.live.changing import Changed
from consulta.live.models import Mode
from consulta.mailroom.models import OutgoingMail
from consulta.meetings import describing, moving
from consulta.meetings.models import MeetingPart
from tests.live import gatherings
from tests.live.gatherings import coming, entry, opened, subjects
from tests.rounds import a_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(body, officer):
    made = gatherings.open_meeting(body)
    opened(made, officer, room_capacity=1)
    return made


def told():
    """Tell whom it concerns; how many."""
    return telling_registered.tell_due(timezone.now())


def test_the_entry_invites_who_comes_and_says_where_to_take_part_remotely(meeting):
    found = coming(meeting, 'Ann "A", B', mode=Mode.REMOTE)
    read = Calendar.from_ical(invitations.files(found, method="REQUEST", now=timezone.now())[0])
    event = read.walk("VEVENT")[0]
    assert read["METHOD"] == "REQUEST"
    assert event["ATTENDEE"] == "mailto:a@example.org"
    assert event["ATTENDEE"].params["CN"] == "Ann 'A', B"
    assert (event["RRULE"]["COUNT"], event["SEQUENCE"]) == ([2], 0)
    assert event["DTSTART"].dt.hour == 10
    assert event["DTEND"].dt.date() == meeting.starts_on
    conference = event["CONFERENCE"]
    assert conference.endswith("/en/meetings/swg-open/live/")
    assert conference.params["VALUE"] == "URI"
    other = vobject.readOne(invitations.files(found, method="REQUEST", now=timezone.now())[0])
    assert other.vevent.dtstart.value.isoformat()[:16] == f"{meeting.starts_on}T10:00"


def test_in_the_room_there_is_no_conference(meeting):
    coming(meeting)
    assert "CONFERENCE" not in str(entry())
    assert entry()["SEQUENCE"] == "0"


def test_a_meeting_that_moves_moves_every_entry_once_and_is_told_again_after_the_next_move(
    meeting, officer
):
    coming(meeting)
    assert told() == 0
    moving.move(meeting, to=a_day(12), reason="The hall.", by=officer)
    assert (told(), told()) == (1, 0)
    assert subjects()[-1] == "The meeting has changed: Open meeting"
    assert entry()["SEQUENCE"] == "1"
    assert a_day(12).strftime("%Y%m%d") in str(entry())
    describing.describe(meeting, {"place": "Hall B"}, by=officer)
    assert (told(), entry()["SEQUENCE"], entry()["LOCATION"]) == (1, "2", "Hall B")


def test_a_meeting_that_is_split_brings_an_entry_for_its_later_part(meeting, officer):
    found = coming(meeting)
    part = MeetingPart(meeting=meeting, starts_on=a_day(20), ends_on=a_day(20), reason="Room.")
    describing.split(part, by=officer)
    assert told() == 1
    found.refresh_from_db()
    files = invitations.files(found, method="REQUEST", now=timezone.now())
    assert [Calendar.from_ical(one).walk("VEVENT")[0]["UID"].split("@")[0] for one in files] == [
        f"registration.{found.pk}",
        f"registration.{found.pk}.part2",
    ]


def test_a_cancelled_meeting_takes_every_entry_out_and_who_waits_is_told_too(meeting, officer):
    coming(meeting)
    waiting = coming(meeting, "Ben")
    describing.cancel(meeting, reason="No quorum.", by=officer)
    assert (told(), told()) == (2, 0)
    assert subjects()[-2:] == ["The meeting was cancelled: Open meeting"] * 2
    waiting.refresh_from_db()
    assert waiting.waiting_since is None
    raw = bytes(OutgoingMail.objects.order_by("-pk")[1].raw)
    assert b"METHOD:CANCEL" in raw


def test_a_change_or_the_cancelling_of_a_registration_raises_the_sequence(meeting):
    ann = coming(meeting)
    changed = Changed(name="Ann", mode=Mode.REMOTE)
    changing.change(ann, changed, by=ann, now=timezone.now())
    assert entry()["SEQUENCE"] == "1"
    changing.cancel(ann, by=ann, now=timezone.now())
    assert (entry()["SEQUENCE"], entry()["METHOD"]) == ("2", "CANCEL")
    assert changing.cancel(ann, by=ann, now=timezone.now() + timedelta(days=1))
    assert entry()["SEQUENCE"] == "2"
