"""What pages are told: texts in the reader's language, states, clock and boundaries."""

from bisect import bisect_right
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consulta.consultations import clock, closing, convening, opening, queries
from consulta.consultations.models import Consultation
from consulta.core.verdicts import Status
from tests.rounds import without


def count_queries(act) -> int:
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def test_a_draft_is_for_the_desk_alone(draft, group):
    assert list(queries.visible(timezone.now())) == []
    with pytest.raises(Consultation.DoesNotExist):
        queries.by_slug(draft.slug)
    assert queries.at_desk(draft.slug) == draft
    assert queries.for_desk([group]) == [draft]
    assert queries.for_desk([]) == []


def test_a_reader_gets_the_language_asked_for_else_the_original(running):
    assert queries.topic(running, "ar").language == "ar"
    shown = queries.topic(running, "zh")
    assert (shown.text, shown.language, shown.status) == ("Internet on islands", "en", "original")
    second = queries.questions(running)[1]
    assert queries.question_text(second, "ar").language == "en"


def test_one_consultation_costs_the_same_queries_however_many_questions(plan, officer):
    costs = set()
    for number in (1, 3, 30):
        asked = without(plan, questions=tuple({"en": f"Question {n}?"} for n in range(number)))
        row = convening.convene(asked, by=officer)
        opening.open_consultation(row, by=officer)

        def read(slug: str = row.slug) -> None:
            found = queries.by_slug(slug)
            [queries.question_text(question, "en") for question in queries.questions(found)]
            queries.topic(found, "en")
            queries.clock_view(found, timezone.now())
            queries.missing_languages(found)

        costs.add(count_queries(read))
    assert len(costs) == 1


def test_a_list_costs_the_same_queries_however_long(plan, officer):
    costs = set()
    for wanted in (1, 3, 12):
        while Consultation.objects.count() < wanted:
            opening.open_consultation(convening.convene(plan, by=officer), by=officer)

        def read() -> None:
            for row in queries.visible(timezone.now()):
                assert queries.topic(row, "en").text
                assert row.group.body.short_name

        costs.add(count_queries(read))
    assert len(costs) == 1


def test_open_ones_are_those_that_take_responses_now(running, officer):
    assert queries.open_for_responses(timezone.now()) == [running]
    assert queries.open_for_responses(running.closes_at + timedelta(seconds=1)) == []
    closing.cancel(running, reason="No meeting.", by=officer)
    assert queries.open_for_responses(timezone.now()) == []


def test_a_boundary_passes_whenever_what_a_page_says_changes(running):
    """Look at every hour for 150 days: state and verdicts never change between two boundaries."""
    found = queries.boundaries()
    assert found == sorted(found)
    said: dict[int, object] = {}
    now = running.opens_at
    moments = [now + timedelta(hours=h) for h in range(0, 150 * 24, 5)]
    moments += [running.closes_at, running.closes_at + timedelta(milliseconds=1)]
    for moment in moments:
        rows = queries.clock_view(running, moment).rows
        says = (running.state(moment), *(row.verdict for row in rows))
        assert said.setdefault(bisect_right(found, moment), says) == says
    assert len({repr(says) for says in said.values()}) > 3


def test_the_report_is_overdue_by_one_more_day_every_day(running):
    row = queries.clock_view(running, timezone.now()).row("report_published")
    latest = row.milestone.latest
    for days in (1, 2):
        after = clock.start_of(latest + timedelta(days=days), running.timezone)
        verdict = queries.clock_view(running, after).row("report_published").verdict
        assert (verdict.status, verdict.days) == (Status.OVERDUE, days)
    closing.mark_report_released(running, at=after)
    verdict = queries.clock_view(running, after + timedelta(days=9)).row("report_published").verdict
    assert (verdict.status, verdict.days) == (Status.MISSED, 2)


def test_dates_that_hang_on_a_provisional_meeting_say_so(running):
    rows = {row.name: row.provisional for row in queries.clock_view(running, timezone.now()).rows}
    assert rows == {
        "opening": False,
        "responses_due": False,
        "report_published": True,
        "open_meeting": True,
    }


def test_in_a_record_what_nobody_wrote_down_is_not_known_rather_than_overdue(plan, officer):
    row = convening.convene(plan, by=officer)
    row.is_record = True
    row.save()
    years_later = timezone.now() + timedelta(days=2000)
    verdicts = {r.name: r.verdict.status for r in clock.view(row, years_later).rows}
    assert set(verdicts.values()) == {Status.UNKNOWN}
