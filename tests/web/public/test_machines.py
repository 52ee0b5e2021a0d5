"""Feeds, calendars, health: read by programs, and found from the pages."""

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from consulta.flow import convening
from consulta.web.public.icalendar import Event, calendar, escape, fold

ATOM = "{http://www.w3.org/2005/Atom}"


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("text", ["x" * 200, "é" * 100, "会" * 100, "a" + "😀" * 50, "", "x" * 75])
def test_a_long_line_is_folded_at_75_octets_between_characters_and_unfolds_to_itself(text):
    folded = fold(text)
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == text


def test_a_line_is_as_long_as_it_may_be():
    assert [len(part) for part in fold("x" * 150).split("\r\n")] == [75, 75, 2]


def test_text_is_escaped_so_that_nothing_ends_a_line_early():
    assert escape("a;b,c\\d\r\ne\x07") == "a\\;b\\,c\\\\d\\ne"


def test_days_end_on_the_day_after_and_instants_are_in_utc():
    made = {
        "summary": "S",
        "description": "D",
        "url": "https://example.org/",
        "changed_at": datetime(2026, 1, 1, tzinfo=UTC),
        "language": "en",
    }
    day = Event(uid="a@x", start=date(2026, 12, 31), **made)
    days = Event(uid="b@x", start=date(2026, 12, 30), last=date(2026, 12, 31), **made)
    instant = Event(uid="c@x", start=datetime(2026, 12, 31, 22, 59, tzinfo=UTC), **made)
    text = calendar([day, days, instant], name="N", language="en")
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in text
    assert "DTSTART;VALUE=DATE:20261230\r\nDTEND;VALUE=DATE:20270101\r\n" in text
    assert "DTSTART:20261231T225900Z\r\n" in text
    assert text.endswith("END:VCALENDAR\r\n")


@pytest.mark.django_db
def test_an_entry_keeps_its_identity_when_the_deadline_moves(consultation, officer):
    def entry() -> dict[str, str]:
        text = Client().get("/calendar/sample-topic.ics").content.decode()
        block = next(b for b in text.split("BEGIN:VEVENT") if "responses_due@" in b)
        return dict(line.split(":", 1) for line in unfolded(block) if ":" in line)

    before = entry()
    later = consultation.closes_at.date() + timedelta(days=10)
    convening.extend(consultation, to=later, reason="More time.", by=officer)
    after = entry()
    assert before["UID"] == after["UID"]
    assert before["DTSTART"] < after["DTSTART"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")


@pytest.mark.django_db
def test_the_feed_tells_what_happened_in_the_language_asked_for(consultation, officer):
    later = consultation.closes_at.date() + timedelta(days=10)
    convening.extend(consultation, to=later, reason="More <b>time</b>.", by=officer)
    for path in ("/feeds/consultations.atom", "/feeds/sample-topic.atom"):
        answer = Client().get(path, {"lang": "ar"})
        feed = ElementTree.fromstring(answer.content)  # noqa: S314  (our own)
        entry = feed.find(f"{ATOM}entry")
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        assert "موضوع تجريبي" in entry.findtext(f"{ATOM}title")
        summary = entry.find(f"{ATOM}summary")
        assert summary.get("type") == "html"
        assert '<p lang="en" dir="ltr">More &lt;b&gt;time&lt;/b&gt;.</p>' in summary.text
        assert entry.findtext(f"{ATOM}id").startswith("tag:")
        link = entry.find(f"{ATOM}link").get("href")
        assert link.endswith("/ar/consultations/sample-topic/")
    assert Client().get("/feeds/consultations.atom?lang=xx").status_code == 404


@pytest.mark.django_db
def test_feed_and_calendar_are_found_from_the_page(consultation):
    page = Client().get("/fr/consultations/sample-topic/").content.decode()
    links = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)"', page)
    assert ("application/atom+xml", "/feeds/sample-topic.atom?lang=fr") in links
    assert ("text/calendar", "/calendar/sample-topic.ics?lang=fr") in links
    assert all(Client().get(href).status_code == 200 for _kind, href in links)


@pytest.mark.django_db
def test_machines_learn_that_it_lives_serves_and_what_is_closed_to_robots():
    assert Client().get("/healthz").content == b"alive\n"
    assert Client().get("/readyz").content == b"ready\n"
    assert "Disallow: /*/mine/" in Client().get("/robots.txt").content.decode()
