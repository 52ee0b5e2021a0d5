"""The real record as it is shown: every verdict of 2019-2022, and "not known" where nobody knows."""

from datetime import date

import pytest
from django.utils import timezone

from consulta.consultations import queries
from consulta.consultations.models import Consultation
from consulta.flow import real_record
from consulta.groups import queries as groups
from consulta.groups.models import Group, Issue
from consulta.meetings import followup_queries
from consulta.meetings import queries as meetings
from consulta.meetings.decision_queries import PUBLIC
from consulta.meetings.followup_queries import Asked
from consulta.meetings.models import Decision
from consulta.repository import queries as repository

NEW, CONNECTIVITY, COVID, ENVIRONMENT = 7, 8, 9, 10
#: Consultation, milestone: status, days, the last day that the rule allows.
VERDICTS = {
    (NEW, "opening"): ("unknown", None, date(2019, 10, 5)),
    (NEW, "responses_due"): ("unknown", None, date(2020, 1, 4)),
    (NEW, "report_published"): ("unknown", None, date(2020, 1, 19)),
    (NEW, "open_meeting"): ("kept", None, date(2020, 2, 4)),
    (CONNECTIVITY, "opening"): ("unknown", None, date(2019, 10, 5)),
    (CONNECTIVITY, "responses_due"): ("unknown", None, date(2020, 12, 26)),
    (CONNECTIVITY, "report_published"): ("unknown", None, date(2021, 1, 10)),
    (CONNECTIVITY, "open_meeting"): ("unknown", None, date(2021, 1, 26)),
    (COVID, "opening"): ("unknown", None, date(2021, 2, 12)),
    (COVID, "responses_due"): ("missed", 13, date(2021, 8, 21)),
    (COVID, "report_published"): ("unknown", None, date(2021, 9, 5)),
    (COVID, "open_meeting"): ("kept", None, date(2021, 9, 22)),
    (ENVIRONMENT, "opening"): ("unknown", None, date(2021, 10, 8)),
    (ENVIRONMENT, "responses_due"): ("missed", 1, date(2021, 12, 12)),
    (ENVIRONMENT, "report_published"): ("unknown", None, date(2021, 12, 27)),
    (ENVIRONMENT, "open_meeting"): ("missed", 5, date(2022, 1, 18)),
}


@pytest.fixture
def record(db):
    body = real_record.load_body()
    real_record.load_rounds(body)
    real_record.load_documents()
    return body


def clocks() -> dict[int, object]:
    now = timezone.now()
    slugs = [row.slug for row in queries.visible(now)]
    found = [queries.by_slug(slug) for slug in slugs]
    return {row.number: queries.clock_view(row, now) for row in found}


def test_every_verdict_is_what_the_rule_gives(record):
    given = {
        (number, row.name): (row.verdict.status, row.verdict.days, row.milestone.latest)
        for number, clock in clocks().items()
        for row in clock.rows
    }
    assert given == VERDICTS


def test_verdicts_are_marked_as_computed_from_public_dates(record):
    assert all(clock.from_public_record for clock in clocks().values())


def test_a_day_that_nobody_knows_is_not_shown_and_says_what_is_known(record):
    row = clocks()[NEW].row("opening")
    assert row.on is None
    assert row.fact.note["en"]["text"] == "The day is not known; the report says October 2019."


def test_the_later_reading_stands_beside_the_verdict_by_the_words(record):
    clock = clocks()[CONNECTIVITY]
    assert clock.row("opening").later.latest == date(2020, 2, 21)
    assert "Meeting 13" in clock.later_note["en"]["text"]
    assert clock.row("responses_due").on == date(2020, 12, 15)
    assert "moved twice" in clock.row("responses_due").fact.note["en"]["text"]
    assert clocks()[COVID].row("opening").later is None


def test_all_six_meetings_stand_with_every_outcome(record):
    group = Group.objects.get(slug="cwg-internet")
    held = [meeting for meeting in meetings.of_group(group) if meeting.kind == "group"]
    outcomes = meetings.decisions_of(held)
    assert {m.number: len(outcomes[m.pk]) for m in held} == {
        17: 3,
        16: 3,
        15: 5,
        14: 2,
        13: 2,
        12: 3,
    }
    none = Decision.objects.filter(kind=Decision.Kind.NO_CONSENSUS)
    assert [decision.meeting.number for decision in none.order_by("meeting__number")] == [12, 17]
    assert Issue.objects.count() == 12
    assert {norm.status for norm in groups.instruments(record)} >= {"in-force", "abrogated"}


def test_each_follow_up_has_its_force_its_offices_and_its_paragraph(record):
    group = Group.objects.get(slug="cwg-internet")
    rows = followup_queries.matrix(Asked(group=group), PUBLIC, on=date(2022, 6, 1))
    told = {
        followup_queries.reference(f): (f.force, f.asks, f.paragraph, f.offices.count())
        for f in rows
    }
    directors, secretariat, states = 3, 1, 1
    assert told == {
        "12a": ("invite", "act", "II.1 a)", states),
        "12b": ("request", "report", "II.1 b)", secretariat),
        "15c": ("request", "act", "II.4 c)", secretariat),
        "15d": ("invite", "act", "II.4 d)", directors),
        "15e": ("request", "report", "II.4 e)", secretariat),
        "16c": ("invite", "act", "II.5 c)", directors),
        "17a": ("invite", "act", "II.6 a)", directors),
        "17c": ("request", "report", "II.6 c)", secretariat),
        "S1": ("instruct", "act", "instructs 1", 4),
        "S2": ("instruct", "act", "instructs 2", 4),
        "S3": ("invite", "act", "invites", states),
    }
    none = Decision.objects.filter(kind="no-consensus", meeting__group=group)
    goes = list(none.order_by("meeting__number").values_list("goes_to", flat=True))
    assert goes == ["council", "next-meeting"]


def test_the_two_documents_are_in_chinese_with_english_titles(record):
    found = repository.records()
    assert [entry.language for entry in found] == ["zh", "zh"]
    assert repository.title(found[0], "en").text.startswith("Council Resolution 1336")
    assert "磋商" in repository.record_by_slug(found[0].slug).text


def test_loading_twice_changes_nothing(record):
    before = [Consultation.objects.count(), Decision.objects.count(), len(repository.records())]
    real_record.load_rounds(real_record.load_body())
    real_record.load_documents()
    assert [
        Consultation.objects.count(),
        Decision.objects.count(),
        len(repository.records()),
    ] == before
