"""The planner at the desk: proposals, nearest dates that are applied, what if; nothing is written."""

import re
from html import unescape

import pytest
from django.urls import reverse

from consulta.consultations.models import Consultation
from consulta.ledger.models import Entry
from consulta.meetings.models import Meeting
from tests.rounds import a_day

NARROW = "2031-01-16/2031-01-17\n2031-03-05/2031-03-06"
WIDE = "2031-01-14/2031-01-15\n2031-09-17/2031-09-18"
RULE = {"procedure": "itu-res-1336-2019"}


@pytest.fixture
def page(desk):
    """The page as an officer sees it, for what is asked."""

    def _page(**asked):
        return desk.get(reverse("desk:plan"), asked)

    return _page


def words(answer) -> str:
    return unescape(answer.content.decode())


def hrefs(answer, label: str) -> list[str]:
    """The addresses of the links whose words hold *label*."""
    links = re.findall(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', answer.content.decode(), re.DOTALL)
    return [unescape(href) for href, text in links if label in unescape(text)]


def proposals(answer):
    return [(one.number, one.feasible, one.days_open) for one in answer.context["proposals"]]


def test_the_meetings_on_record_are_planned_as_soon_as_the_page_is_opened(
    page, decided, next_meeting
):
    answer = page()
    assert answer.status_code == 200
    assert [one.feasible for one in answer.context["proposals"]] == [True]
    assert 'role="img"' in words(answer)


def test_without_a_meeting_to_come_the_page_says_what_it_needs(page):
    answer = page()
    assert "Nothing to propose yet" in words(answer)
    assert "later meeting of the group" in words(answer)


def test_typed_meetings_are_planned_and_named_by_their_day(page):
    answer = page(**RULE, typed=WIDE)
    assert proposals(answer) == [(1, True, 198)]
    assert (
        "Decided at Meeting of 14 January 2031, reports to Meeting of 17 September 2031"
        in words(answer)
    )


def test_what_cannot_be_read_is_said_and_stays_in_its_field(page):
    answer = page(**RULE, typed="tomorrow")
    assert "“tomorrow” is not a date" in words(answer)
    assert ">\ntomorrow</textarea>" in words(answer)


def test_a_nearest_date_is_a_link_that_applies_it(page, desk):
    answer = page(**RULE, typed=NARROW)
    assert [feasible for _number, feasible, _days in proposals(answer)] == [False]
    offers = hrefs(answer, "Opening of the consultation: choose ")
    applied = desk.get(reverse("desk:plan") + offers[0])
    assert [feasible for _number, feasible, _days in proposals(applied)] == [True]
    assert "Consultation 1: Opening of the consultation: on" in words(applied)


def test_every_offered_date_mends_the_plan(page, desk):
    answer = page(**RULE, typed=NARROW)
    offers = answer.context["proposals"][0].offers
    assert len(offers) == 5
    for offer in offers:
        mended = desk.get(reverse("desk:plan") + offer.href)
        assert mended.context["proposals"][0].feasible, offer.words


def test_a_date_that_was_set_can_be_taken_back(page, desk):
    answer = page(**RULE, typed=NARROW, set="opening@1=2031-01-20")
    (back,) = hrefs(answer, "Take back")
    assert desk.get(reverse("desk:plan") + back).context["sets"] == []


def test_what_if_a_meeting_moves_is_shown_before_and_after(page, desk):
    answer = page(**RULE, typed=NARROW, if_name="meeting-2", if_day="2031-03-12")
    (changed,) = answer.context["changed"]
    moved = [(name, difference) for name, _b, _a, difference, _v, _c in changed.rows]
    assert moved == [
        ("Opening of the consultation", "1 day later"),
        ("Responses due", "7 days later"),
        ("Consolidated report published", "7 days later"),
        ("Open meeting", "7 days later"),
    ]
    assert changed.feasible
    assert [one.feasible for one in answer.context["proposals"]] == [False]
    (apply,) = hrefs(answer, "Plan with this change")
    assert desk.get(reverse("desk:plan") + apply).context["proposals"][0].feasible


def test_what_if_more_days_open_are_wished_says_how_many_there_can_be(page, desk):
    answer = page(**RULE, typed=NARROW, if_days_open="40")
    (changed,) = answer.context["changed"]
    assert not changed.feasible
    assert "40 days open are wished" in words(answer)
    (apply,) = hrefs(answer, "Plan with this change")
    assert 'name="days_open" value="40"' in words(desk.get(reverse("desk:plan") + apply))


def test_what_if_a_meeting_moves_into_the_past_says_why_its_consultation_is_gone(page):
    answer = page(**RULE, typed=WIDE, if_name="meeting-2", if_day="2020-03-12")
    shown = words(answer)
    assert "would begin on Thursday, 12 March 2020, which is not after today" in shown
    assert "Choose a later day for that meeting." in shown


@pytest.mark.parametrize("slug", ["open-call", "unfccc-submission"])
def test_dates_that_are_chosen_are_asked_for_by_their_labels_and_no_error_comes_first(page, slug):
    answer = page(procedure=slug)
    assert answer.context["form"].errors == {}
    assert "The rule counts from dates that you choose: " in answer.context["lacking"]
    assert ".date" not in answer.context["lacking"]


def test_a_date_that_is_left_out_is_asked_for_at_its_field(page):
    pressed = {"anchor_opening.date": "", "anchor_responses_due.date": ""}
    answer = page(procedure="open-call", **pressed)
    assert {*answer.context["form"].errors} == {*pressed}
    assert "Give this date" in words(answer)


def test_a_what_if_that_is_half_typed_says_what_is_missing(page):
    assert "Give the day to which it moves." in words(page(**RULE, typed=WIDE, if_name="meeting-2"))
    assert "Choose what moves to this day." in words(page(**RULE, typed=WIDE, if_day="2031-03-12"))


def test_from_a_proposal_the_form_for_convening_is_filled_in(page, desk, decided, next_meeting):
    answer = page()
    form = desk.get(answer.context["proposals"][0].convene).context["form"]
    planned = {entry.label: entry.on for entry in answer.context["proposals"][0].drawing.entries}
    assert form.initial["group_meeting"] == str(next_meeting.pk)
    assert form.initial["opens_on"] == planned["Opening of the consultation"].isoformat()
    assert form.initial["closes_on"] == planned["Responses due"].isoformat()
    assert form.initial["open_meeting_on"] == planned["Open meeting"].isoformat()
    assert form.setting.decision == decided


def test_a_typed_meeting_is_a_new_one_in_the_form_for_convening(page, desk, group):
    link = page(**RULE, typed=WIDE).context["proposals"][0].convene
    answer = desk.get(link)
    assert answer.status_code == 200
    shown = answer.context["form"].initial
    assert (shown["group_meeting"], shown["group_meeting_on"]) == ("new", "2031-09-17")
    assert answer.context["table"].feasible


def test_what_an_address_fills_in_wrongly_is_left_out(desk, decided):
    at = f"{reverse('desk:convene')}?decision={decided.pk}"
    form = desk.get(at, {"opens_on": "soon", "group_meeting": "999", "procedure": "none"})
    shown = desk.get(f"{at}&opens_on=soon&group_meeting=999&procedure=none").context["form"]
    assert form.status_code == 200
    assert "opens_on" not in shown.initial
    assert shown.initial["procedure"] == "itu-res-1336-2019"


def test_several_consultations_are_drawn_together(page):
    answer = page(**RULE, typed=f"{WIDE}\n2032-03-03", ahead="2")
    overview = answer.context["overview"]
    assert [entry.kind.value for entry in overview.entries].count("period") == 3
    assert "By the later reading" in words(answer)


def test_an_open_call_is_planned_without_meetings(page):
    answer = page(procedure="open-call", days_open="60", **{"anchor_opening.date": "2031-03-03"})
    assert proposals(answer) == [(1, True, 60)]
    assert "open-call=1" in answer.context["proposals"][0].convene


def test_nothing_is_written_and_nothing_can_be_sent(page, desk, decided, next_meeting):
    before = [Consultation.objects.count(), Meeting.objects.count(), Entry.objects.count()]
    page(**RULE, typed=NARROW, if_days_open="40")
    assert desk.post(reverse("desk:plan"), RULE).status_code == 405
    after = [Consultation.objects.count(), Meeting.objects.count(), Entry.objects.count()]
    assert before == after


def test_the_meetings_of_another_group_are_not_shown(desk, body):
    assert desk.get(reverse("desk:plan"), {"group": "other"}).status_code == 403


def test_the_convening_page_draws_its_dates(desk, decided, next_meeting):
    answer = desk.get(f"{reverse('desk:convene')}?decision={decided.pk}")
    assert answer.content.decode().count('role="img"') == 2
    assert next_meeting.starts_on > a_day(0)
