from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consulta.core import procedure, timetable
from consulta.core.calendar import Roll, Unit, Weekday, weekday
from consulta.core.conflicts import Code
from consulta.core.rules import Offset
from consulta.core.timetable import Announcement, DeadlineShortenedError
from consulta.core.verdicts import Status

RES = procedure.load("itu-res-1336-2019")
CALL = procedure.load("open-call")
LATER = date(2022, 10, 1)
END, START, OPEN = "deciding_meeting.end", "group_meeting.start", "open_meeting.start"


def plan(end, start, *, today=LATER, rules=RES, **more):
    return timetable.draw_up(rules, {END: end, START: start}, today=today, **more)


def verdict(table, name):
    found = table.milestone(name).verdict
    return (found.status.value, found.days)


# The real record, 2019-2022


def test_the_seventh_consultation_has_the_dates_of_the_rule():
    table = plan(date(2019, 9, 20), date(2020, 2, 5), actual={"responses_due": None})
    assert table.milestone("opening").latest == date(2019, 10, 5)
    assert table.milestone("open_meeting").proposed == date(2020, 2, 3)
    assert table.milestone("responses_due").latest == date(2020, 1, 4)
    assert table.milestone("report_published").latest == date(2020, 1, 19)
    assert verdict(table, "responses_due") == ("unknown", None)


def test_the_open_meeting_of_the_seventh_was_kept_at_the_start_of_a_week():
    held = {"open_meeting": date(2020, 2, 3)}
    table = plan(date(2019, 9, 20), date(2020, 2, 5), actual=held)
    assert verdict(table, "open_meeting") == ("kept", None)
    assert table.milestone("open_meeting").preference_met is True


def test_the_eighth_was_due_to_open_by_the_words_and_by_the_later_reading():
    by_the_words = plan(date(2019, 9, 20), date(2021, 1, 27))
    later_reading = timetable.redraw(by_the_words, today=LATER, anchors={END: date(2020, 2, 6)})
    assert by_the_words.milestone("opening").latest == date(2019, 10, 5)
    assert later_reading.milestone("opening").latest == date(2020, 2, 21)


def test_the_eighth_cannot_be_judged_while_its_open_meeting_is_not_known():
    known = {"responses_due": date(2020, 12, 15), "open_meeting": None}
    table = plan(date(2019, 9, 20), date(2021, 1, 27), actual=known)
    window = table.milestone("open_meeting")
    assert (window.earliest, window.latest) == (date(2021, 1, 24), date(2021, 1, 26))
    assert verdict(table, "open_meeting") == ("unknown", None)
    assert verdict(table, "responses_due") == ("unknown", None)


def test_the_ninth_missed_its_deadline_by_13_days_and_kept_the_window():
    known = {"responses_due": date(2021, 9, 3), "open_meeting": date(2021, 9, 20)}
    table = plan(date(2021, 1, 28), date(2021, 9, 23), actual=known)
    assert table.milestone("opening").latest == date(2021, 2, 12)
    assert table.milestone("report_published").latest == date(2021, 9, 5)
    assert verdict(table, "responses_due") == ("missed", 13)
    assert verdict(table, "open_meeting") == ("kept", None)


def test_the_tenth_missed_its_deadline_by_1_day_and_the_window_by_5():
    anchors = {END: date(2021, 9, 23), START: date(2022, 1, 19), OPEN: date(2022, 1, 11)}
    done = {"responses_due": date(2021, 12, 13)}
    table = timetable.draw_up(RES, anchors, today=LATER, actual=done)
    assert table.milestone("opening").latest == date(2021, 10, 8)
    assert verdict(table, "responses_due") == ("missed", 1)
    assert verdict(table, "open_meeting") == ("missed", 5)
    assert table.kept is False


def test_the_tenth_had_a_plan_that_keeps_every_rule():
    table = plan(date(2021, 9, 23), date(2022, 1, 19), today=date(2021, 9, 24))
    meeting, due, report = (
        table.milestone(name) for name in ("open_meeting", "responses_due", "report_published")
    )
    assert meeting.proposed == date(2022, 1, 17)
    assert due.latest == due.proposed == date(2021, 12, 18)
    assert report.latest == date(2022, 1, 2)
    assert table.feasible
    assert table.conflicts == ()


