"""How days and hours are counted, as tables: read them as a lawyer reads a schedule."""

from dataclasses import replace
from datetime import UTC, date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consulta.core import calendar, procedure, seat, timetable
from consulta.core.calendar import ClockChange, OutOfCalendarError, Roll, RollOff, Unit
from consulta.core.conflicts import Code
from consulta.core.rules import Bound, Offset
from consulta.core.seat import Seat

CALL = procedure.load("open-call")
NOWHERE = Seat()
GENEVA, BERLIN, WASHINGTON, BRUSSELS = Seat("CH", "GE"), Seat("DE", "BE"), Seat("US"), Seat("BE")


# Public holidays: the day, the seat, whether anybody works


@pytest.mark.parametrize(
    ("day", "place", "off"),
    [
        ("2027-01-01", GENEVA, True),  # New Year
        ("2027-03-26", GENEVA, True),  # Good Friday
        ("2027-09-09", GENEVA, True),  # the Genevan Fast: the Thursday after September's 1st Sunday
        ("2027-09-09", Seat("CH", "ZH"), False),  # ... is an ordinary day in Zurich
        ("2027-12-31", GENEVA, True),  # the Restoration of the Republic
        ("2027-10-03", BERLIN, True),  # German Unity (a Sunday as well)
        ("2028-10-03", BERLIN, True),
        ("2028-03-08", BERLIN, True),  # International Women's Day, in Berlin
        ("2028-03-08", Seat("DE", "BY"), False),  # ... and not in Bavaria
        ("2027-07-05", WASHINGTON, True),  # Independence Day, a Sunday, kept on the Monday
        ("2027-11-25", WASHINGTON, True),  # Thanksgiving
        ("2027-11-25", BRUSSELS, False),
        ("2027-07-21", BRUSSELS, True),  # the National Day of Belgium
        ("2027-12-25", NOWHERE, True),  # a Saturday everywhere
        ("2028-12-25", NOWHERE, False),  # a Monday: without a seat nobody knows of Christmas
    ],
)
def test_a_day_is_off_by_the_calendar_of_the_seat(day, place, off):
    assert place.is_off(date.fromisoformat(day)) is off


@pytest.mark.parametrize(
    ("start", "amount", "place", "end"),
    [
        ("2027-11-18", 3, NOWHERE, "2027-11-23"),  # Thursday -> Friday, Monday, Tuesday
        ("2027-11-22", 3, WASHINGTON, "2027-11-26"),  # Thanksgiving is not counted
        ("2027-11-22", 3, NOWHERE, "2027-11-25"),
        ("2027-03-25", 1, GENEVA, "2027-03-30"),  # Good Friday, a weekend, Easter Monday
        ("2027-03-25", 1, NOWHERE, "2027-03-26"),
        ("2027-12-23", 5, GENEVA, "2027-12-30"),  # Christmas on a Saturday costs no working day
        ("2027-03-30", -1, GENEVA, "2027-03-25"),  # and backwards the same
        ("2028-10-02", 1, BERLIN, "2028-10-04"),
        ("2027-11-20", 1, NOWHERE, "2027-11-22"),  # from a Saturday the first day is Monday
        ("2027-11-20", 0, NOWHERE, "2027-11-20"),  # none: the day itself
    ],
)
def test_working_days_are_counted_without_weekends_and_holidays_of_the_seat(
    start, amount, place, end
):
    found = calendar.shift(
        date.fromisoformat(start), amount, Unit.WORKING_DAYS, is_off=place.is_off
    )
    assert found == date.fromisoformat(end)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(-60, 60))
def test_working_days_end_on_a_working_day_and_come_back(day, amount):
    found = calendar.shift(day, amount, Unit.WORKING_DAYS, is_off=GENEVA.is_off)
    assert amount == 0 or not GENEVA.is_off(found)
    back = calendar.shift(found, -amount, Unit.WORKING_DAYS, is_off=GENEVA.is_off)
    assert GENEVA.is_off(day) or back == day


# Rolling: the last day, off what, which way, and where it lands


