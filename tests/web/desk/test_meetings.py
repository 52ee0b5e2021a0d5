"""The desk arranges meetings: an agenda ordered without script, particulars, a meeting cancelled or split."""

import pytest
from django.urls import reverse

from consulta.meetings import agenda
from consulta.meetings.models import AgendaChange, AgendaItem, Meeting, MeetingPart


def page(name, *args):
    return reverse(f"desk:{name}", args=args)


@pytest.fixture
def meeting(next_meeting):
    return next_meeting


@pytest.fixture
def items(meeting, officer):
    made = []
    for number in ("1", "2", "3"):
        titles = {"en": {"text": f"Matter {number}", "status": "original"}}
        item = AgendaItem(meeting=meeting, number=number, titles=titles, purpose="decision")
        made.append(agenda.add(item, by=officer))
    return made


def order(meeting):
    return [item.number for item in agenda.items(meeting)]


def typed(**changes):
    return {"number": "3.1", "purpose": "discussion", "title_en": "Responses"} | changes


def test_an_item_is_added_with_its_titles_and_what_they_are_worth(desk, meeting):
    answer = desk.post(page("agenda_new", meeting.slug), typed(title_ar="الردود"))
    assert answer.status_code == 302
    assert AgendaItem.objects.get().titles == {
        "en": {"text": "Responses", "status": "original"},
        "ar": {"text": "الردود", "status": "courtesy"},
    }


def test_what_was_typed_stands_there_when_it_is_refused(desk, meeting):
    answer = desk.post(
        page("agenda_new", meeting.slug), typed(number="three", documents="CWG-9/77")
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Responses" in shown
    assert "CWG-9/77" in shown
    assert "No document of this meeting has the number: CWG-9/77." in shown


def test_items_are_moved_by_buttons_and_by_their_places(desk, meeting, items):
    here = page("agenda", meeting.slug)
    desk.post(here, {"move": f"{items[2].pk}:up"})
    assert order(meeting) == ["1", "3", "2"]
    desk.post(here, {"do": "order", f"place_{items[1].pk}": "١"})
    assert order(meeting) == ["2", "1", "3"]


def test_a_published_agenda_is_reordered_with_a_reason(desk, meeting, items):
    here = page("agenda", meeting.slug)
    desk.post(here, {"do": "publish", "to": "public"})
    refused = desk.post(here, {"move": f"{items[2].pk}:up", "reason": ""})
    assert refused.status_code == 422
    assert "say why it is changed" in refused.content.decode()
    assert order(meeting) == ["1", "2", "3"]
    desk.post(here, {"move": f"{items[2].pk}:up", "reason": "The speaker leaves."})
    assert order(meeting) == ["1", "3", "2"]
    assert AgendaChange.objects.get().before == {"order": ["1", "2", "3"]}


def test_who_sees_the_agenda_is_chosen_by_nobody_for_the_officer(desk, meeting, items):
    shown = desk.get(page("agenda", meeting.slug)).content.decode()
    assert "checked" not in shown
    assert desk.post(page("agenda", meeting.slug), {"do": "publish"}).status_code == 422
    assert Meeting.objects.get(pk=meeting.pk).agenda_audience == ""


def test_of_two_who_edit_an_item_the_second_keeps_words_and_sees_the_other(desk, meeting, items):
    here = page("agenda_item", meeting.slug, items[0].pk)
    first = typed(number="1", title_en="By the first", revision="1")
    assert desk.post(here, first).status_code == 302
    late = desk.post(here, typed(number="1", title_en="By the second", revision="1"))
    shown = late.content.decode()
    assert late.status_code == 422
    assert "By the second" in shown
    assert "By the first" in shown
    assert desk.post(here, typed(number="1", title_en="By both", revision="2")).status_code == 302


def test_an_item_is_taken_off(desk, meeting, items):
    desk.post(page("agenda_item", meeting.slug, items[1].pk), {"do": "remove"})
    assert order(meeting) == ["1", "3"]


def test_strangers_see_a_public_agenda_and_no_minutes_nor_conference(
    client, desk, meeting, items, officer
):
    here = reverse("public:meeting", args=[meeting.slug])
    assert "Matter 1" not in client.get(here).content.decode()
    item = items[0]
    agenda.change(item, {"minutes": {"en": "Said in the room."}}, documents=(), by=officer)
    desk.post(
        page("meeting_particulars", meeting.slug),
        {"conference_url": "https://meet.example.org/x", "practical_en": "Bring a badge."},
    )
    desk.post(page("agenda", meeting.slug), {"do": "publish", "to": "public"})
    shown = client.get(here).content.decode()
    assert "Matter 1" in shown
    assert "Bring a badge." in shown
    assert "Said in the room." not in shown
    assert "meet.example.org" not in shown


def test_an_agenda_for_members_is_no_strangers(client, desk, meeting, items):
    desk.post(page("agenda", meeting.slug), {"do": "publish", "to": "members"})
    shown = client.get(reverse("public:meeting", args=[meeting.slug])).content.decode()
    assert "Matter 1" not in shown
    assert "Agenda" not in shown


def test_a_meeting_is_cancelled_and_split_on_the_record(client, desk, meeting):
    after = meeting.ends_on.replace(year=meeting.ends_on.year + 1).isoformat()
    told = {"starts_on": after, "ends_on": after, "reason": "Two halls."}
    assert desk.post(page("meeting_split", meeting.slug), told).status_code == 302
    assert MeetingPart.objects.get().ordinal == 2
    early = told | {"starts_on": meeting.starts_on.isoformat()}
    refused = desk.post(page("meeting_split", meeting.slug), early)
    assert "Choose a later first day." in refused.content.decode()
    desk.post(page("meeting_cancel", meeting.slug), {"reason": "No hall."})
    shown = client.get(reverse("public:meeting", args=[meeting.slug])).content.decode()
    assert "No hall." in shown
    assert "Two halls." in shown