# The window and the preference


@pytest.mark.parametrize(
    ("group_meets", "proposed", "gap", "start_of_week"),
    [
        ("Monday", "Friday", 3, False),
        ("Tuesday", "Monday", 1, True),
        ("Wednesday", "Monday", 2, True),
        ("Thursday", "Monday", 3, True),
        ("Friday", "Tuesday", 3, False),
        ("Saturday", "Wednesday", 3, False),
        ("Sunday", "Thursday", 3, False),
    ],
)
def test_the_open_meeting_is_proposed_by_the_weekday_of_the_group(
    group_meets, proposed, gap, start_of_week
):
    week = (date(2027, 6, 7) + timedelta(days=n) for n in range(7))
    start = next(day for day in week if weekday(day) == group_meets)
    table = plan(date(2027, 1, 15), start, today=date(2027, 1, 16))
    meeting = table.milestone("open_meeting")
    assert (meeting.weekday, (start - meeting.proposed).days) == (proposed, gap)
    assert meeting.preference_met is start_of_week
    said = [conflict.code for conflict in table.conflicts]
    assert said == ([] if start_of_week else [Code.PREFERENCE_IMPOSSIBLE])
    assert table.feasible


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(60, 400))
def test_the_proposed_open_meeting_always_lies_within_the_window(end, days):
    start = end + timedelta(days=days)
    table = plan(end, start, today=end)
    assert start - timedelta(days=3) <= table.milestone("open_meeting").proposed < start


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-40, 40))
def test_a_deadline_is_missed_by_exactly_the_days_after_its_last_day(start, days):
    anchors = {START: start, OPEN: start - timedelta(days=1)}
    last = start - timedelta(days=31)
    done = {"responses_due": last + timedelta(days=days)}
    table = timetable.draw_up(RES, anchors, today=start, actual=done)
    assert verdict(table, "responses_due") == (("missed", days) if days > 0 else ("kept", None))


def test_a_future_meeting_outside_the_window_is_said_before_it_is_missed():
    anchors = {END: date(2027, 1, 15), START: date(2027, 6, 9), OPEN: date(2027, 6, 1)}
    table = timetable.draw_up(RES, anchors, today=date(2027, 1, 16))
    assert [conflict.code for conflict in table.conflicts] == [
        Code.OUTSIDE_RULE,
    ]
    assert verdict(table, "open_meeting") == ("not_due", None)
    assert table.feasible is False


@pytest.mark.parametrize(
    ("day", "today", "feasible"),
    [
        (date(2021, 12, 19), date(2021, 9, 24), False),
        (date(2021, 12, 19), date(2021, 12, 18), False),
        (date(2021, 12, 19), date(2021, 12, 19), True),
        (date(2021, 12, 18), date(2021, 9, 24), True),
    ],
    ids=["a day late", "the day before it", "it has come", "in time"],
)
def test_a_deadline_set_outside_the_rule_is_a_conflict_until_its_day_has_come(day, today, feasible):
    table = plan(date(2021, 9, 23), date(2022, 1, 19), today=today, actual={"responses_due": day})
    found = [(c.code, c.milestone) for c in table.conflicts if c.blocking]
    assert found == ([] if feasible else [(Code.OUTSIDE_RULE, "responses_due")])
    assert table.feasible is feasible


def test_a_working_day_in_the_window_that_is_no_monday_is_a_choice_worth_a_word():
    anchors = {END: date(2027, 1, 15), START: date(2027, 6, 9), OPEN: date(2027, 6, 8)}
    table = timetable.draw_up(RES, anchors, today=date(2027, 1, 16))
    assert [conflict.code for conflict in table.conflicts] == [Code.PREFERENCE_NOT_CHOSEN]
    assert table.conflicts[0].parameters["nearest"] == date(2027, 6, 7)
    assert table.feasible


