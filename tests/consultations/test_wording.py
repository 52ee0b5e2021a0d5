from datetime import date

import pytest
from django.utils import translation

from consulta.consultations import clock_document, wording
from consulta.core import procedure, timetable
from consulta.core.calendar import Roll
from consulta.core.conflicts import Code
from consulta.core.rules import Modality
from consulta.core.verdicts import Side, Status, Verdict

RES = procedure.load("itu-res-1336-2019")
END, START, OPEN = "deciding_meeting.end", "group_meeting.start", "open_meeting.start"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def drawn_up(end, start, today=date(2022, 10, 1), **more):
    return timetable.draw_up(RES, {END: end, START: start}, today=today, **more)


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (Verdict(Status.KEPT), "Kept."),
        (Verdict(Status.KEPT_WITH_TOLERANCE), "Kept, with the tolerance that the rule allows."),
        (Verdict(Status.MISSED, 1, Side.LATE), "Missed by 1 day."),
        (Verdict(Status.MISSED, 13, Side.LATE), "Missed by 13 days."),
        (Verdict(Status.MISSED, 5, Side.EARLY), "Missed by 5 days: it was too early."),
        (Verdict(Status.OVERDUE, 2, Side.LATE), "Overdue by 2 days."),
        (Verdict(Status.NOT_DUE), "Not due yet."),
        (Verdict(Status.UNKNOWN), "Cannot be known from the dates on record."),
    ],
)
def test_a_verdict_is_one_sentence(verdict, text):
    assert wording.verdict(verdict) == text


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_badge_and_a_sentence_as_known_then(status):
    assert wording.status(status)
    then = wording.verdict_as_known_then(Verdict(status, 3))
    assert then.startswith("By the meeting date known on the day: ")


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (Status.MISSED, "By a date announced earlier: missed by 80 days."),
        (Status.OVERDUE, "By a date announced earlier: overdue by 80 days."),
    ],
)
def test_a_miss_by_dates_announced_earlier_has_its_own_sentence(status, text):
    found = Verdict(status, 80, by_earlier_dates=True)
    assert wording.verdict_as_known_then(found) == text


def test_every_code_has_a_sentence():
    assert set(wording.SENTENCES) == set(Code)


@pytest.mark.parametrize("slug", procedure.slugs())
def test_every_milestone_and_anchor_of_every_procedure_has_a_name(slug):
    rules = procedure.load(slug)
    named = [wording.milestone_name(rule) for rule in rules.rules]
    named += [wording.anchor_name(anchor.name, rules) for anchor in rules.anchors]
    named += [wording.anchor_name(rule.anchor, rules) for rule in rules.rules]
    assert all(named)
    assert not [name for name in named if "_" in name or name.endswith((".start", ".date"))]


def test_a_milestone_is_named_by_its_procedure_in_the_readers_language_else_in_the_usual_words():
    icann, last_call = procedure.load("icann-public-comment"), procedure.load("ietf-last-call")
    assert wording.milestone_name(icann.rule("responses_due")) == "Comments due"
    assert wording.milestone_name(RES.rule("responses_due")) == "Responses due"
    with translation.override("zh-hans"):
        assert wording.milestone_name(last_call.rule("responses_due")) == "最后征求意见结束"
    assert wording.milestone_name("something_new") == "Something new"


def test_what_a_rule_counts_from_is_named_by_its_procedure_too():
    us = procedure.load("us-apa")
    assert wording.anchor_name("publication.date", us) == (
        "day of publication in the Federal Register"
    )
    icann = procedure.load("icann-public-comment")
    assert wording.anchor_name("responses_due", icann) == "day of this: Comments due"


def test_conflicts_use_the_names_of_the_procedure():
    rules = procedure.load("host-event")
    anchors = {"host_event.start": date(2026, 7, 6), OPEN: date(2026, 7, 1)}
    table = timetable.draw_up(rules, anchors, today=date(2026, 6, 1))
    text = wording.explanation(table.milestone("open_meeting"), rules)
    assert text.endswith("first day of the host's event (Monday, 6 July 2026).")


def test_what_is_only_normal_is_said_so():
    rules = procedure.load("berec")
    table = timetable.draw_up(rules, {"opening.date": date(2026, 3, 2)}, today=date(2026, 3, 1))
    text = wording.explanation(table.milestone("responses_due"), rules)
    assert text.startswith("Normally on Wednesday, 1 April 2026.")


