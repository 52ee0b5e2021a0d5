"""An extension is looked at first: what breaks the order is said, and a shorter date is refused."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consulta.consultations import clock


@pytest.fixture
def extend(desk, running):
    address = reverse("desk:extend", args=[running.slug])

    def _extend(to, do: str = "look"):
        return desk.post(address, {"to": to.isoformat(), "reason": "Late.", "do": do})

    return _extend


def test_a_deadline_past_the_open_meeting_is_said_to_break_the_order(
    desk, extend, running, next_meeting
):
    page = reverse("desk:consultation", args=[running.slug])
    assert "order is broken" not in desk.get(page).content.decode()
    late = next_meeting.starts_on + timedelta(days=3)
    looked = extend(late)
    (preview,) = looked.context["previews"]
    assert any("order is broken" in sentence for sentence in preview.conflicts)
    assert preview.conflicts[0] in looked.content.decode()
    extend(late, "extend")
    assert "order is broken" in desk.get(page).content.decode()
    public = Client().get(reverse("public:consultation", args=[running.slug]))
    assert "order is broken" in public.content.decode()


def test_a_shorter_date_is_refused_at_the_first_press(extend, running):
    published = clock.local_day(running, running.closes_at)
    answer = extend(published - timedelta(days=1))
    assert (answer.status_code, answer.context["previews"]) == (422, [])
    assert "never shortened" in answer.content.decode()