def test_a_window_without_the_preferred_weekday_begins_with_a_working_day():
    rule = replace(RES.rule("open_meeting"), offset=Offset(-3, -2, Unit.DAYS))
    rules = replace(RES, rules=(rule,))
    table = timetable.draw_up(rules, {START: date(2027, 6, 9)}, today=date(2027, 1, 16))
    assert table.milestone("open_meeting").weekday == "Monday"
    table = timetable.draw_up(rules, {START: date(2027, 6, 7)}, today=date(2027, 1, 16))
    assert table.milestone("open_meeting").weekday == "Friday"
    sunday_to_tuesday = replace(rule, preference=Weekday.SATURDAY)
    rules = replace(RES, rules=(replace(sunday_to_tuesday, offset=Offset(-3, -1, Unit.DAYS)),))
    table = timetable.draw_up(rules, {START: date(2027, 6, 9)}, today=date(2027, 1, 16))
    assert table.milestone("open_meeting").weekday == "Monday"


def test_what_breaks_the_rule_is_said_before_what_breaks_a_preference():
    table = plan(date(2027, 1, 15), date(2027, 3, 5), today=date(2027, 1, 16))
    rules = procedure.choose(RES, rolls={"responses_due": Roll.FORWARD})
    friday = plan(date(2027, 1, 15), date(2027, 6, 11), today=date(2027, 1, 16), rules=rules)
    assert table.feasible
    assert [conflict.code for conflict in friday.conflicts] == [
        Code.ROLLED_PAST_RULE,
        Code.PREFERENCE_IMPOSSIBLE,
    ]
    moved = plan(date(2027, 6, 1), date(2027, 6, 11), today=date(2027, 6, 1))
    blocking = [conflict.blocking for conflict in moved.conflicts]
    assert blocking == sorted(blocking, reverse=True)
    assert set(blocking) == {True, False}


# Opening


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2021, 9, 22), ("missed", 1)),
        (date(2021, 9, 23), ("kept", None)),
        (date(2021, 10, 8), ("kept", None)),
        (date(2021, 10, 9), ("missed", 1)),
    ],
)
def test_the_opening_is_kept_from_the_end_of_the_meeting_to_day_15(day, found):
    table = plan(date(2021, 9, 23), date(2022, 1, 19), actual={"opening": day})
    assert verdict(table, "opening") == found


def test_an_opening_that_has_not_happened_is_overdue_from_day_16_on():
    on_day_15 = plan(date(2021, 9, 23), date(2022, 1, 19), today=date(2021, 10, 8))
    on_day_16 = plan(date(2021, 9, 23), date(2022, 1, 19), today=date(2021, 10, 9))
    assert verdict(on_day_15, "opening") == ("not_due", None)
    assert verdict(on_day_16, "opening") == ("overdue", 1)


# Feasibility


def test_too_short_a_time_between_the_meetings_is_infeasible_unless_opened_early():
    table = plan(date(2027, 1, 15), date(2027, 3, 3), today=date(2027, 1, 16))
    [conflict] = table.conflicts
    assert (conflict.code, conflict.parameters["days"]) == (Code.OPEN_TOO_SHORT, 0)
    assert conflict.parameters["last"] == date(2027, 1, 29)
    assert table.feasible is False
    assert table.milestone("opening").proposed == date(2027, 1, 29)


def test_one_more_day_between_the_meetings_makes_it_feasible():
    table = plan(date(2027, 1, 14), date(2027, 3, 3), today=date(2027, 1, 16))
    assert table.feasible


def test_an_early_opening_makes_the_short_plan_feasible():
    table = plan(
        date(2027, 1, 15),
        date(2027, 3, 3),
        today=date(2027, 1, 20),
        actual={"opening": date(2027, 1, 18)},
    )
    assert table.feasible


def test_no_time_at_all_is_said_with_the_days_that_are_missing():
    table = plan(date(2027, 2, 15), date(2027, 3, 3), today=date(2027, 2, 16))
    assert table.conflicts[0].code is Code.NO_TIME
    assert table.conflicts[0].parameters["days"] == 17


# Days and instants


