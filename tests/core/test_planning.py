"""A plan is feasible only if carrying it out keeps the rule, whatever the procedure and the days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consulta.core import planning, procedure, timetable
from consulta.core.calendar import Roll
from consulta.core.conflicts import Code
from consulta.core.planning import Hindrance, MissingAnchorError, Obstacle, Wishes

RES = procedure.load("itu-res-1336-2019")
CALL = procedure.load("open-call")
END, START, OPEN = "deciding_meeting.end", "group_meeting.start", "open_meeting.start"
TENTH = {END: date(2021, 9, 23), START: date(2022, 1, 19)}
NARROW = {END: date(2027, 1, 15), START: date(2027, 3, 3)}
BEFORE = date(2021, 9, 1)

days = st.dates(date(2023, 11, 1), date(2032, 12, 31))


def planned(plan):
    return {milestone.name: milestone.day for milestone in plan.table.milestones}


def anchors_of(rules):
    """Dates for every required anchor and for some of the others, in any order."""
    gap = st.integers(0, 260)
    named = {a.name: gap if a.required else st.none() | gap for a in rules.anchors}
    return st.tuples(days, st.fixed_dictionaries(named)).map(
        lambda drawn: {
            name: drawn[0] + timedelta(days=after)
            for name, after in drawn[1].items()
            if after is not None
        }
    )


def wishes_of(rules):
    rolls = {rule.name: st.sampled_from(Roll) for rule in rules.rules if not rule.sets}
    return st.builds(
        Wishes,
        days_open=st.none() | st.integers(1, 120),
        rolls=st.fixed_dictionaries({}, optional=rolls),
    )


def chosen_of(rules, anchors):
    """A day that somebody chose for one milestone, mostly near the others."""
    names = st.sampled_from([rule.name for rule in rules.applying if not rule.sets])
    after = st.integers(-20, 200).map(lambda gap: min(anchors.values()) + timedelta(days=gap))
    return st.dictionaries(names, after, max_size=1)


def test_the_tenth_consultation_planned_by_the_rule_has_the_compliant_dates():
    plan = planning.draw(RES, TENTH, today=BEFORE)
    assert planned(plan) == {
        "opening": date(2021, 10, 8),
        "responses_due": date(2021, 12, 18),
        "report_published": date(2021, 12, 31),  # day 15 is a Sunday, so the Friday before
        "open_meeting": date(2022, 1, 17),
    }
    assert (plan.feasible, plan.days_open, plan.obstacles) == (True, 71, ())


def test_as_it_was_carried_out_the_tenth_was_no_feasible_plan():
    chosen = {"responses_due": date(2021, 12, 13), "open_meeting": date(2022, 1, 11)}
    plan = planning.draw(RES, TENTH, today=BEFORE, days=chosen)
    assert not plan.feasible
    assert plan.obstacles == ()
    assert {(f.code, f.milestone) for f in plan.findings if f.blocking} == {
        (Code.OUTSIDE_RULE, "responses_due"),
        (Code.OUTSIDE_RULE, "open_meeting"),
    }


def test_opened_on_the_last_permitted_day_the_narrow_plan_leaves_no_day():
    plan = planning.draw(RES, NARROW, today=date(2026, 11, 21))
    assert not plan.feasible
    assert [f.code for f in plan.findings if f.blocking] == [Code.OPEN_TOO_SHORT]


def test_an_earlier_opening_mends_the_narrow_plan():
    early = {"opening": date(2027, 1, 20)}
    plan = planning.draw(RES, NARROW, today=date(2026, 11, 21), days=early)
    assert (plan.feasible, plan.days_open) == (True, 10)


@pytest.mark.parametrize(("wished", "feasible"), [(71, True), (72, False)])
def test_days_open_are_counted_from_the_last_permitted_opening(wished, feasible):
    plan = planning.draw(RES, TENTH, today=BEFORE, wishes=Wishes(days_open=wished))
    assert plan.feasible is feasible


def test_a_leap_year_has_its_29th_of_february():
    anchors = {END: date(2027, 9, 17), START: date(2028, 3, 8)}
    plan = planning.draw(RES, anchors, today=date(2027, 9, 1))
    assert planned(plan)["report_published"] == date(2028, 2, 18)
    assert plan.table.milestone("report_published").latest == date(2028, 2, 20)
    assert plan.feasible


def test_rolled_forward_the_deadline_misses_by_a_day_and_the_plan_says_so():
    rolls = {"responses_due": Roll.FORWARD}
    plan = planning.draw(RES, TENTH, today=BEFORE, wishes=Wishes(rolls=rolls))
    assert not plan.feasible
    assert [f.code for f in plan.findings if f.blocking] == [Code.ROLLED_PAST_RULE]


def test_what_is_over_without_having_been_done_makes_a_plan_infeasible():
    plan = planning.draw(RES, TENTH, today=date(2021, 10, 9))
    assert plan.obstacles == (Obstacle(Hindrance.PASSED, "opening", date(2021, 10, 8)),)
    assert not plan.feasible


def test_a_proposed_day_that_has_passed_gives_way_to_today_while_the_rule_allows_it():
    sunday = date(2022, 1, 2)  # the report is due; the Friday before is over
    done = {"opening": date(2021, 10, 8), "responses_due": date(2021, 12, 18)}
    plan = planning.draw(RES, TENTH, today=sunday, days=done)
    assert planned(plan)["report_published"] == sunday
    assert plan.feasible


def test_an_open_call_closes_after_the_days_that_are_wished():
    opening = {"opening.date": date(2027, 3, 1)}
    plan = planning.draw(CALL, opening, today=date(2027, 1, 1), wishes=Wishes(days_open=60))
    assert planned(plan) == {"opening": date(2027, 3, 1), "responses_due": date(2027, 4, 30)}
    assert plan.feasible


def test_dates_that_nobody_gave_are_named():
    with pytest.raises(MissingAnchorError) as raised:
        planning.draw(RES, {END: date(2021, 9, 23)}, today=BEFORE)
    assert raised.value.names == (START,)


def test_the_rule_is_not_changed_by_what_is_wished():
    plan = planning.draw(RES, TENTH, today=BEFORE, wishes=Wishes(days_open=40))
    assert plan.rules is RES
    assert plan.table.procedure.rule("responses_due").least_days == 40
    assert plan.table.milestone("responses_due").latest == date(2021, 12, 18)


@pytest.mark.parametrize("slug", procedure.slugs())
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_proposed_as_feasible_keeps_every_sentence_when_it_is_done(slug, data):
    rules = procedure.load(slug)
    anchors, wishes = data.draw(anchors_of(rules)), data.draw(wishes_of(rules))
    today = min(anchors.values()) + timedelta(days=data.draw(st.integers(-300, 60)))

    chosen = data.draw(chosen_of(rules, anchors))

    plan = planning.draw(rules, anchors, today=today, wishes=wishes, days=chosen)

    done = {name: day for name, day in planned(plan).items() if day}
    after = timetable.draw_up(
        planning.vary(rules, replace(wishes, days_open=None)),
        plan.table.anchors,
        today=date(2040, 1, 1),
        actual=done,
    )
    missed = [m.name for m in after.milestones if m.verdict.broken]
    if plan.feasible:
        assert missed == []
        assert after.feasible
        undone = [m for m in plan.table.milestones if not m.actual and m.limits.binding]
        assert [m.name for m in undone if m.proposed and m.proposed < today] == []
        if wishes.days_open and plan.days_open is not None:
            assert plan.days_open >= wishes.days_open
    else:
        assert any(f.blocking for f in plan.findings) or plan.obstacles
