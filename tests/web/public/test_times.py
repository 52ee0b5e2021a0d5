"""Deadlines by other clocks: in UTC always, and in a country that the reader chose."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from consulta.web.public.shown import times
from consulta.web.ui.finished import HEADER

pytestmark = pytest.mark.django_db
PAGE = "/en/consultations/sample-topic/"


@pytest.fixture
def dated(consultation):
    consultation.closes_at = datetime(2027, 1, 4, 22, 59, 59, tzinfo=UTC)
    consultation.save()
    return consultation


def page(path: str) -> str:
    """The words of a page, without marks that keep directions apart."""
    text = re.sub(r"<[^>]+>", " ", Client().get(path).content.decode())
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("path", [PAGE, "/en/"])
def test_a_deadline_stands_by_the_clock_of_the_body_and_in_utc(dated, path):
    shown = page(path)
    assert "Monday, 4 January 2027, 23:59 (Central European Standard Time)" in shown
    assert "4 January 2027, 22:59 (UTC)" in shown


def test_nothing_is_said_twice_where_the_body_keeps_utc(dated):
    dated.timezone = "UTC"
    dated.save()
    assert times.elsewhere(dated.closes_at, "UTC") == []


@pytest.mark.parametrize("path", [PAGE, "/en/"])
def test_a_country_with_several_zones_shows_each_time_once_with_its_places(dated, path):
    shown = page(f"{path}?country=CL")
    assert "17:59 (Easter Island Summer Time) Easter" in shown
    assert re.search(r"19:59 \(Chile Summer Time\) Santiago, Punta Arenas", shown)


def test_a_country_with_one_zone_needs_no_places(dated):
    assert times.in_country(dated.closes_at, "CH") == [
        times.Time(dated.closes_at, "4 January 2027, 23:59 (Central European Standard Time)")
    ]


def test_many_places_are_named_in_part_and_counted(dated):
    eastern = times.in_country(dated.closes_at, "US")[-1]
    assert (eastern.places, eastern.more > 3) == ("Detroit, New York", True)


def test_the_form_is_a_link_to_share_and_says_what_was_chosen(dated):
    shown = Client().get(f"{PAGE}?country=CL").content.decode()
    assert '<option value="CL" selected>Chile</option>' in shown
    assert 'method="get"' in shown
    assert 'href="/ar/consultations/sample-topic/?country=CL"' in shown  # the same page in Arabic


def test_countries_and_times_are_in_the_language_of_the_page(dated):
    shown = page("/ar/consultations/sample-topic/?country=CL")
    assert "تشيلي" in shown
    assert "4 يناير 2027" in shown
    assert "توقيت تشيلي الصيفي" in shown


@pytest.mark.parametrize("country", ["XX", "ZZ", "cl", "CHL", "001", "<b>"])
def test_only_known_countries_are_answered_so_that_few_pages_are_kept(dated, country):
    for path in (PAGE, "/en/"):
        assert Client().get(path, {"country": country}).status_code == 404


def test_a_page_for_a_country_is_kept_as_a_finished_one(dated):
    for path, shows in ((PAGE, "register"), ("/en/", "pages")):
        assert Client().get(path, {"country": "CL"}).headers[HEADER] == shows
        assert HEADER not in Client().get(path, {"country": "CL", "x": "1"}).headers


def test_every_country_has_a_name_and_a_time(dated):
    offered = times.countries()
    assert len(offered) > 240
    assert all(name and times.in_country(dated.closes_at, code) for code, name in offered)


def test_the_timetable_shows_its_instants_by_the_same_clocks(dated):
    shown = Client().get(f"{PAGE}?country=CL").content.decode()
    row = shown.split('id="responses_due"')[1].split("</tr>")[0]
    assert "22:59 (UTC)" in row
    assert "19:59 (Chile Summer Time)" in row