def test_the_leap_year_is_counted():
    table = plan(date(2027, 9, 17), date(2028, 3, 8), today=date(2027, 9, 18))
    found = {m.name: (m.latest, weekday(m.latest).value) for m in table.milestones}
    assert found["responses_due"] == (date(2028, 2, 5), "Saturday")
    assert found["report_published"] == (date(2028, 2, 20), "Sunday")
    assert table.milestone("open_meeting").proposed == date(2028, 3, 6)
    assert table.milestone("report_published").proposed == date(2028, 2, 18)
    assert table.milestone("report_published").rolled_from == date(2028, 2, 20)


@pytest.mark.parametrize(
    ("due", "utc"),
    [
        (date(2026, 10, 25), "2026-10-25T22:59:59+00:00"),
        (date(2027, 3, 28), "2027-03-28T21:59:59+00:00"),
        (date(2026, 12, 12), "2026-12-12T22:59:59+00:00"),
    ],
)
def test_a_deadline_ends_with_its_day_in_geneva_also_when_the_clocks_change(due, utc):
    anchors = {OPEN: due + timedelta(days=30)}
    at = timetable.draw_up(RES, anchors, today=date(2026, 1, 1)).milestone("responses_due").at
    assert at.astimezone(UTC).isoformat() == utc
    assert at.tzinfo.key == "Europe/Zurich"


def test_30_days_from_4_january_are_3_february_exactly():
    table = timetable.draw_up(RES, {OPEN: date(2017, 2, 3)}, today=date(2017, 1, 1))
    assert table.milestone("responses_due").latest == date(2017, 1, 4)
    table = timetable.draw_up(RES, {OPEN: date(2018, 1, 22)}, today=date(2017, 1, 1))
    assert table.milestone("responses_due").latest == date(2017, 12, 23)


def test_a_deadline_rolled_forward_leaves_29_days_and_says_that_it_is_a_miss_by_1():
    rules = procedure.choose(RES, rolls={"responses_due": Roll.FORWARD})
    anchors = {END: date(2027, 1, 15), START: date(2027, 6, 11), OPEN: date(2027, 6, 8)}
    table = timetable.draw_up(rules, anchors, today=date(2027, 1, 16))
    due = table.milestone("responses_due")
    assert (weekday(due.latest), due.proposed - due.latest) == ("Sunday", timedelta(days=1))
    [conflict] = [c for c in table.conflicts if c.code is Code.ROLLED_PAST_RULE]
    assert conflict.parameters["days"] == 1
    kept_to = timetable.redraw(table, today=table.today, actual={"responses_due": due.proposed})
    assert verdict(kept_to, "responses_due") == ("missed", 1)


def test_weekends_are_pointed_out():
    table = plan(date(2021, 9, 23), date(2022, 1, 19), today=date(2021, 9, 24))
    assert [(note.code, note.milestone) for note in table.notes] == [
        (Code.ON_WEEKEND, "responses_due"),
        (Code.ROLLED, "report_published"),
    ]


# What is not known yet, and what moves


def test_a_timetable_is_drawn_up_before_the_next_meeting_is_convened():
    table = timetable.draw_up(RES, {END: date(2021, 9, 23)}, today=date(2021, 9, 24))
    assert table.milestone("opening").latest == date(2021, 10, 8)
    assert table.milestone("responses_due").latest is None
    assert verdict(table, "responses_due") == ("unknown", None)
    assert table.feasible


def test_a_meeting_that_moved_is_judged_by_the_date_held_and_the_date_known_on_the_day():
    anchors = {END: date(2021, 1, 28), START: date(2021, 9, 23), OPEN: date(2021, 10, 4)}
    known = {"responses_due": date(2021, 9, 3), "open_meeting": date(2021, 9, 20)}
    due = timetable.draw_up(RES, anchors, today=LATER, actual=known).milestone("responses_due")
    assert (due.verdict.status, due.verdict.days) == (Status.MISSED, 13)
    assert due.verdict.as_known_then.status is Status.KEPT


