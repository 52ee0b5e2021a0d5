"""Feeds, calendars, health: read by programs, and found from the pages."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from consulta.consultations.models import Consultation
from consulta.flow import convening
from consulta.notices import telling
from consulta.notices.telling import Kind

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(path: str) -> list[str]:
    """The titles of a feed."""
    feed = ElementTree.fromstring(Client().get(path).content)  # noqa: S314  (our own)
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


@pytest.mark.django_db
def test_the_feed_tells_what_happened_in_the_language_asked_for(consultation, officer):
    later = consultation.closes_at.date() + timedelta(days=10)
    convening.extend(consultation, to=later, reason="More <b>time</b>.", by=officer)
    for path in ("/feeds/consultations.atom", "/feeds/sample-topic.atom"):
        answer = Client().get(path, {"lang": "ar"})
        feed = ElementTree.fromstring(answer.content)  # noqa: S314  (our own)
        entry = feed.find(f"{ATOM}entry")
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        assert feed.find(f"{ATOM}author/{ATOM}name").text == "Sample Body"
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
        assert "موضوع تجريبي" in entry.findtext(f"{ATOM}title")
        summary = entry.find(f"{ATOM}summary")
        assert summary.get("type") == "html"
        assert '<p lang="en" dir="ltr">More &lt;b&gt;time&lt;/b&gt;.</p>' in summary.text
        assert entry.findtext(f"{ATOM}id").startswith("tag:")
        link = entry.find(f"{ATOM}link").get("href")
        assert link.endswith("/ar/consultations/sample-topic/")
    assert Client().get("/feeds/consultations.atom?lang=xx").status_code == 404


@pytest.mark.django_db
def test_a_groups_feed_tells_of_its_consultations_and_of_no_others(group, consultation, officer):
    telling.tell(consultation, Kind.CORRIGENDUM, at=timezone.now(), text="x")
    assert entries(f"/feeds/groups/{group.slug}.atom") == []

    Consultation.objects.filter(pk=consultation.pk).update(group=group)

    assert entries(f"/feeds/groups/{group.slug}.atom") == ["Corrigendum: Sample topic"]
    assert Client().get("/feeds/groups/none.atom").status_code == 404


@pytest.mark.django_db
def test_reminders_are_no_news_and_a_report_is_news_once_and_in_the_readers_language(consultation):
    now, on = timezone.now(), consultation.closes_at.date()
    telling.tell(consultation, Kind.WEEK_LEFT, at=now, of=("responses_due", on), days="7")
    telling.tell(
        consultation, Kind.CLOSED, at=now, of=("responses_due", on), closes_at="2027-01-04"
    )
    for language in ("en", "ar", "fr"):
        telling.tell(consultation, Kind.REPORT, at=now, language=language)

    told = {"en": 1, "ar": 2, "fr": 2, "ru": 1}
    for language, reports in told.items():
        for path in ("/feeds/consultations.atom", "/feeds/sample-topic.atom"):
            assert len(entries(f"{path}?lang={language}")) == reports + 1  # and that it closed


@pytest.mark.django_db
def test_an_entry_keeps_its_identity_and_its_instant(consultation):
    telling.tell(consultation, Kind.CORRIGENDUM, at=timezone.now(), text="x")

    def identity(language: str) -> tuple[str, str]:
        answer = Client().get("/feeds/sample-topic.atom", {"lang": language})
        entry = ElementTree.fromstring(answer.content).find(f"{ATOM}entry")  # noqa: S314  (our own)
        return entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated")

    assert identity("en") == identity("ar") == identity("en")


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
