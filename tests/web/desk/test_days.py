# ruff: noqa: F401, F811
"""A day that no rule can count with is refused in a sentence, wherever the desk asks for one."""

import pytest
from django.urls import reverse

from consulta.meetings.models import Decision, Meeting
from tests.rounds import a_day
from tests.web.desk.test_convening import at, form, words

YEARS = "between the years 1865 and 2999"
SLIPS = ["0001-01-01", "1700-01-01", "1800-01-01", "9999-12-31"]


@pytest.mark.parametrize("day", SLIPS)
@pytest.mark.parametrize("field", ["opens_on", "closes_on", "group_meeting_on"])
def test_a_plan_with_a_slip_in_a_year_is_shown_again_with_a_sentence(
    desk,
    decided,
    form,
    field,
    day,
):
    for do in ("compute", "save"):
        typed = form | {field: day, "do": do}
        answer = desk.post(at(decided), typed | {"group_meeting": "new"})
        assert YEARS in words(answer)


@pytest.mark.parametrize("do", ["compute", "save"])
def test_dates_from_which_the_rule_leaves_the_calendar_are_refused(
    desk,
    decided,
    form,
    do,
):
    last = {"group_meeting": "new", "group_meeting_on": "1865-01-20", "do": do}
    assert "outside the years 1865 to 2999" in words(desk.post(at(decided), form | last))
    assert not decided.meeting.moves.exists()


def test_a_meeting_long_ago_on_record_does_not_break_the_page(desk, decided, form):
    Meeting.objects.filter(pk=decided.meeting.pk).update(
        starts_on="0001-01-01", ends_on="0001-01-01"
    )
    answer = desk.post(at(decided), form | {"do": "compute"})
    assert "outside the years 1865 to 2999" in words(answer)
    assert desk.get(at(decided)).status_code == 200


@pytest.mark.parametrize("day", SLIPS)
def test_a_slip_in_a_year_extends_moves_and_records_nothing(desk, running, next_meeting, day):
    asked = {
        reverse("desk:extend", args=[running.slug]): {"to": day, "do": "look"},
        reverse("desk:move_meeting", args=[next_meeting.slug]): {"to": day},
        reverse("desk:facts", args=[running.slug]): {"on": day, "milestone": "opening"},
    }
    for address, said in asked.items():
        answer = desk.post(address, said | {"reason": "Why.", "source": "A page"})
        assert (answer.status_code, YEARS in words(answer)) == (422, True)


def test_a_decision_of_the_first_year_is_not_recorded(desk, group):
    address = f"{reverse('desk:record_decision')}?group={group.slug}"
    said = {
        "outcome": "opens", "meeting": "new", "starts_on": "0001-01-01",
        "original_language": "en", "text_en": "Consult.",
    }  # fmt: skip
    answer = desk.post(address, said)
    assert YEARS in words(answer)
    assert not Decision.objects.exists()


def test_a_day_is_read_in_the_digits_of_any_script(desk, running):
    western = a_day(99).isoformat()
    arabic = western.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    address = reverse("desk:extend", args=[running.slug])
    answer = desk.post(address, {"to": arabic, "reason": "Late.", "do": "look"})
    assert answer.context["form"].cleaned_data["to"] == a_day(99)
