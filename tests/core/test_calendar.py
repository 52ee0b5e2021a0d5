from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consulta.core import calendar
from consulta.core.calendar import NotADayError, Roll, Unit


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2015, 8, 31), 40, date(2015, 10, 10)),
        (date(2015, 9, 3), 60, date(2015, 11, 2)),
        (date(2015, 10, 10), 30, date(2015, 11, 9)),
        (date(2021, 2, 10), 40, date(2021, 3, 22)),
        (date(2013, 5, 9), 28, date(2013, 6, 6)),
        (date(2017, 1, 4), 30, date(2017, 2, 3)),
        (date(2017, 12, 23), 30, date(2018, 1, 22)),
    ],
)
def test_days_are_counted_as_the_bodies_themselves_count_them(start, days, end):
    assert calendar.shift(start, days, Unit.DAYS) == end
    assert calendar.shift(end, -days, Unit.DAYS) == start


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
        (date(2027, 3, 31), 12, date(2028, 3, 31)),
    ],
)
def test_a_month_that_is_too_short_ends_the_count_on_its_last_day(start, months, end):
    assert calendar.shift(start, months, Unit.MONTHS) == end


def test_weeks_are_seven_days():
    assert calendar.shift(date(2027, 3, 1), 8, Unit.WEEKS) == date(2027, 4, 26)


@given(st.dates(date(1900, 1, 1), date(2900, 1, 1)))
def test_rolling_leaves_the_weekend_and_moves_two_days_at_most(day):
    back, forward = calendar.roll(day, Roll.BACK), calendar.roll(day, Roll.FORWARD)
    assert calendar.roll(day, Roll.EXACT) == day
    assert not calendar.is_weekend(back)
    assert not calendar.is_weekend(forward)
    assert day - timedelta(days=2) <= back <= day <= forward <= day + timedelta(days=2)
    if calendar.is_weekend(day):
        assert (back.weekday(), forward.weekday()) == (4, 0)


@pytest.mark.parametrize(
    "text", ["2026-11-21", "٢٠٢٦-١١-٢١", "۲۰۲۶-۱۱-۲۱", " \u200f2026-11-21\u200e "]
)
def test_a_day_is_read_in_the_digits_of_any_script(text):
    assert calendar.parse_day(text) == date(2026, 11, 21)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2026-02-29",
        "20261121",
        "2026-W47-6",
        "21-11-2026",
        "0001-01-01",
        "9999-12-31",
    ],
)
def test_anything_else_is_not_a_day(text):
    with pytest.raises(NotADayError):
        calendar.parse_day(text)
