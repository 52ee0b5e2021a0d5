from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consulta.core.calendar import Weekday
from consulta.core.verdicts import Evidence, Limits, Side, Status, Verdict, judge

FIRST, LAST = date(2027, 3, 1), date(2027, 3, 10)
WINDOW = Limits(FIRST, LAST)
TODAY = date(2027, 6, 1)


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2027, 2, 26), Verdict(Status.MISSED, 3, Side.EARLY)),
        (FIRST, Verdict(Status.KEPT)),
        (LAST, Verdict(Status.KEPT)),
        (date(2027, 3, 11), Verdict(Status.MISSED, 1, Side.LATE)),
    ],
)
def test_a_window_is_kept_on_its_first_and_its_last_day(day, verdict):
    assert judge(WINDOW, day, today=TODAY) == verdict


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_the_days_of_a_miss_are_the_difference_of_the_dates(latest, done):
    found = judge(Limits(latest=latest), done, today=TODAY)
    assert found.days == ((done - latest).days if done > latest else None)
    assert found.status is (Status.MISSED if done > latest else Status.KEPT)


def test_what_is_late_but_tolerated_is_kept_with_tolerance():
    limits = Limits(latest=LAST, tolerated_until=LAST + timedelta(days=2))
    late = [judge(limits, LAST + timedelta(days=n), today=TODAY) for n in (2, 3)]
    assert late == [Verdict(Status.KEPT_WITH_TOLERANCE), Verdict(Status.MISSED, 3, Side.LATE)]


@pytest.mark.parametrize(
    ("today", "verdict"),
    [
        (LAST, Verdict(Status.NOT_DUE)),
        (LAST + timedelta(days=1), Verdict(Status.OVERDUE, 1, Side.LATE)),
        (LAST + timedelta(days=40), Verdict(Status.OVERDUE, 40, Side.LATE)),
    ],
)
def test_what_is_not_done_is_overdue_from_the_day_after_the_last(today, verdict):
    assert judge(WINDOW, Evidence.NOTHING_DONE, today=today) == verdict


def test_what_a_text_only_allows_is_never_overdue():
    limits = Limits(FIRST, LAST, binding=False)
    assert judge(limits, Evidence.NOTHING_DONE, today=TODAY) == Verdict(Status.NOT_DUE)


def test_what_nobody_knows_is_not_called_overdue():
    assert judge(WINDOW, Evidence.NOT_KNOWN, today=TODAY) == Verdict(Status.UNKNOWN)


def test_a_rule_without_dates_cannot_be_judged():
    assert judge(Limits(), FIRST, today=TODAY) == Verdict(Status.UNKNOWN)


def test_the_preference_is_judged_beside_the_rule():
    limits = Limits(FIRST, LAST, preference=Weekday.MONDAY)
    met = [judge(limits, day, today=TODAY).preference_met for day in (FIRST, LAST)]
    assert met == [True, False]
