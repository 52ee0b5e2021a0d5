"""The pages of all verdicts: complete, filtered, light, and the same as CSV and JSON."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consulta.consultations import deviations
from consulta.consultations.models import Consultation
from consulta.web.ui.finished import HEADER
from tests.rounds import decided, draft, group, next_meeting, plan, running  # noqa: F401

CLOCK = "/en/clock/"


def words(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def late(running):  # noqa: F811
    """Its responses are due too late, and nobody said why."""
    running.closes_at += timedelta(days=60)
    running.save()
    return running


def test_a_page_shows_the_verdict_and_leads_to_the_milestone(late):
    page = words(CLOCK)
    assert 'href="/en/consultations/internet-on-islands/#responses_due"' in page
    assert "No reason given." in page
    assert "1 missed" in page
    assert Client().get(CLOCK + "?verdict=missed").headers[HEADER] == "pages"


def test_filters_that_fit_nothing_say_so_and_unknown_ones_are_ignored(late):
    assert "No consultation is like this" not in words(CLOCK + "?verdict=overdue")
    assert "internet-on-islands" in words(CLOCK + "?year=²&group=none&procedure=none")


def test_the_table_for_a_spreadsheet_says_the_same(late):
    rows = list(csv.DictReader(StringIO(words("/en/clock/verdicts.csv"))))
    told = {row["milestone"]: (row["status"], row["reason_lacking"]) for row in rows}
    assert told["responses_due"] == ("missed", "True")
    api = Client().get("/api/v1/clock?verdict=missed").json()
    assert [row["milestone"] for row in api["items"]] == list(told)
    assert Client().get("/api/v1/clock?year=x").status_code == 400


def test_every_date_outside_the_rule_is_listed_with_its_reason(late, officer):
    assert "No reason given." in words("/en/clock/deviations/")
    deviations.record(late, "responses_due", reason="The hall burned down.", by=officer)
    page = words("/en/clock/deviations/")
    assert "The hall burned down." in page
    assert "No reason given." not in page


def test_the_page_of_the_consultation_shows_reason_and_proof(late, officer):
    made = deviations.record(late, "responses_due", reason="The hall burned down.", by=officer)
    page = words("/en/consultations/internet-on-islands/")
    assert "The hall burned down." in page
    assert "Its entry in the ledger" in page
    assert "What shows this" in page
    told = Client().get("/api/v1/consultations/internet-on-islands").json()["timetable"]
    due = next(one for one in told["milestones"] if one["name"] == "responses_due")
    assert [each["reason"] for each in due["deviations"]] == [made.reason]
    assert {each["act"] for each in due["evidence"] if each["kind"] == "entry"} == {
        "consultation_opened",
        "deviation_recorded",
    }


def test_three_hundred_consultations_make_a_light_page_in_as_many_queries(late):
    with CaptureQueriesContext(connection) as one:
        words(CLOCK)
    copies = []
    for number in range(299):
        copy = Consultation.objects.get(pk=late.pk)
        copy.pk, copy.number, copy.slug = None, 1000 + number, f"copy-{number}"
        copies.append(copy)
    Consultation.objects.bulk_create(copies)
    with CaptureQueriesContext(connection) as many:
        began = timezone.now()
        page = words(CLOCK)
        took = timezone.now() - began
    assert len(one) == len(many)
    assert len(page.encode()) < 200_000
    assert took < timedelta(seconds=10)
