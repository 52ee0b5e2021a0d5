"""The nearest feasible date is feasible, and no nearer one is."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consulta.core import nearest, planning, procedure
from consulta.core.nearest import Move
from consulta.core.planning import Wishes
from tests.core.test_planning import (
    BEFORE,
    END,
    NARROW,
    OPEN,
    RES,
    START,
    TENTH,
    anchors_of,
    chosen_of,
)

EARLY = date(2026, 11, 21)


def again(plan, name, day):
    """The plan drawn anew with one date changed, without the planner's own way of moving it."""
    anchors, days = dict(plan.table.anchors), dict(plan.days)
    known = {anchor.name for anchor in plan.rules.anchors}
    (anchors if name in known else days)[name] = day
    return planning.draw(plan.rules, anchors, today=plan.table.today, wishes=plan.wishes, days=days)


def test_the_narrow_plan_is_mended_by_a_day_at_any_end():
    moves = nearest.moves(planning.draw(RES, NARROW, today=EARLY))
    assert moves == (
        Move("opening", date(2027, 1, 29), date(2027, 1, 29)),  # proposed: it need only be chosen
        Move(END, date(2027, 1, 15), date(2027, 1, 14)),
        Move(OPEN, date(2027, 3, 1), date(2027, 3, 2)),
        Move(START, date(2027, 3, 3), date(2027, 3, 5)),  # on a Thursday the Monday stays
    )
    assert [move.days for move in moves] == [0, -1, 1, 2]


def test_an_open_meeting_outside_its_window_has_a_nearest_day_on_one_side():
    plan = planning.draw(RES, {**TENTH, OPEN: date(2022, 1, 11)}, today=BEFORE)
    moves = {(move.name, move.to) for move in nearest.moves(plan)}
    assert moves == {(OPEN, date(2022, 1, 16)), (START, date(2022, 1, 14))}


def test_a_chosen_deadline_past_the_rule_moves_back_and_so_may_the_meetings():
    plan = planning.draw(RES, TENTH, today=BEFORE, days={"responses_due": date(2021, 12, 19)})
    moves = {move.name: move.to for move in nearest.moves(plan)}
    assert moves == {
        "responses_due": date(2021, 12, 18),
        OPEN: date(2022, 1, 18),
        START: date(2022, 1, 21),  # on a Friday the open meeting is on the Tuesday before
    }


def test_a_feasible_plan_needs_no_move():
    assert nearest.moves(planning.draw(RES, TENTH, today=BEFORE)) == ()


def test_nothing_is_moved_into_the_past_and_nothing_past_is_moved():
    plan = planning.draw(RES, NARROW, today=date(2027, 1, 29))
    assert END not in nearest.movable(plan)
    assert all(move.to >= date(2027, 1, 29) for move in nearest.moves(plan))


def test_what_is_forbidden_outside_the_plan_is_not_proposed():
    plan = planning.draw(RES, NARROW, today=EARLY)
    moves = nearest.moves(plan, allowed=lambda name, day: name == START and day.weekday() == 2)
    assert [(m.name, m.to) for m in moves] == [(START, date(2027, 3, 10))]


def test_the_most_days_open_are_those_of_the_first_permitted_opening():
    plan = planning.draw(RES, NARROW, today=EARLY, wishes=Wishes(days_open=20))
    assert nearest.most_days_open(plan) == 15
    impossible = planning.draw(RES, {**NARROW, START: date(2027, 2, 1)}, today=EARLY)
    assert nearest.most_days_open(impossible) is None


@pytest.mark.parametrize("slug", procedure.slugs())
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_the_nearest_feasible_date_is_feasible_and_nothing_nearer_is(slug, data):
    rules = procedure.load(slug)
    anchors = data.draw(anchors_of(rules))
    wishes = Wishes(days_open=data.draw(st.none() | st.integers(1, 60)))
    today = min(anchors.values()) - timedelta(days=data.draw(st.integers(-5, 90)))
    chosen = data.draw(chosen_of(rules, anchors))
    plan = planning.draw(rules, anchors, today=today, wishes=wishes, days=chosen)

    moves = nearest.moves(plan)

    if plan.feasible:
        assert moves == ()
        return
    found = {(move.name, move.days > 0): abs(move.days) for move in moves}
    only_chosen = {move.name for move in moves if not move.days}
    for name, was in nearest.movable(plan).items():
        if name in only_chosen:
            continue
        for sign in (-1, 1):
            reach = found.get((name, sign > 0), 20)
            nearer = [was + timedelta(days=sign * n) for n in range(1, reach)]
            feasible = [day for day in nearer if day >= today and again(plan, name, day).feasible]
            assert feasible == [], (name, sign)
    assert all(again(plan, move.name, move.to).feasible for move in moves)
    assert all(move.to >= today for move in moves)
