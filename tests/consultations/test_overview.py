"""All verdicts at a glance: by rule and year, summed, never ranked, and the same as data."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consulta.consultations import convening, deviations, opening, overview, overview_document
from consulta.consultations.models import Consultation
from consulta.consultations.overview import Filters, Sum
from tests.rounds import a_day, today

LATER = timedelta(days=400)


@pytest.fixture
def two(running, open_call, officer):
    """One consultation by the resolution, one open call."""
    call = convening.convene(open_call, by=officer)
    opening.open_consultation(call, by=officer)
    return running, call


def judged(days: int = 0):
    return overview.lines(timezone.now() + timedelta(days=days))


def test_every_rule_has_a_table_of_its_own_with_its_own_milestones(two):
    told = {
        table.family: [rule.name for rule in table.rules] for table in overview.tables(judged())
    }
    assert told == {
        "itu-res-1336": ["opening", "responses_due", "report_published", "open_meeting"],
        "open-call": ["opening", "responses_due"],
    }


def test_the_latest_year_comes_first_and_sums_are_by_year(two, plan, officer):
    old = convening.convene(plan, by=officer)
    opening.open_consultation(old, by=officer)
    Consultation.objects.filter(pk=old.pk).update(
        opens_at=timezone.now() - LATER, closes_at=timezone.now() - LATER + timedelta(days=1)
    )
    table = next(one for one in overview.tables(judged()) if one.family == "itu-res-1336")
    this, before = a_day(0).year, (today() - LATER).year
    assert table.years == [this, before]
    assert table.sums["opening"] == {this: Sum(kept=1), before: Sum(missed=1)}
    assert table.whole("opening") == Sum(kept=1, missed=1)
    assert table.sums["report_published"] == {this: Sum(not_due=1), before: Sum(not_due=1)}


def test_what_is_overdue_counts_as_missed(running):
    table = overview.tables(judged(days=90))[0]
    assert list(table.sums["report_published"].values()) == [Sum(missed=1)]


@pytest.mark.parametrize(
    ("filters", "slugs"),
    [
        (Filters(), ["anything-to-tell-us", "internet-on-islands"]),
        (Filters(group="sample-group"), ["internet-on-islands"]),
        (Filters(procedure="open-call"), ["anything-to-tell-us"]),
        (Filters(verdict="not_due"), ["internet-on-islands"]),
        (Filters(verdict="missed"), []),
        (Filters(year=1999), []),
    ],
)
def test_filters_choose_consultations(two, filters, slugs):
    chosen = overview.chosen(judged(), filters)
    assert [line.consultation.slug for line in chosen] == slugs


def test_the_data_has_a_row_for_each_milestone_with_the_same_columns(running, officer):
    deviations.record(running, "report_published", reason="Illness.", by=officer)
    told = list(overview_document.rows(judged(days=90), language="en"))
    assert {frozenset(row) for row in told} == {frozenset(overview_document.COLUMNS)}
    late = next(row for row in told if row["milestone"] == "report_published")
    assert (late["status"], late["reasons"], late["reason_lacking"]) == ("overdue", 1, False)
    assert late["topic"] == "Internet on islands"


def test_three_hundred_cost_as_many_queries_as_one(plan, officer):
    counted = []
    for more in (1, 2, 297):
        for _ in range(more if more < 3 else 1):
            last = convening.convene(replace(plan, questions=plan.questions[:1]), by=officer)
            opening.open_consultation(last, by=officer)
        if more == 297:
            _copies(last, more - 1)
        with CaptureQueriesContext(connection) as captured:
            found = judged()
        counted.append((len(found), len(captured)))
    assert [size for size, _ in counted] == [1, 3, 300]
    assert len({asked for _, asked in counted}) == 1


def _copies(row: Consultation, count: int) -> None:
    copies = []
    for number in range(count):
        copy = Consultation.objects.get(pk=row.pk)
        copy.pk, copy.number, copy.slug = None, 1000 + number, f"copy-{number}"
        copies.append(copy)
    Consultation.objects.bulk_create(copies)