def test_a_miss_does_not_vanish_when_the_meeting_is_put_off():
    table = plan(
        date(2021, 1, 28),
        date(2021, 9, 23),
        today=date(2021, 9, 4),
        actual={"responses_due": date(2021, 9, 3)},
    )
    table = timetable.redraw(table, today=date(2021, 9, 10), anchors={START: date(2021, 10, 28)})
    judged = table.milestone("responses_due").verdict
    assert judged.status is Status.KEPT
    assert (judged.as_known_then.status, judged.as_known_then.days) == (Status.MISSED, 13)
    assert table.milestone("opening").verdict.as_known_then is None


def test_only_what_was_announced_by_the_day_counts_as_known_then():
    history = {START: (Announcement(date(2021, 1, 28), date(2021, 9, 23)),)}
    early, late = (
        plan(
            date(2021, 1, 28),
            date(2021, 10, 28),
            actual={"responses_due": day},
            history=history,
        ).milestone("responses_due")
        for day in (date(2021, 1, 20), date(2021, 9, 3))
    )
    assert early.verdict.as_known_then is None
    assert late.verdict.as_known_then.days == 13


def test_an_extension_judges_the_whole_chain_again():
    before = plan(date(2021, 9, 23), date(2022, 1, 19), today=date(2021, 12, 1))
    after = timetable.extend(before, "responses_due", to=date(2022, 1, 7), today=date(2021, 12, 2))
    assert verdict(after, "responses_due") == ("missed", 20)
    assert [c.code for c in after.conflicts] == [Code.OUTSIDE_RULE, Code.OUT_OF_ORDER]
    assert "responses_due" in [c.after.name for c in timetable.changes(before, after)]


@pytest.mark.parametrize("to", [date(2021, 12, 17), date(2021, 12, 18)])
def test_a_published_deadline_is_never_shortened_nor_extended_to_itself(to):
    table = plan(date(2021, 9, 23), date(2022, 1, 19), today=date(2021, 12, 1))
    with pytest.raises(DeadlineShortenedError):
        timetable.extend(table, "responses_due", to=to, today=date(2021, 12, 2))


def test_a_date_that_is_not_known_yet_cannot_be_extended():
    table = timetable.draw_up(RES, {END: date(2021, 9, 23)}, today=date(2021, 9, 24))
    with pytest.raises(timetable.NothingToExtendError):
        timetable.extend(table, "responses_due", to=LATER, today=date(2021, 9, 25))


# The open call


def call(opens, closes, *, today=date(2027, 1, 1), rules=CALL):
    anchors = {"opening.date": opens, "responses_due.date": closes}
    return timetable.draw_up(rules, anchors, today=today)


def test_an_open_call_opens_and_closes_on_the_days_announced_and_nothing_else():
    table = call(date(2027, 2, 1), date(2027, 3, 1))
    assert [(m.name, m.proposed) for m in table.milestones] == [
        ("opening", date(2027, 2, 1)),
        ("responses_due", date(2027, 3, 1)),
    ]
    assert table.feasible


def test_an_open_call_can_promise_a_report_some_weeks_after_the_close():
    rules = procedure.choose(CALL, offsets={"report_published": 8})
    table = call(date(2027, 2, 1), date(2027, 3, 1), rules=rules)
    assert table.milestone("report_published").latest == date(2027, 4, 26)


def test_an_open_call_that_closes_before_it_opens_is_infeasible():
    assert call(date(2027, 3, 1), date(2027, 2, 1)).feasible is False


def test_an_extended_open_call_keeps_its_first_date_on_record():
    table = call(date(2027, 2, 1), date(2027, 3, 1))
    table = timetable.extend(table, "responses_due", to=date(2027, 3, 8), today=date(2027, 2, 20))
    assert table.milestone("responses_due").proposed == date(2027, 3, 8)
    assert table.history["responses_due.date"][0].day == date(2027, 3, 1)


# Names


def test_an_anchor_that_the_procedure_does_not_know_is_refused_with_those_it_knows():
    with pytest.raises(timetable.UnknownAnchorError) as caught:
        timetable.draw_up(RES, {"meeting": LATER}, today=LATER)
    assert caught.value.allowed == (END, START, OPEN)


def test_the_core_holds_no_words_for_users():
    core = Path(timetable.__file__).parent
    assert not [path for path in core.glob("*.py") if "gettext" in path.read_text()]
