"""A meeting is moved after a look at every date that it moves; a slip is refused in a sentence."""

import pytest
from django.urls import reverse

from tests.rounds import a_day


@pytest.fixture
def move(desk, running, next_meeting):
    """Press a button of the page on which the meeting of *running* is moved."""
    address = reverse("desk:move_meeting", args=[next_meeting.slug])

    def _move(to, do: str):
        return desk.post(address, {"to": to.isoformat(), "reason": "Rooms.", "do": do})

    return _move


@pytest.mark.parametrize("do", ["look", "move"])
@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-1, "This day is past. Choose a day to come"), (3660, "more than ten years ahead")],
)
def test_a_slip_is_refused_at_the_first_press_and_at_the_second(
    move, next_meeting, do, days, sentence
):
    answer = move(a_day(days), do)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not next_meeting.moves.exists()


def test_a_day_before_the_deciding_meeting_is_refused(move, decided, next_meeting):
    type(next_meeting).objects.filter(pk=decided.meeting.pk).update(
        starts_on=a_day(20), ends_on=a_day(20)
    )
    answer = move(a_day(10), "move")
    assert "before the meeting that decided to consult" in answer.content.decode()
    assert not next_meeting.moves.exists()


def test_the_first_press_shows_every_date_as_it_would_be(move, next_meeting):
    answer = move(a_day(20), "look")
    (preview,) = answer.context["previews"]
    assert preview.topic == "Internet on islands"
    assert any("order is broken" in sentence for sentence in preview.conflicts)
    assert "Move it and tell everyone" in answer.content.decode()
    assert not next_meeting.moves.exists()
