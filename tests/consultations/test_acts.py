"""Convene, open, extend, correct, cancel: what each act changes, and what it refuses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from consulta.consultations import (
    clock,
    closing,
    convening,
    corrigenda,
    extending,
    opening,
    queries,
    texts,
)
from consulta.consultations.errors import (
    AlreadyAnnouncedError,
    AlreadyEndedError,
    DatesMissingError,
    DatesOutOfOrderError,
    DeadlineShortenedError,
    DeviationNeedsReasonError,
    NotAnnouncedError,
    NotYetDoneError,
    OriginalIncompleteError,
    QuestionsFrozenError,
    QuestionsMissingError,
    ReasonMissingError,
    UnknownMilestoneError,
    WrittenAlreadyError,
)
from consulta.consultations.models import Consultation, ConsultationText, Extension, TextStatus
from consulta.core.verdicts import Status
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from tests.rounds import a_day, without


def acts() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("act", flat=True))


def test_a_decision_becomes_a_draft_with_a_computed_timetable(draft, next_meeting):
    dates = {m["name"]: m for m in draft.timetable["milestones"]}
    monday = next_meeting.starts_on - timedelta(days=2)
    assert draft.state(timezone.now()) == Consultation.State.DRAFT
    assert (draft.number, draft.slug) == (1, "internet-on-islands")
    assert dates["open_meeting"]["proposed"] == monday.isoformat()
    assert dates["responses_due"]["latest"] == (monday - timedelta(days=30)).isoformat()
    assert draft.timetable["feasible"]
    assert acts()[-1] == "consultation_drafted"


def test_numbers_are_never_used_twice(draft, plan, officer):
    second = convening.convene(plan, by=officer)
    assert (second.number, second.slug) == (2, "internet-on-islands-2")


def test_the_timetable_of_a_plan_is_shown_before_anything_is_written(plan):
    table = convening.preview(plan)
    assert table.milestone("responses_due").proposed
    assert not Consultation.objects.exists()


def test_a_draft_is_drawn_up_anew_under_its_number(draft, plan, officer):
    convening.revise(
        draft, without(plan, questions=({"en": "Only this?"}, {"en": " "})), by=officer
    )
    assert [str(t) for q in draft.questions.all() for t in q.texts.all()] == ["Only this?"]
    assert draft.number == 1


def test_an_editor_convenes_nothing(plan, people):
    with pytest.raises(NotAllowedError):
        convening.convene(plan, by=people["editor"])
    assert not Consultation.objects.exists()


def test_a_plan_without_words_names_the_field(plan, officer):
    with pytest.raises(ValidationError) as refused:
        convening.convene(without(plan, topics={"en": "x" * 500}), by=officer)
    assert "topic" in refused.value.message_dict
    assert not Consultation.objects.exists()


def test_opening_announces_dates_and_freezes_the_questions(draft, officer):
    before = timezone.now()
    opening.open_consultation(draft, by=officer)
    due = draft.timetable["milestones"][1]["latest"]
    assert draft.state(timezone.now()) == Consultation.State.OPEN
    assert before <= draft.opens_at == draft.announced_at <= timezone.now()
    assert clock.local_day(draft, draft.closes_at).isoformat() == due
    assert timezone.localtime(draft.closes_at, clock.ZoneInfo(draft.timezone)).hour == 23
    entry = Entry.objects.filter(act="consultation_opened").get()
    assert texts.frozen_hash(draft).encode() in bytes(entry.body)
    with pytest.raises(QuestionsFrozenError):
        texts.write_questions(draft, [{"en": "Another?"}], {})


def test_it_can_be_announced_for_a_later_day(plan, officer):
    later = convening.convene(without(plan, opens_on=a_day(3)), by=officer)
    opening.open_consultation(later, by=officer)
    assert later.state(timezone.now()) == Consultation.State.ANNOUNCED
    assert later.state(timezone.now() + timedelta(days=3)) == Consultation.State.OPEN


def test_nothing_is_opened_twice_nor_in_the_past(draft, officer):
    with pytest.raises(DatesOutOfOrderError):
        opening.open_consultation(draft, by=officer, opens_at=datetime(2020, 1, 1, tzinfo=UTC))
    opening.open_consultation(draft, by=officer)
    with pytest.raises(AlreadyAnnouncedError):
        opening.open_consultation(draft, by=officer)


def test_without_questions_this_procedure_does_not_open(plan, officer):
    silent = convening.convene(without(plan, questions=()), by=officer)
    with pytest.raises(QuestionsMissingError):
        opening.open_consultation(silent, by=officer)


def test_the_original_must_be_whole_but_another_language_may_be_missing(plan, officer):
    lacking = without(plan, questions=({"ar": "ما العقبات؟"},))
    with pytest.raises(OriginalIncompleteError) as refused:
        opening.open_consultation(convening.convene(lacking, by=officer), by=officer)
    assert refused.value.language == "en"
    half = convening.convene(plan, by=officer)  # its second question has no Arabic
    opening.open_consultation(half, by=officer)
    assert queries.missing_languages(queries.by_slug(half.slug)) == ["ar"]


def test_without_a_date_to_compute_from_it_does_not_open(plan, officer):
    dateless = convening.convene(without(plan, group_meeting=None), by=officer)
    with pytest.raises(DatesMissingError) as refused:
        opening.open_consultation(dateless, by=officer)
    assert refused.value.milestones == ("responses_due",)


def test_dates_outside_the_rule_need_a_reason_which_stays_on_record(plan, officer):
    late = convening.convene(without(plan, closes_on=a_day(78)), by=officer)
    with pytest.raises(DeviationNeedsReasonError) as refused:
        opening.open_consultation(late, by=officer)
    assert refused.value.milestones == ("responses_due",)
    late.refresh_from_db()
    assert late.announced_at is None
    opening.open_consultation(late, by=officer, reason="The islands were cut off.")
    deviation = late.deviations.get()
    assert (deviation.milestone, deviation.chosen_on) == ("responses_due", a_day(78))
    row = queries.clock_view(queries.by_slug(late.slug), timezone.now()).row("responses_due")
    assert row.verdict.status == Status.MISSED
    assert row.deviations[0].reason == "The islands were cut off."


def test_an_open_call_needs_no_group_decision_meeting_or_question(open_call, officer, body):
    call = convening.convene(open_call, by=officer)
    opening.open_consultation(call, by=officer)
    assert call.group is None
    assert call.state(timezone.now()) == Consultation.State.OPEN
    assert clock.local_day(call, call.closes_at) == a_day(30)
    statuses = {m.name: m.verdict.status for m in clock.timetable(call, timezone.now()).milestones}
    assert statuses == {"opening": Status.KEPT, "responses_due": Status.KEPT}


def test_an_extension_keeps_the_old_date_and_judges_again(running, officer):
    old = running.closes_at
    to = clock.local_day(running, old) + timedelta(days=7)
    extending.extend(running, to=to, reason="Translations came late.", by=officer)
    shown = queries.clock_view(queries.by_slug(running.slug), timezone.now()).row("responses_due")
    assert (running.closes_at - old).days == 7
    assert (shown.first_on, shown.on) == (to - timedelta(days=7), to)
    assert (shown.verdict.status, shown.verdict.days) == (Status.MISSED, 7)
    assert shown.extensions[0].reason == "Translations came late."
    assert acts()[-1] == "deadline_extended"


@pytest.mark.parametrize("days", [0, -1])
def test_a_published_deadline_is_never_shortened(running, officer, days):
    to = clock.local_day(running, running.closes_at) + timedelta(days=days)
    with pytest.raises(DeadlineShortenedError):
        extending.extend(running, to=to, reason="We are in a hurry.", by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            consultation=running,
            old_at=running.closes_at,
            new_at=running.closes_at,
            reason="x",
            decided_at=timezone.now(),
        )


def test_an_extension_needs_reason_role_and_announcement(running, plan, officer, people):
    to = clock.local_day(running, running.closes_at) + timedelta(days=1)
    with pytest.raises(ReasonMissingError):
        extending.extend(running, to=to, reason=" ", by=officer)
    with pytest.raises(NotAllowedError):
        extending.extend(running, to=to, reason="Because", by=people["moderator"])
    with pytest.raises(NotAnnouncedError):
        extending.extend(convening.convene(plan, by=officer), to=to, reason="Because", by=officer)


def test_a_cancelled_consultation_says_why_and_stays_as_it_is(running, officer):
    with pytest.raises(ReasonMissingError):
        closing.cancel(running, reason="", by=officer)
    closing.cancel(running, reason="The meeting will not be held.", by=officer)
    assert running.state(timezone.now()) == Consultation.State.CANCELLED
    with pytest.raises(AlreadyEndedError):
        closing.cancel(running, reason="Again", by=officer)
    with pytest.raises(AlreadyEndedError):
        extending.extend(running, to=a_day(200), reason="Because", by=officer)
    with pytest.raises(AlreadyEndedError):
        corrigenda.announce(running, text="A word", language="en", by=officer)


def test_what_froze_is_only_corrected_in_the_open(running, plan, officer):
    question = queries.questions(running)[0]
    corrigenda.announce(
        running, text="Read: in the way of access?", language="en", by=officer, question=question
    )
    assert queries.question_text(question, "en").text == "What stands in the way?"
    assert running.corrigenda.get().question == question
    with pytest.raises(NotAnnouncedError):
        corrigenda.announce(
            convening.convene(plan, by=officer), text="x", language="en", by=officer
        )
    with pytest.raises(AlreadyAnnouncedError):
        convening.revise(running, plan, by=officer)


def test_a_missing_language_may_be_added_later_but_none_is_changed(running, officer):
    question = queries.questions(running)[1]
    texts.add_question_language(
        question, "ar", "ما الذي ساعد؟", status=TextStatus.COURTESY, by=officer
    )
    added = queries.question_text(queries.questions(queries.by_slug(running.slug))[1], "ar")
    assert (added.text, added.status) == ("ما الذي ساعد؟", "courtesy")
    with pytest.raises(WrittenAlreadyError):
        texts.add_question_language(question, "en", "x", status=TextStatus.OFFICIAL, by=officer)
    russian = ConsultationText(language="ru", topic="Интернет на островах", status="courtesy")
    texts.add_topic_language(running, russian, by=officer)
    assert queries.topic(queries.by_slug(running.slug), "ru").text == "Интернет на островах"


def test_a_fact_is_recorded_with_its_source(running, officer):
    closing.record_fact(running, "report_published", on=a_day(0), source="Public page", by=officer)
    row = queries.clock_view(queries.by_slug(running.slug), timezone.now()).row("report_published")
    assert (row.on, row.verdict.status, row.fact.source) == (a_day(0), Status.KEPT, "Public page")
    with pytest.raises(UnknownMilestoneError):
        closing.record_fact(running, "party", on=a_day(0), source="x", by=officer)
    with pytest.raises(ReasonMissingError):
        closing.record_fact(running, "opening", on=a_day(0), source="", by=officer)


def test_what_lies_ahead_is_no_fact_but_a_deadline_or_an_event_may(running, officer):
    for name in ("opening", "report_published"):
        with pytest.raises(NotYetDoneError):
            closing.record_fact(running, name, on=a_day(1), source="x", by=officer)
    for name in ("responses_due", "open_meeting"):
        closing.record_fact(running, name, on=a_day(60), source="x", by=officer)
    assert {fact.milestone for fact in running.facts.all()} == {"responses_due", "open_meeting"}


def test_a_deadline_that_was_lengthened_keeps_the_days_that_were_announced(running, officer):
    first = clock.view(running, timezone.now()).row("responses_due").on
    to = first + timedelta(days=7)
    extending.extend(running, to=to, reason="Translations came late.", by=officer)
    running = queries.by_slug(running.slug)
    told = clock.history(running)["responses_due"]
    assert [announced.day for announced in told] == [first, to]
    row = clock.view(running, timezone.now()).row("responses_due")
    assert (row.verdict.status, row.verdict.days) == (Status.MISSED, 7)
    assert row.milestone.first_on == first


def test_a_consultation_is_judged_by_the_edition_of_the_file_that_announced_it(running, draft):
    assert clock.rules(running).edition == 2
    type(running).objects.filter(pk=running.pk).update(procedure_edition="1")
    assert clock.rules(queries.by_slug(running.slug)).edition == 1
    type(running).objects.filter(pk=running.pk).update(procedure_edition="99")
    assert clock.rules(queries.by_slug(running.slug)).edition == 2  # not kept: the present one