@pytest.mark.parametrize(
    ("last", "off", "way", "lands"),
    [
        ("2027-03-26", "holiday", "exact", "2027-03-26"),  # Good Friday stays
        ("2027-03-26", "holiday", "back", "2027-03-25"),
        ("2027-03-26", "holiday", "forward", "2027-03-30"),  # over the weekend and Easter Monday
        ("2027-03-26", "weekend", "forward", "2027-03-26"),  # a Friday is no weekend
        ("2027-03-28", "weekend", "forward", "2027-03-29"),  # Easter Monday is no weekend either
        ("2027-03-28", "holiday", "forward", "2027-03-30"),
        ("2027-03-28", "weekend", "back", "2027-03-26"),
        ("2027-03-28", "holiday", "back", "2027-03-25"),
        ("2027-01-01", "holiday", "back", "2026-12-30"),  # 31 December is a holiday in Geneva
        ("2027-01-01", "holiday", "forward", "2027-01-04"),
        ("2027-06-09", "holiday", "back", "2027-06-09"),  # an ordinary Wednesday
    ],
)
def test_a_deadline_rolls_off_weekends_or_holidays_back_or_forward(last, off, way, lands):
    day = date.fromisoformat(last)
    due = replace(CALL.rule("responses_due"), roll=Roll(way), roll_off=RollOff(off))
    table = one_rule(due, day, seat=GENEVA)
    found = table.milestone("responses_due")
    assert found.proposed == date.fromisoformat(lands)
    assert found.rolled_from == (None if last == lands else day)


def test_a_date_rolled_off_a_holiday_is_pointed_out():
    due = replace(CALL.rule("responses_due"), roll=Roll.BACK, roll_off=RollOff.HOLIDAY)
    assert [n.code for n in one_rule(due, date(2027, 3, 26), seat=GENEVA).notes] == [
        Code.ROLLED_OFF_HOLIDAY
    ]
    stays = replace(due, roll=Roll.EXACT)
    assert [n.code for n in one_rule(stays, date(2027, 3, 26), seat=GENEVA).notes] == [
        Code.ON_HOLIDAY
    ]


@pytest.mark.parametrize(
    ("way", "done", "verdict"),
    [
        ("forward", "2027-03-30", ("kept_with_tolerance", None)),
        ("forward", "2027-03-31", ("missed", 5)),
        ("back", "2027-03-25", ("kept", None)),
        ("back", "2027-03-26", ("missed", 1)),
    ],
)
def test_where_the_text_itself_moves_the_day_the_moved_day_is_the_last(way, done, verdict):
    due = replace(
        CALL.rule("responses_due"),
        roll=Roll(way),
        roll_off=RollOff.HOLIDAY,
        roll_in_rule=True,
        bound=Bound.AT_LATEST,
        offset=Offset(None, 0, Unit.DAYS),
    )
    table = one_rule(due, date(2027, 3, 26), seat=GENEVA, done=date.fromisoformat(done))
    found = table.milestone("responses_due").verdict
    assert (found.status.value, found.days) == verdict


def one_rule(rule, last, *, seat, done=None):
    """A timetable of one rule, whose anchor lies on *last*."""
    rules = replace(CALL, rules=(replace(rule, follows=""),), seat=seat)
    actual = {"responses_due": done} if done else {}
    anchors = {"responses_due.date": last}
    return timetable.draw_up(rules, anchors, today=date(2026, 1, 1), actual=actual)


# Hours that a change of the clocks skips or repeats


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc", "change"),
    [
        ("Europe/Zurich", "2026-10-25", "23:59:59", "2026-10-25T22:59:59", None),
        ("Europe/Zurich", "2027-03-28", "23:59:59", "2027-03-28T21:59:59", None),
        ("Europe/Zurich", "2026-12-12", "23:59:59", "2026-12-12T22:59:59", None),
        # 2 to 3 o'clock does not exist: the first instant after it
        ("Europe/Zurich", "2027-03-28", "02:30:00", "2027-03-28T01:00:00", "skipped"),
        ("Europe/Zurich", "2027-03-28", "02:00:00", "2027-03-28T01:00:00", "skipped"),
        ("Europe/Zurich", "2027-03-28", "03:00:00", "2027-03-28T01:00:00", None),
        # 2 to 3 o'clock comes twice: the second time
        ("Europe/Zurich", "2026-10-25", "02:30:00", "2026-10-25T01:30:00", "repeated"),
        ("Europe/Zurich", "2026-10-25", "02:00:00", "2026-10-25T01:00:00", "repeated"),
        ("Europe/Zurich", "2026-10-25", "03:00:00", "2026-10-25T02:00:00", None),
        ("America/New_York", "2027-03-14", "02:15:00", "2027-03-14T07:00:00", "skipped"),
        ("America/New_York", "2027-11-07", "01:15:00", "2027-11-07T06:15:00", "repeated"),
        # half an hour, and midnight itself
        ("Australia/Lord_Howe", "2027-10-03", "02:10:00", "2027-10-02T15:30:00", "skipped"),
        ("Africa/Cairo", "2027-04-30", "00:30:00", "2027-04-29T22:00:00", "skipped"),
        # a whole day that Samoa did not have
        ("Pacific/Apia", "2011-12-30", "23:59:59", "2011-12-30T10:00:00", "skipped"),
        ("UTC", "2027-03-28", "02:30:00", "2027-03-28T02:30:00", None),
    ],
)
def test_an_hour_that_the_clocks_skip_or_repeat_has_one_instant(zone, day, hour, utc, change):
    day, hour = date.fromisoformat(day), time.fromisoformat(hour)
    found = calendar.instant(day, hour, zone)
    assert found.astimezone(UTC).replace(tzinfo=None).isoformat() == utc
    assert calendar.clock_change(day, hour, zone) == (change and ClockChange(change))


