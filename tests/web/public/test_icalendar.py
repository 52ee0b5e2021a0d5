"""Calendars as files: read back by two other programs' readers, they say what was written."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from consulta.core.icalendar import Event, calendar

ARABIC = "المشاورة المفتوحة بشأن الإنترنت في الجزر والمناطق النائية، الموعد النهائي للردود؛ "
AT = datetime(2027, 1, 4, 22, 59, 59, tzinfo=UTC)
MADE = {
    "uid": "a@example.org",
    "start": AT,
    "zone": "Europe/Zurich",
    "summary": "S",
    "description": "D",
    "url": "https://example.org/a,b;c",
    "changed_at": datetime(2026, 1, 1, tzinfo=UTC),
    "language": "en",
}


def written(**changes) -> str:
    return calendar([Event(**(MADE | changes))], name="N", language="en")


def entry(text: str):
    return Calendar.from_ical(text).walk("VEVENT")[0]


def test_an_instant_has_the_clock_of_its_zone_and_the_zone_is_told():
    text = written()
    assert "DTSTART;TZID=Europe/Zurich:20270104T235959\r\n" in text
    assert entry(text)["DTSTART"].dt == AT
    assert vobject.readOne(text).vevent.dtstart.value == AT
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Zurich\r\n" in text


def test_the_time_zone_that_is_told_jumps_when_the_clocks_do():
    """The standard has an observance begin by the clock before the jump (RFC 5545, 3.6.5)."""
    text = written(start=datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100" in text
    told, zurich = vobject.readOne(text).vtimezone.gettzinfo(), ZoneInfo("Europe/Zurich")
    first = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)
    days = [first + timedelta(days=day) for day in range(400)]
    hours = [first.replace(month=month, day=day, hour=hour)
             for month, day in ((3, 28), (3, 29), (10, 24), (10, 25)) for hour in range(4, 24)]  # fmt: skip
    for at in (*days, *hours):
        wall = at.replace(tzinfo=None)
        assert wall.replace(tzinfo=told).utcoffset() == wall.replace(tzinfo=zurich).utcoffset(), at


def test_utc_needs_no_telling():
    assert "DTSTART:20270104T225959Z\r\n" in written(zone="UTC")
    assert "VTIMEZONE" not in written(zone="UTC")


def test_days_end_on_the_day_after_the_last():
    one = entry(written(start=date(2026, 12, 31)))
    two = entry(written(start=date(2026, 12, 30), last=date(2026, 12, 31)))
    assert (one["DTSTART"].dt, one["DTEND"].dt) == (date(2026, 12, 31), date(2027, 1, 1))
    assert (two["DTSTART"].dt, two["DTEND"].dt) == (date(2026, 12, 30), date(2027, 1, 1))


@pytest.mark.parametrize(
    "text", [ARABIC * 4, "x" * 200, "会" * 100, "a" + "😀" * 50, "x" * 75, "ё" * 33]
)
def test_a_line_has_at_most_75_octets_and_two_readers_read_the_whole_text(text):
    made = written(summary=text, language="ar")

    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    assert made.endswith("END:VCALENDAR\r\n")
    assert entry(made)["SUMMARY"] == text
    assert entry(made)["SUMMARY"].params["LANGUAGE"] == "ar"
    assert vobject.readOne(made).vevent.summary.value == text


@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\r\x0b\x0c\x85\u2028\u2029"), max_size=300
    )
)
def test_whatever_is_written_is_read_back(text):
    """Control characters aside, which a calendar cannot hold."""
    made = written(description=text)
    kept = "".join(c for c in text if c in "\t\n" or (c >= " " and c != "\x7f"))

    assert entry(made)["DESCRIPTION"] == kept
    assert len(Calendar.from_ical(made).walk("VEVENT")) == 1


def test_place_and_conference_stand_where_they_are_known():
    made = entry(written(place="Room A, floor 2", conference="https://example.org/en/meetings/m/"))
    assert made["LOCATION"] == "Room A, floor 2"
    assert made["CONFERENCE"] == "https://example.org/en/meetings/m/"
    assert "LOCATION" not in written()
    assert "CONFERENCE" not in written()
    assert "VALARM" not in written()


def test_two_readers_see_the_same_entry():
    made = written(sequence=3, status="CANCELLED")
    ours, theirs = entry(made), vobject.readOne(made).vevent
    for name in ("UID", "SUMMARY", "DESCRIPTION", "URL", "STATUS", "SEQUENCE"):
        assert str(ours[name]) == theirs.contents[name.lower()][0].value
