"""From a decision to a draft, to the announcement, and what may change after it, all through the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consulta.consultations import clock
from consulta.consultations.models import Consultation
from consulta.meetings.models import Meeting
from consulta.notices.models import Notice
from tests.rounds import a_day


@pytest.fixture
def form(decided, next_meeting) -> dict[str, object]:
    """What an officer types."""
    return {
        "key": "once",
        "count": "2",
        "procedure": "itu-res-1336-2019",
        "languages": ["en", "ar"],
        "original_language": "en",
        "group_meeting": str(next_meeting.pk),
        "topic_en": "Internet on islands",
        "topic_ar": "الإنترنت في الجزر",
        "question_1_en": "What stands in the way?",
        "question_2_en": "What has helped?",
        "question_2_ar": "ما الذي ساعد؟",
        "status_ar": "courtesy",
    }


def at(decided) -> str:
    return f"{reverse('desk:convene')}?decision={decided.pk}"


def words(answer) -> str:
    return answer.content.decode()


def test_the_page_begins_with_the_decisions_and_computes_at_once(desk, decided, next_meeting):
    listed = words(desk.get(reverse("desk:convene")))
    assert "Consult on islands." in listed
    shown = words(desk.get(at(decided)))
    assert "With these dates the rule can be kept." in shown
    assert "Counted from:" in shown


def test_a_question_is_added_and_taken_away_and_nothing_typed_is_lost(desk, decided, form):
    more = words(desk.post(at(decided), form | {"do": "add"}))
    assert 'name="question_3_en"' in more
    assert "What stands in the way?" in more
    less = words(desk.post(at(decided), form | {"do": "remove-1"}))
    assert "What stands in the way?" not in less
    assert "ما الذي ساعد؟" in less
    assert 'name="question_2_en"' not in less


def test_only_translations_are_called_optional(desk, decided, form):
    shown = desk.post(at(decided), form | {"do": "compute"}).context["form"]
    needed = {name for name, one in shown.fields.items() if getattr(one, "needed_later", False)}
    assert needed == {"topic_en", "question_1_en", "question_2_en"}


def test_dates_that_are_not_known_are_not_praised(sign_in, people, decided, form):
    client = sign_in(people["officer"])
    shown = words(client.post(at(decided), form | {"do": "compute", "group_meeting": ""}))
    assert "Not every date is known yet." in shown
    assert "With these dates the rule can be kept." not in shown


def test_a_language_that_is_unticked_keeps_its_words_on_the_page(desk, decided, form):
    fewer = words(desk.post(at(decided), form | {"languages": ["en"], "do": "compute"}))
    assert '<input type="hidden" name="question_2_ar" value="ما الذي ساعد؟"' in fewer


def test_what_if_a_meeting_is_too_near_says_that_there_is_no_time(desk, decided, form):
    near = {"group_meeting": "new", "group_meeting_on": a_day(20).isoformat(), "do": "compute"}
    shown = words(desk.post(at(decided), form | near))
    assert "The rule cannot be kept" in shown
    assert "There is no time to respond" in shown
    assert not Consultation.objects.exists()


def test_the_draft_is_saved_once_with_all_its_languages(desk, decided, form, people):
    first = desk.post(at(decided), form | {"do": "save"}, follow=True)
    again = desk.post(at(decided), form | {"do": "save"}, follow=True)
    draft = Consultation.objects.get()
    assert "The draft was saved." in words(first)
    assert "saved already" in words(again)
    assert (draft.decision, draft.created_by) == (decided, people["officer"])
    texts = {(t.language, t.status) for t in draft.texts.all()}
    assert texts == {("en", "original"), ("ar", "courtesy")}
    assert draft.questions.count() == 2


def test_a_new_meeting_with_a_provisional_date_will_do(desk, decided, form):
    day = a_day(120).isoformat()
    new = {"group_meeting": "new", "group_meeting_on": day, "do": "save"}
    desk.post(at(decided), form | new)
    meeting = Meeting.objects.get(starts_on=day)
    assert meeting.is_provisional
    assert Consultation.objects.get().group_meeting == meeting


def test_a_new_meeting_without_a_day_is_refused_and_nothing_is_lost(desk, decided, form):
    answer = desk.post(at(decided), form | {"group_meeting": "new", "do": "save"})
    assert answer.status_code == 422
    assert "Give the first day of the new meeting." in words(answer)
    assert "What stands in the way?" in words(answer)


def test_a_draft_is_edited_with_what_was_saved(desk, draft):
    address = reverse("desk:edit", args=[draft.slug])
    page = desk.get(address)
    assert "What stands in the way?" in words(page)
    saved = page.context["form"].initial | {"do": "save", "topic_en": "Islands anew"}
    desk.post(address, {name: value for name, value in saved.items() if value is not None})
    assert draft.texts.get(language="en").topic == "Islands anew"
    assert draft.questions.count() == 2


def test_an_open_call_needs_no_group_and_no_meeting(sign_in, people, body, form):
    client = sign_in(people["administrator"])
    address = f"{reverse('desk:convene')}?open-call=1"
    call = form | {
        "procedure": "open-call", "group_meeting": "", "opens_on": a_day(0).isoformat(),
        "closes_on": a_day(30).isoformat(), "do": "save",
    }  # fmt: skip
    client.post(address, call)
    made = Consultation.objects.get()
    assert (made.procedure, made.group) == ("open-call", None)


def test_opening_shows_what_is_announced_and_freezes_it(desk, draft):
    address = reverse("desk:open", args=[draft.slug])
    shown = words(desk.get(address))
    assert "Not written yet in:" in shown
    desk.post(address)
    again = desk.post(address)
    draft.refresh_from_db()
    assert draft.state(timezone.now()) == Consultation.State.OPEN
    assert "announced already" in words(again)
    assert Notice.objects.filter(kind="opened").count() == 1


def test_dates_outside_the_rule_are_opened_only_for_a_reason(desk, decided, form):
    late = form | {"closes_on": a_day(78).isoformat(), "do": "save"}
    desk.post(at(decided), late)
    draft = Consultation.objects.get()
    address = reverse("desk:open", args=[draft.slug])
    shown = words(desk.get(address))
    assert "Why these dates lie outside the rule" in shown
    assert "(optional)" not in shown
    assert "can be kept" not in shown
    assert "The rule cannot be kept" in shown
    refused = desk.post(address, {"reason": ""})
    assert refused.status_code == 422
    assert "Responses due" in words(refused)
    desk.post(address, {"reason": "The islands were cut off."})
    assert draft.deviations.get().reason == "The islands were cut off."


def test_extending_shows_the_chain_judged_again_before_anything_is_told(desk, running):
    address = reverse("desk:extend", args=[running.slug])
    old = running.closes_at
    to = clock.local_day(running, old) + timedelta(days=7)
    data = {"to": to.isoformat(), "reason": "Translations came late."}
    looked = words(desk.post(address, data | {"do": "look"}))
    assert "The chain, judged again" in looked
    assert "Missed by 7 days" in looked
    running.refresh_from_db()
    assert running.closes_at == old
    for _click in range(2):
        answer = desk.post(address, data | {"do": "extend"})
    running.refresh_from_db()
    assert (running.closes_at - old).days == 7
    assert "never shortened" in words(answer)
    assert running.extensions.get().reason == "Translations came late."


def test_a_corrigendum_a_fact_and_a_language_are_added_in_the_open(desk, running):
    desk.post(
        reverse("desk:correct", args=[running.slug]),
        {"question": "1", "language": "en", "text": "Read: in the way of access?"},
    )
    desk.post(
        reverse("desk:facts", args=[running.slug]),
        {"milestone": "report_published", "on": a_day(0).isoformat(), "source": "Public page"},
    )
    desk.post(
        reverse("desk:languages", args=[running.slug]),
        {"what": "2-ar", "status": "courtesy", "text": "ما الذي ساعد؟"},
    )
    running.refresh_from_db()
    assert running.corrigenda.get().text == "Read: in the way of access?"
    assert running.facts.get().source == "Public page"
    assert running.questions.get(position=2).texts.get(language="ar").status == "courtesy"
    shown = words(desk.get(reverse("desk:consultation", args=[running.slug])))
    assert "A correction of the published text was announced." in shown


def test_cancelling_needs_a_reason_and_happens_once(desk, running):
    address = reverse("desk:cancel", args=[running.slug])
    assert desk.post(address, {"reason": ""}).status_code == 422
    desk.post(address, {"reason": "No meeting."})
    again = desk.post(address, {"reason": "Again."})
    running.refresh_from_db()
    assert running.cancellation_reason == "No meeting."
    assert "its dates stand as they are" in words(again)


def test_a_meeting_is_moved_and_its_date_made_final(desk, running, next_meeting):
    address = reverse("desk:move_meeting", args=[next_meeting.slug])
    assert "Internet on islands" in words(desk.get(address))
    to = next_meeting.starts_on + timedelta(days=14)
    moved = {"to": to.isoformat(), "reason": "The room is taken.", "is_provisional": "on"}
    looked = desk.post(address, moved | {"do": "look"})
    assert "The chain, judged again" in words(looked)
    next_meeting.refresh_from_db()
    assert next_meeting.starts_on == to - timedelta(days=14)
    moved |= {"do": "move"}
    desk.post(address, moved)
    next_meeting.refresh_from_db()
    assert (next_meeting.starts_on, next_meeting.is_provisional) == (to, True)
    same = desk.post(address, moved)
    assert "begins on that day already" in words(same)
    desk.post(address, {"do": "confirm"})
    next_meeting.refresh_from_db()
    assert not next_meeting.is_provisional


@pytest.fixture
def other_body(sign_in, people, body, form):
    """The page on which a procedure of another body is convened, and what is typed on it."""
    client = sign_in(people["administrator"])
    address = f"{reverse('desk:convene')}?open-call=1"
    return client, address, form | {"group_meeting": "", "languages": ["en"]}


def test_a_procedure_that_was_just_chosen_asks_what_it_needs(other_body):
    client, address, form = other_body
    shown = words(client.post(address, form | {"procedure": "us-apa", "do": "compute"}))
    assert "Day of publication in the Federal Register" in shown
    assert 'name="choice-rule"' in shown
    assert "This field is required" not in shown
    assert 'name="group_meeting"' not in shown


def test_choices_and_dates_of_another_body_make_its_timetable_and_are_saved(other_body):
    client, address, form = other_body
    typed = form | {
        "procedure": "us-apa",
        "choice-rule": "significant",
        "day-publication.date": a_day(3).isoformat(),
    }
    shown = words(client.post(address, typed | {"do": "compute"}))
    assert "With these dates the rule can be kept." in shown
    client.post(address, typed | {"do": "save"})
    made = Consultation.objects.get()
    assert (made.procedure, made.choices) == ("us-apa", {"rule": "significant"})
    assert clock.timetable(made, timezone.now()).milestone("responses_due").day == a_day(63)


def test_a_draft_of_another_body_is_edited_with_its_choices(other_body):
    client, address, form = other_body
    typed = form | {
        "procedure": "eu-better-regulation",
        "choice-kind": "adopted_proposal",
        "opens_on": a_day(2).isoformat(),
    }
    client.post(address, typed | {"do": "save"})
    page = client.get(reverse("desk:edit", args=[Consultation.objects.get().slug]))
    assert '<option value="adopted_proposal" selected>' in words(page)


def test_the_call_that_every_body_can_make_is_offered_first_and_a_group_its_own_rule(
    other_body, desk, decided
):
    client, address, _form = other_body
    listed = client.get(address).context["form"].fields["procedure"].choices
    assert listed[0][0] == "open-call"
    assert "host-event" not in dict(listed)
    own = desk.get(at(decided)).context["form"].fields["procedure"].choices
    assert own[0][0] == "itu-res-1336-2019"
    assert "host-event" in dict(own)


def test_options_are_typed_one_a_line_in_each_language_and_come_back(desk, decided, form):
    typed = form | {
        "options_1_en": "Support\nSupport with changes\n\nOppose",
        "options_1_ar": "أؤيد\nأؤيد مع تعديلات\nأعارض",
        "several_1": "on",
        "do": "save",
    }
    desk.post(at(decided), typed)

    question = Consultation.objects.get().questions.get(position=1)
    assert [option.slug for option in question.options.all()] == [
        "support",
        "support-with-changes",
        "oppose",
    ]
    assert question.several
    back = words(desk.get(reverse("desk:edit", args=[Consultation.objects.get().slug])))
    assert "Support\nSupport with changes\nOppose" in back


def test_options_that_are_not_as_many_in_each_language_are_kept_and_said(desk, decided, form):
    typed = form | {"options_1_en": "Yes\nNo", "options_1_ar": "نعم", "do": "save"}
    answer = desk.post(at(decided), typed)

    assert "Write 2 to 12 options" in words(answer)
    assert "Yes\nNo" in words(answer)
    assert not Consultation.objects.exists()


def test_taking_a_question_away_moves_the_options_of_the_next(desk, decided, form):
    typed = form | {"options_2_en": "Yes\nNo", "several_2": "on", "do": "remove-1"}
    page = words(desk.post(at(decided), typed))

    assert 'name="options_1_en"' in page
    assert "Yes\nNo" in page[page.index('name="options_1_en"') :][:200]
    assert 'name="options_2_en"' not in page
