"""What the tags show: content in its language, escaped; dates and names as each language has them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


def drawn(source: str, code: str = "en", **context: object) -> str:
    with translation.override(code):
        return Template(source).render(Context(context)).strip()


def test_text_is_escaped_and_carries_its_language() -> None:
    shown = drawn("{% text value 'ar' %}", value="<b>a</b>\nb\n\nc")
    assert shown == (
        '<div class="prose" lang="ar" dir="rtl"><p>&lt;b&gt;a&lt;/b&gt;<br>b</p>\n\n<p>c</p></div>'
    )


def test_text_of_an_unknown_language_finds_its_own_direction() -> None:
    assert drawn("{% text 'x' %}") == '<div class="prose" dir="auto"><p>x</p></div>'


def test_a_language_code_cannot_break_out_of_its_attribute() -> None:
    assert '"><script>' not in drawn("{% phrase 'x' lang %}", lang='"><script>')


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "Wednesday, 1 July 2026"),
        ("fr", "mercredi 1 juillet 2026"),
        ("es", "miércoles 1 de julio de 2026"),
        ("ru", "Среда, 1 июля 2026 г."),
        ("zh-hans", "2026年7月1日 星期三"),
        ("ar", "الأربعاء، 1 يوليو 2026"),
    ],
)
def test_a_day_is_written_as_each_language_writes_it(code: str, words: str) -> None:
    shown = drawn("{% date day weekday=True %}", code, day=date(2026, 7, 1))
    assert shown.lower() == f'<time datetime="2026-07-01">{words}</time>'.lower()


def test_a_day_that_is_not_known_is_said_to_be_so() -> None:
    assert drawn("{% date None %}") == '<span class="unknown">Not known</span>'


@pytest.mark.parametrize(
    ("zone", "start", "clock"),
    [
        ("Europe/Zurich", "2026-07-01T14:00:00+02:00", "14:00 (Central European Summer Time)"),
        ("UTC", "2026-07-01T12:00:00+00:00", "12:00 (UTC)"),
        ("Asia/Tokyo", "2026-07-01T21:00:00+09:00", "21:00 (Japan Standard Time)"),
        ("Asia/Kathmandu", "2026-07-01T17:45:00+05:45", "17:45 (GMT+05:45)"),
    ],
)
def test_an_instant_is_shown_by_the_clock_of_its_zone(zone: str, start: str, clock: str) -> None:
    shown = drawn("{% instant at zone %}", at=NOON, zone=zone)
    assert f'datetime="{start}"' in shown
    assert f">1 July 2026, {clock}</time>" in shown


@pytest.mark.parametrize(
    ("code", "name"), [("en", "Switzerland"), ("zh-hans", "瑞士"), ("ar", "سويسرا")]
)
def test_a_country_is_named_in_the_language_of_the_page(code: str, name: str) -> None:
    assert drawn("{% country 'ch' %}", code) == name


def test_an_unknown_country_is_shown_as_its_code() -> None:
    assert drawn("{% country 'QX' %}") == "QX"


def test_languages_are_named_in_the_page_s_language_or_their_own() -> None:
    source = "{% language_name 'zh' %} {% language_name 'ar' own=True %} {% language_name '?!' %}"
    assert drawn(source, "fr") == "chinois العربية ?!"


@pytest.mark.parametrize(
    ("code", "shown"), [("en", "12,480"), ("es", "12.480"), ("zh-hans", "12,480")]
)
def test_numbers_are_grouped_as_the_language_groups_them(code: str, shown: str) -> None:
    assert drawn("{% digits 12480 %}", code) == shown


def test_a_query_string_changes_one_thing_and_keeps_the_rest() -> None:
    request = RequestFactory().get("/en/", {"group": "a&b", "page": "7", "q": "x"})
    source = "{% query_with page=2 q=None %}"
    assert drawn(source, request=request) == "?group=a%26b&amp;page=2"


@pytest.mark.parametrize(
    ("status", "days", "words"),
    [
        ("kept", None, "Kept"),
        ("missed", 1, "Missed by 1 day"),
        ("missed", 13, "Missed by 13 days"),
        ("overdue", 4, "Overdue by 4 days"),
        ("not_due", None, "Not yet due"),
        ("nonsense", None, "Not known"),
    ],
)
def test_a_verdict_is_a_shape_and_words(status: str, days: int | None, words: str) -> None:
    source = "{% include 'ui/components/verdict.html' %}"
    shown = drawn(source, verdict={"status": status, "days": days})
    assert f"<span>{words}</span>" in shown
    assert "<path" in shown
