"""A miss does not vanish by rescheduling, whatever is moved, in whatever order."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consulta.core import procedure, timetable
from consulta.core.timetable import Announcement, Timetable
from consulta.core.verdicts import Status, Verdict

RES = procedure.load("itu-res-1336-2019")
CALL = procedure.load("open-call")
END, START, OPEN = "deciding_meeting.end", "group_meeting.start", "open_meeting.start"
FIRST = date(2021, 9, 24)
ANCHORS = {END: date(2021, 9, 23), START: date(2022, 1, 19)}


def bare(verdict: Verdict) -> tuple[str, int | None]:
    return (verdict.status.value, verdict.days)


def missed(table: Timetable) -> set[str]:
    """The milestones of which the table says, in either verdict, that the rule was broken."""
    return {
        milestone.name
        for milestone in table.milestones
        if milestone.verdict.broken
        or (milestone.verdict.as_known_then and milestone.verdict.as_known_then.broken)
    }


def largest(table: Timetable) -> dict[str, int]:
    """By how many days the table says, in the worse of the two verdicts, that each rule was broken."""
    return {m.name: max(map(days, (m.verdict, m.verdict.as_known_then))) for m in table.milestones}


def days(verdict: Verdict | None) -> int:
    return verdict.days if verdict and verdict.broken else 0


# Sequences of moves, as they might happen


def moved(table, *, today, how, days):
    """Move one thing by *days*, on the day *today*; what cannot be moved stays."""
    day = today + timedelta(days=days)
    match how:
        case "group meeting" | "open meeting" | "deciding meeting":
            name = {"group meeting": START, "open meeting": OPEN}.get(how, END)
            return timetable.redraw(table, today=today, anchors={name: day})
        case "extend":
            try:
                return timetable.extend(table, "responses_due", to=day, today=today)
            except (timetable.DeadlineShortenedError, timetable.NothingToExtendError):
                return timetable.redraw(table, today=today)
        case "set the deadline":  # a past day would put on record what was done before
            return timetable.redraw(table, today=today, actual={"responses_due": max(day, today)})
        case "do":
            name = "report_published" if days % 2 else "opening"
            done = {} if name in table.actual else {name: today}
            return timetable.redraw(table, today=today, actual=done)
        case "forget":
            return timetable.redraw(table, today=today, actual=dict.fromkeys(table.actual))
    return timetable.redraw(table, today=today)


MOVES = [
    "group meeting",
    "open meeting",
    "deciding meeting",
    "extend",
    "set the deadline",
    "do",
    "forget",
    "wait",
]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.sampled_from(MOVES), st.integers(-40, 160)), max_size=8
    )
)
def test_no_sequence_of_moves_turns_a_miss_into_a_kept_with_no_trace(moves):
    table = timetable.draw_up(RES, ANCHORS, today=FIRST)
    for wait, how, days in moves:
        before, today = missed(table), table.today + timedelta(days=wait)
        waited = missed(timetable.redraw(table, today=today - timedelta(days=1)))
        table = moved(table, today=today, how=how, days=days)
        assert before | waited <= missed(table), (how, days, today)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.sampled_from(MOVES), st.integers(-40, 160)), max_size=8
    )
)
def test_no_sequence_of_moves_makes_a_miss_smaller_than_it_once_was(moves):
    table = timetable.draw_up(RES, ANCHORS, today=FIRST)
    for wait, how, by in moves:
        today = table.today + timedelta(days=wait)
        was = timetable.redraw(table, today=today - timedelta(days=1))
        if how in ("open meeting", "extend"):  # a past day would put on record what was done then
            by = max(by, 0)
        table = moved(table, today=today, how=how, days=by)
        now = largest(table)
        for milestone in was.milestones:
            assert now[milestone.name] >= days(milestone.verdict), (milestone.name, how, by, today)


@settings(max_examples=100, deadline=None)
@given(
    st.dates(date(2021, 9, 24), date(2022, 6, 1)),
    st.lists(st.tuples(st.integers(1, 60), st.integers(-30, 200)), min_size=1, max_size=5),
)
def test_an_extended_call_keeps_the_trace_of_what_was_overdue(opened, extensions):
    anchors = {"opening.date": date(2021, 9, 24), "responses_due.date": date(2021, 11, 1)}
    table = timetable.draw_up(CALL, anchors, today=opened)
    for wait, days in extensions:
        today = table.today + timedelta(days=wait)
        broken = missed(timetable.redraw(table, today=today - timedelta(days=1)))
        to = max(table.milestone("responses_due").day, today) + timedelta(days=abs(days) + 1)
        table = timetable.extend(table, "responses_due", to=to, today=today)
        assert broken <= missed(table)
        assert table.milestone("responses_due").first_on == date(2021, 11, 1)


# The cases that a table shows


def test_an_overdue_report_stays_missed_when_the_meeting_is_put_off_and_the_report_then_comes():
    table = timetable.draw_up(RES, ANCHORS, today=date(2022, 1, 10))
    assert bare(table.milestone("report_published").verdict) == ("overdue", 8)

    put_off = timetable.redraw(table, today=date(2022, 1, 11), anchors={START: date(2022, 3, 16)})
    found = put_off.milestone("report_published").verdict
    assert bare(found) == ("not_due", None)
    assert bare(found.as_known_then) == ("overdue", 9)

    done = timetable.redraw(
        put_off, today=date(2022, 1, 20), actual={"report_published": date(2022, 1, 20)}
    )
    found = done.milestone("report_published").verdict
    assert bare(found) == ("kept", None)
    assert bare(found.as_known_then) == ("missed", 18)


def test_a_deadline_set_too_late_stays_missed_when_the_meeting_is_put_off_before_it():
    known = {"responses_due": date(2021, 12, 30)}
    table = timetable.draw_up(RES, ANCHORS, today=date(2021, 11, 1), actual=known)
    assert bare(table.milestone("responses_due").verdict) == ("missed", 12)

    put_off = timetable.redraw(table, today=date(2021, 12, 1), anchors={START: date(2022, 3, 16)})
    found = put_off.milestone("responses_due").verdict
    assert bare(found) == ("kept", None)
    assert bare(found.as_known_then) == ("missed", 12)


def test_a_larger_miss_does_not_shrink_when_the_meeting_moves_and_a_smaller_one_stays():
    anchors = {END: date(2026, 9, 25), START: date(2027, 3, 3), OPEN: date(2027, 3, 1)}
    table = timetable.draw_up(RES, anchors, today=date(2026, 11, 10))
    late = timetable.redraw(
        table, today=date(2027, 1, 10), actual={"responses_due": date(2027, 4, 20)}
    )
    assert bare(late.milestone("responses_due").verdict) == ("missed", 80)

    later = {START: date(2027, 5, 5), OPEN: date(2027, 5, 3)}
    found = timetable.redraw(late, today=date(2027, 1, 20), anchors=later)
    found = found.milestone("responses_due").verdict
    assert bare(found) == ("missed", 17)
    assert bare(found.as_known_then) == ("missed", 80)
    assert found.as_known_then.by_earlier_dates


def test_a_meeting_put_off_before_anything_was_due_accuses_nobody():
    table = timetable.draw_up(RES, ANCHORS, today=FIRST)
    opened = timetable.redraw(table, today=date(2021, 10, 1), actual={"opening": date(2021, 10, 1)})
    put_off = timetable.redraw(opened, today=date(2021, 11, 1), anchors={START: date(2022, 3, 16)})
    assert missed(put_off) == set()
    assert put_off.kept


def test_what_was_done_in_time_and_put_on_record_late_was_never_missed():
    table = timetable.draw_up(RES, ANCHORS, today=date(2022, 1, 10))
    assert "report_published" in missed(table)
    told = timetable.redraw(
        table, today=date(2022, 1, 12), actual={"report_published": date(2021, 12, 30)}
    )
    assert "report_published" not in missed(told)


def test_a_record_changed_to_an_earlier_day_keeps_the_trace_of_the_day_it_gave_first():
    late = {"report_published": date(2022, 1, 9)}
    table = timetable.draw_up(RES, ANCHORS, today=date(2022, 1, 10), actual=late)
    changed = timetable.redraw(
        table, today=date(2022, 1, 12), actual={"report_published": date(2022, 1, 1)}
    )
    found = changed.milestone("report_published").verdict
    assert bare(found) == ("kept", None)
    assert bare(found.as_known_then) == ("missed", 7)


@pytest.mark.parametrize(
    "told",
    [{"anchors": {OPEN: date(2021, 10, 10)}}, {"actual": {"open_meeting": date(2021, 10, 10)}}],
    ids=["convened for the day", "put on record as held"],
)
def test_a_meeting_held_later_than_it_was_due_does_not_mend_what_was_missed_before_it(told):
    done = {"report_published": date(2021, 9, 25)}
    table = timetable.draw_up(RES, ANCHORS, today=date(2021, 9, 25), actual=done)
    nearer = timetable.redraw(table, today=date(2021, 9, 26), anchors={START: date(2021, 9, 26)})
    assert bare(nearer.milestone("report_published").verdict) == ("missed", 17)

    held = timetable.redraw(nearer, today=date(2021, 10, 10), **told)
    found = held.milestone("report_published").verdict
    assert bare(found) == ("kept", None)
    assert bare(found.as_known_then) == ("missed", 17)


def test_the_history_alone_tells_the_same_as_the_moves_did():
    history = {
        START: (
            Announcement(date.min, date(2022, 1, 19)),
            Announcement(date(2022, 1, 11), date(2022, 3, 16)),
        )
    }
    table = timetable.draw_up(
        RES,
        {**ANCHORS, START: date(2022, 3, 16)},
        today=date(2022, 1, 20),
        actual={"report_published": date(2022, 1, 20)},
        history=history,
    )
    found = table.milestone("report_published").verdict
    assert (found.status, found.as_known_then.status) == (Status.KEPT, Status.MISSED)
    assert found.as_known_then.days == 18
    assert table.milestone("report_published").first_on == date(2021, 12, 31)


# Extensions


def test_an_extended_deadline_is_judged_at_its_new_date_and_its_first_date_stays_known():
    set_for = {"responses_due": date(2021, 12, 18)}
    table = timetable.draw_up(RES, ANCHORS, today=date(2021, 12, 1), actual=set_for)
    assert table.milestone("responses_due").first_on is None

    longer = timetable.extend(
        table, "responses_due", to=date(2021, 12, 24), today=date(2021, 12, 2)
    )
    longest = timetable.extend(
        longer, "responses_due", to=date(2022, 1, 7), today=date(2021, 12, 9)
    )

    found = longest.milestone("responses_due")
    assert bare(found.verdict) == ("missed", 20)
    assert (found.first_on, found.day) == (date(2021, 12, 18), date(2022, 1, 7))
    assert [told.day for told in longest.history["responses_due"]] == [
        date(2021, 12, 18),
        date(2021, 12, 24),
        date(2022, 1, 7),
    ]


def test_a_deadline_extended_before_it_was_set_keeps_the_date_that_was_proposed():
    table = timetable.draw_up(RES, ANCHORS, today=date(2021, 12, 1))
    longer = timetable.extend(table, "responses_due", to=date(2022, 1, 7), today=date(2021, 12, 2))
    assert longer.milestone("responses_due").first_on == date(2021, 12, 18)


@pytest.mark.parametrize(
    ("today", "reopens"),
    [(date(2021, 11, 1), False), (date(2021, 11, 2), True)],
    ids=["on the last day", "the day after"],
)
def test_an_extension_after_the_last_day_reopens(today, reopens):
    anchors = {"opening.date": date(2021, 9, 24), "responses_due.date": date(2021, 11, 1)}
    table = timetable.draw_up(CALL, anchors, today=today)
    found = timetable.prolonging(table, "responses_due", today=today)
    assert found.reopens is reopens