def test_every_modality_and_policy_for_weekends_has_a_sentence():
    assert all(map(wording.modality, Modality))
    assert set(wording.ROLLS) == set(Roll)


@pytest.mark.parametrize(
    ("code", "anchors", "today", "more"),
    [
        (Code.NO_TIME, (date(2027, 2, 15), date(2027, 3, 3)), date(2027, 2, 16), {}),
        (Code.OPEN_TOO_SHORT, (date(2027, 1, 15), date(2027, 3, 3)), date(2027, 1, 16), {}),
        (
            Code.OUT_OF_ORDER,
            (date(2021, 9, 23), date(2022, 1, 19)),
            date(2021, 12, 2),
            {"actual": {"responses_due": date(2022, 1, 7)}},
        ),
        (Code.PREFERENCE_IMPOSSIBLE, (date(2027, 1, 15), date(2027, 6, 11)), date(2027, 2, 1), {}),
        (Code.ON_WEEKEND, (date(2021, 9, 23), date(2022, 1, 19)), date(2021, 12, 2), {}),
        (Code.ROLLED, (date(2021, 9, 23), date(2022, 1, 19)), date(2021, 12, 2), {}),
    ],
)
def test_conflicts_and_notes_are_sentences_without_gaps(code, anchors, today, more):
    table = drawn_up(*anchors, today=today, **more)
    said = [
        wording.finding(found) for found in (*table.conflicts, *table.notes) if found.code is code
    ]
    assert said
    assert all("%(" not in text and text.endswith(".") for text in said)


def test_a_chosen_meeting_outside_the_window_is_put_into_words():
    anchors = {START: date(2027, 6, 9), OPEN: date(2027, 6, 1)}
    table = timetable.draw_up(RES, anchors, today=date(2027, 1, 16))
    [text] = [wording.finding(found) for found in table.conflicts]
    assert text.startswith("Open meeting: Tuesday, ")
    assert "is outside what the rule allows" in text


def test_another_day_than_the_preferred_one_and_a_roll_past_the_rule_are_put_into_words():
    rules = procedure.choose(RES, rolls={"responses_due": Roll.FORWARD})
    anchors = {START: date(2027, 6, 9), OPEN: date(2027, 6, 8)}
    table = timetable.draw_up(rules, anchors, today=date(2027, 1, 16))
    said = " ".join(wording.finding(found) for found in table.conflicts)
    assert "it misses the rule by 1 day." in said
    assert "would meet both." in said


def test_the_conflict_between_window_and_preference_says_which_is_the_rule():
    table = drawn_up(date(2027, 1, 15), date(2027, 6, 11), today=date(2027, 2, 1))
    [text] = [wording.finding(found) for found in table.conflicts]
    assert "no Monday lies between" in text
    assert "The window is the rule" in text


def test_an_explanation_tells_the_days_and_what_they_are_counted_from():
    table = drawn_up(date(2021, 9, 23), date(2022, 1, 19))
    text = wording.explanation(table.milestone("opening"))
    assert text.startswith("From Thursday, ")
    assert "last day of the meeting that decided the topic" in text


def test_a_milestone_without_a_date_says_what_is_missing():
    table = timetable.draw_up(RES, {END: date(2021, 9, 23)}, today=date(2021, 9, 24))
    text = wording.explanation(table.milestone("open_meeting"))
    assert text == (
        "No date yet: it is counted from the first day of the group's next meeting, "
        "which is not known."
    )


def test_the_document_holds_the_verdict_by_the_date_held_and_by_the_date_known():
    anchors = {END: date(2021, 1, 28), START: date(2021, 9, 23), OPEN: date(2021, 10, 4)}
    known = {"responses_due": date(2021, 9, 3), "open_meeting": date(2021, 9, 20)}
    table = timetable.draw_up(RES, anchors, today=date(2022, 10, 1), actual=known)
    due = clock_document.timetable(table)["milestones"][1]
    assert due["verdict"] == {
        "status": "missed",
        "days": 13,
        "text": "Missed by 13 days.",
        "preference_met": None,
        "as_known_then": {
            "status": "kept",
            "days": None,
            "text": "By the meeting date known on the day: kept.",
            "preference_met": None,
        },
    }
