"""The desk asks for the reason of what lies outside the rule, and puts it on record."""

from datetime import timedelta

import pytest
from django.urls import reverse

from consulta.consultations.models import Consultation, Deviation

ASKED = "Outside the rule, and no reason is on record"


@pytest.fixture
def late(at_desk, decided, next_meeting) -> Consultation:
    """Closes too near the open meeting, and nobody said why."""
    at_desk.deciding_meeting, at_desk.group_meeting = decided.meeting, next_meeting
    at_desk.closes_at += timedelta(days=60)
    at_desk.save()
    return at_desk


def words(answer) -> str:
    return answer.content.decode()


def test_the_page_of_the_consultation_asks_until_a_reason_is_given(desk, late):
    overview = reverse("desk:consultation", args=[late.slug])
    address = f"{reverse('desk:deviation', args=[late.slug])}?milestone=responses_due"
    shown = words(desk.get(overview))
    assert ASKED in shown
    assert address in shown
    assert '<option value="responses_due" selected>' in words(desk.get(address))
    typed = {"milestone": "responses_due", "reason": "The hall burned down."}
    assert desk.post(address, typed).status_code == 302
    assert Deviation.objects.get().reason == "The hall burned down."
    told = words(desk.get(overview))
    assert address not in told
    assert "The hall burned down." in told
    assert "A reason for a date outside the rule was recorded" in told


def test_without_a_reason_nothing_is_recorded(desk, late):
    address = reverse("desk:deviation", args=[late.slug])
    refused = desk.post(address, {"milestone": "opening", "reason": " "})
    assert refused.status_code == 422
    assert not Deviation.objects.exists()
