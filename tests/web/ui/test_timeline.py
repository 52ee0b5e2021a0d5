"""A drawn timeline shows each date where it is, in both directions, and as words."""

import re
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from consulta.core import procedure
from consulta.core.timetable import draw_up, redraw
from consulta.web.ui import timeline_entries
from consulta.web.ui.timeline import Entry, Kind, Scale, Span, Tick, draw, scale, wrapped

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
RES = procedure.load("itu-res-1336-2019")
TENTH = {"deciding_meeting.end": date(2021, 9, 23), "group_meeting.start": date(2022, 1, 19)}
BEFORE = date(2021, 9, 1)
DUE = Entry(
    label="Due", kind=Kind.SET, on=date(2027, 1, 31), until=date(2027, 1, 31), when="31 January"
)


def drawn(language="en", **more):
    with translation.override(language):
        table = draw_up(RES, TENTH, today=BEFORE)
        timeline = timeline_entries.of_table(table, **more)
        return timeline, render_to_string("ui/components/timeline.html", {"timeline": timeline})


def laid_out(entries, *, mirrored=False, wide=True, today=None):
    along = scale(entries, today=today, mirrored=mirrored)
    return draw(entries, along, wide=wide, today=today, months=MONTHS)


def test_a_day_lies_on_the_axis_by_its_share_of_the_time_and_mirrored_from_the_other_end():
    ltr = Scale(date(2027, 1, 1), date(2027, 4, 11), mirrored=False)
    rtl = Scale(date(2027, 1, 1), date(2027, 4, 11), mirrored=True)
    assert (ltr.at(date(2027, 1, 26)), rtl.at(date(2027, 1, 26))) == (25.0, 75.0)
    assert ltr.span(date(2027, 1, 11), date(2027, 1, 31)) == (10.0, 20.0)
    assert rtl.span(date(2027, 1, 11), date(2027, 1, 31)) == (70.0, 20.0)


def test_what_has_no_first_day_is_open_on_that_side_and_mirrored_on_the_other():
    band, mirrored = (laid_out([DUE], mirrored=m).rows[0].band for m in (False, True))
    assert (band.x, band.first_edge, band.last_edge) == (0.0, False, True)
    assert (mirrored.end, mirrored.first_edge, mirrored.last_edge) == (100.0, True, False)


def test_the_words_stand_beside_the_track_or_above_it():
    wide, narrow = laid_out([DUE]), laid_out([DUE], wide=False)
    assert (wide.track, narrow.track) == (Span(34.0, 66.0), Span(0.0, 100.0))
    assert wide.rows[0].y < wide.rows[0].words[-1].y
    assert narrow.rows[0].y > narrow.rows[0].words[-1].y
    assert laid_out([DUE], mirrored=True).track == Span(0.0, 66.0)


def test_months_are_named_as_often_as_there_is_room_and_years_where_they_begin():
    long = [Entry(label="A", kind=Kind.SET, on=date(2026, 10, 1), ends=date(2028, 3, 1))]
    months = laid_out(long).months
    named = [(month.label, month.year) for month in months if month.label]
    assert named[:4] == [("Nov", "2026"), ("Jan", "2027"), ("Mar", ""), ("May", "")]
    assert len(months) > len(named)
    assert laid_out(long).weeks == ()


@given(st.dates(date(1865, 1, 1), date(2999, 12, 1)), st.integers(0, 400_000), st.booleans())
def test_however_long_the_time_there_are_at_most_sixty_ticks_and_at_least_one(first, days, wide):
    last = date.fromordinal(min(first.toordinal() + days, date(2999, 12, 31).toordinal()))
    entry = Entry(label="A", kind=Kind.PERIOD, on=first, ends=last)
    months = laid_out([entry], wide=wide).months
    named = [month for month in months if month.label]
    assert len(months) <= 60
    assert len(named) <= 15
    assert named or (last - first).days < 60


@given(st.text(max_size=60), st.integers(4, 30))
def test_wrapping_loses_no_word(text, longest):
    assert "".join("".join(wrapped(text, longest)).split()) == "".join(text.split())


def test_chinese_is_wrapped_between_any_two_characters():
    assert wrapped("面对面公开磋商会议", 8) == ["面对面公", "开磋商会", "议"]


def test_every_milestone_and_meeting_is_drawn_in_the_order_of_time():
    timeline, _html = drawn()
    assert [(entry.label, entry.kind.value) for entry in timeline.entries] == [
        ("Last day of the meeting that decided the topic", "meeting"),
        ("Opening of the consultation", "proposed"),
        ("Open for responses", "period"),
        ("Responses due", "proposed"),
        ("Consolidated report published", "proposed"),
        ("Open meeting", "proposed"),
        ("First day of the group's next meeting", "meeting"),
    ]  # fmt: skip


def test_a_meeting_that_is_known_has_its_name_and_both_days():
    known = {"group_meeting": ("CWG-17", date(2022, 1, 19), date(2022, 1, 20))}
    timeline, _html = drawn(meetings=known)
    entry = timeline.entries[-1]
    assert (entry.label, entry.when) == ("CWG-17", "19 January 2022 to 20 January 2022")


def test_what_missed_the_rule_has_a_mark_and_words_of_its_own():
    table = redraw(
        draw_up(RES, TENTH, today=BEFORE),
        today=BEFORE,
        actual={"responses_due": date(2021, 12, 20)},
    )
    due = [e for e in timeline_entries.of_table(table).entries if e.label == "Responses due"]
    assert [(entry.kind, entry.remark) for entry in due] == [(Kind.MISSED, "Missed by 2 days.")]


def test_today_is_drawn_only_between_the_first_day_and_the_last():
    inside, _html = drawn(today=date(2021, 11, 2))
    outside, _html = drawn(today=date(2026, 11, 2))
    assert (inside.today, outside.today) == ("Today, 2 November 2021", "")
    assert outside.drawings[0].today is None


def test_nothing_is_drawn_while_no_date_is_known():
    assert timeline_entries.of_table(draw_up(RES, {}, today=BEFORE)) is None
    assert render_to_string("ui/components/timeline.html", {"timeline": None}).strip() == ""


@pytest.mark.parametrize("language", ["en", "ar", "fr", "ru"])
def test_the_drawing_is_one_picture_with_a_name_its_dates_in_words_and_as_a_table(language):
    timeline, html = drawn(language, today=date(2021, 11, 2))
    assert html.count('role="img"') == 2
    named = re.findall(r'aria-labelledby="(\S+) (\S+)"', html)
    ids = re.findall(r' id="([^"]+)"', html)
    assert sorted(ids) == sorted(name for pair in named for name in pair)
    assert len(set(ids)) == 4
    assert all(entry.when in html.split("<table")[1] for entry in timeline.entries)


def test_numbers_in_the_drawing_keep_their_point_in_every_language():
    _timeline, html = drawn("fr")
    assert re.findall(r'x1?="\d+,\d', html) == []
    assert re.findall(r'x1="\d+\.\d+%"', html)


def test_the_drawing_holds_no_inline_style():
    assert "style=" not in drawn()[1]


def test_ticks_are_weeks_while_there_are_few():
    assert len(laid_out([DUE]).weeks) >= 1
    assert isinstance(laid_out([DUE]).weeks[0], Tick)
