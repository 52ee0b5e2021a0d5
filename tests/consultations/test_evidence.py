"""Every date of a clock leads to what shows it: an entry, a document, a meeting or a source."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consulta.consultations import (
    clock,
    closing,
    convening,
    deviations,
    evidence,
    extending,
    queries,
)
from consulta.consultations import opening as openings
from consulta.consultations.evidence import Kind, Shows
from consulta.consultations.models import MilestoneFact
from consulta.ledger import sequencer
from consulta.ledger.models import Leaf
from consulta.meetings import convening as meeting_convening
from consulta.meetings import moving
from consulta.meetings.models import Meeting
from tests.rounds import a_day


def shown(consultation, name: str, shows: Shows = Shows.DATE):
    """The acts, else the kinds, of what shows the milestone called *name*."""
    found = evidence.of(queries.at_desk(consultation.slug))[name]
    return [
        each.entry.act if each.entry else each.kind.value for each in found if each.shows is shows
    ]


def test_the_opening_and_the_close_stand_in_the_ledger(running, officer):
    assert shown(running, "opening") == ["consultation_opened"]
    to = clock.local_day(running, running.closes_at) + timedelta(days=2)
    extending.extend(running, to=to, reason="A holiday.", by=officer)
    assert shown(running, "responses_due") == ["consultation_opened", "deadline_extended"]


def test_what_a_date_is_counted_from_is_shown_too(running):
    assert shown(running, "opening", Shows.ANCHOR) == ["meeting"]
    assert shown(running, "open_meeting", Shows.ANCHOR) == ["meeting"]


def test_a_meeting_is_shown_with_every_act_on_it(draft, officer, group, next_meeting):
    day = next_meeting.starts_on - timedelta(days=2)
    held = Meeting(group=group, kind="open", slug="open", starts_on=day, ends_on=day)
    meeting_convening.convene(held, by=officer)
    draft.open_meeting = held
    draft.save()
    openings.open_consultation(draft, by=officer)
    moving.move(held, to=day + timedelta(days=1), reason="Rooms.", by=officer)
    assert shown(draft, "open_meeting") == ["meeting", "meeting_convened", "meeting_moved"]
    assert shown(draft, "responses_due", Shows.ANCHOR) == [
        "meeting",
        "meeting_convened",
        "meeting_moved",
    ]


def test_a_fact_is_shown_by_its_source_and_its_entry(running, officer):
    today = a_day(0)
    address = "https://www.example.org/report"
    closing.record_fact(running, "report_published", on=today, source=address, by=officer)
    found = evidence.of(queries.at_desk(running.slug))["report_published"]
    told = [(each.kind, each.href) for each in found if each.shows is Shows.DATE]
    assert told == [(Kind.SOURCE, address), (Kind.ENTRY, "")]
    MilestoneFact.objects.update(document="cwg-internet-report-pp22")
    found = evidence.of(queries.at_desk(running.slug))["report_published"]
    assert (found[0].kind, found[0].record) == (Kind.RECORD, "cwg-internet-report-pp22")


def test_a_reason_leads_to_its_entry_with_its_place(running, officer):
    made = deviations.record(running, "report_published", reason="Illness.", by=officer)
    sequencer.sequence()
    found = evidence.of(queries.at_desk(running.slug))["report_published"]
    reasons = [each.entry for each in found if each.shows is Shows.REASON]
    assert [entry.subject for entry in reasons] == [f"consultations.deviation:{made.pk}"]
    assert reasons[0].leaf.index == Leaf.objects.count() - 1


def test_the_evidence_of_many_costs_one_query(plan, officer):
    for _ in range(3):
        openings.open_consultation(convening.convene(plan, by=officer), by=officer)
    asked = []
    for size in (1, 3):
        rows = queries.latest(timezone.now(), size=size)
        with CaptureQueriesContext(connection) as captured:
            assert len(evidence.of_each(rows)) == size
        asked.append(len(captured))
    assert asked == [1, 1]