@pytest.mark.parametrize(
    ("day", "said"),
    [("2027-03-28", Code.HOUR_SKIPPED), ("2026-10-25", Code.HOUR_REPEATED)],
)
def test_a_deadline_at_such_an_hour_says_so(day, said):
    due = replace(CALL.rule("responses_due"), hour=time(2, 30))
    notes = one_rule(due, date.fromisoformat(day), seat=NOWHERE).notes
    assert said in [note.code for note in notes]


@given(
    st.dates(date(1990, 1, 1), date(2037, 12, 31)),
    st.times().map(lambda hour: hour.replace(microsecond=0)),
    st.sampled_from(["Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Asia/Tehran"]),
)
def test_a_later_hour_of_a_day_is_never_an_earlier_instant(day, hour, zone):
    later = max(hour, time(12))
    assert calendar.instant(day, hour, zone) <= calendar.instant(day, later, zone)


def test_each_deadline_has_an_hour_and_a_zone_of_its_own():
    due = replace(CALL.rule("responses_due"), hour=time(17), zone="Europe/Riga")
    at = one_rule(due, date(2027, 7, 1), seat=NOWHERE).milestone("responses_due").at
    assert at.isoformat() == "2027-07-01T17:00:00+03:00"


# What is refused


@pytest.mark.parametrize(
    ("day", "amount", "unit"),
    [
        (date(2999, 12, 31), 1, Unit.DAYS),
        (date(1865, 1, 1), -1, Unit.DAYS),
        (date(2027, 1, 1), 99999, Unit.MONTHS),
        (date(2027, 1, 1), 10**9, Unit.WEEKS),
        (date(2999, 12, 1), 40, Unit.WORKING_DAYS),
    ],
)
def test_a_count_that_leaves_the_years_that_can_be_counted_is_refused(day, amount, unit):
    with pytest.raises(OutOfCalendarError):
        calendar.shift(day, amount, unit)


def test_a_date_outside_those_years_is_refused_as_an_anchor_and_as_a_day_on_record():
    anchors = {"opening.date": date(2027, 1, 1), "responses_due.date": date(3000, 1, 1)}
    with pytest.raises(OutOfCalendarError):
        timetable.draw_up(CALL, anchors, today=date(2027, 1, 1))
    with pytest.raises(OutOfCalendarError):
        timetable.draw_up(CALL, {}, today=date(2027, 1, 1), actual={"opening": date(1, 1, 1)})


@pytest.mark.parametrize("name", ["Europe/Geneva", "", "Europe", "../x", "/etc/passwd", "a\0b"])
def test_a_zone_that_does_not_exist_is_refused(name):
    with pytest.raises(calendar.UnknownZoneError):
        calendar.instant(date(2027, 1, 1), time(12), name)


@pytest.mark.parametrize("place", [Seat("XX"), Seat("CH", "XX"), Seat("", "GE"), Seat("CHE")])
def test_a_seat_without_a_list_of_holidays_is_refused(place):
    with pytest.raises(seat.UnknownSeatError):
        seat.check(place)


# A preference is met or not, never missed


@pytest.mark.parametrize(
    ("done", "met"),
    [("2027-05-09", False), ("2027-05-10", True), ("2027-05-14", True), ("2027-06-01", False)],
)
def test_a_preferred_day_is_met_or_not_and_never_missed(done, met):
    wish = replace(
        CALL.rule("responses_due"), bound=Bound.PREFERENCE, offset=Offset(0, 4, Unit.DAYS)
    )
    start, day = date(2027, 5, 10), date.fromisoformat(done)
    found = one_rule(wish, start, seat=NOWHERE, done=day).milestone("responses_due")
    assert (found.verdict.status.value, found.preference_met) == ("kept", met)
    undone = timetable.draw_up(
        replace(CALL, rules=(replace(wish, follows=""),)),
        {"responses_due.date": start},
        today=start + timedelta(days=400),
    )
    assert undone.milestone("responses_due").verdict.status.value == "not_due"
