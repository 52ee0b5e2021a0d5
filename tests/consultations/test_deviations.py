"""What lies outside the rule is explained on record; what is not explained is known as that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.consultations import clock, convening, deviations, extending, opening, queries
from consulta.consultations.errors import (
    FromPublicRecordError,
    NotAnnouncedError,
    ReasonMissingError,
    RuleKeptError,
    UnknownMilestoneError,
)
from consulta.consultations.models import Consultation, Deviation
from consulta.core.verdicts import Status
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.meetings import moving
from tests.rounds import a_day, without

WHY = "The translators fell ill."


def view(consultation, *, days: int = 0):
    """The clock of the consultation so many days from now."""
    found = queries.at_desk(consultation.slug)
    return clock.view(found, timezone.now() + timedelta(days=days))


def lacking(consultation, *, days: int = 0):
    return [row.name for row in deviations.unexplained(view(consultation, days=days))]


def test_a_reason_is_recorded_at_any_time_by_whom_and_when(running, people):
    made = deviations.record(running, "report_published", reason=f" {WHY} ", by=people["officer"])
    entry = Entry.objects.latest("pk")
    assert (made.milestone, made.reason, made.chosen_on) == ("report_published", WHY, None)
    assert (made.recorded_by, made.language) == (people["officer"], people["officer"].language)
    assert (entry.act, entry.subject) == (
        "deviation_recorded",
        f"consultations.deviation:{made.pk}",
    )
    assert "The translators" not in bytes(entry.body).decode()


def test_a_reason_needs_words_a_right_a_milestone_and_an_announcement(running, plan, people):
    by = people["officer"]
    with pytest.raises(ReasonMissingError):
        deviations.record(running, "opening", reason=" ", by=by)
    with pytest.raises(NotAllowedError):
        deviations.record(running, "opening", reason=WHY, by=people["moderator"])
    with pytest.raises(UnknownMilestoneError):
        deviations.record(running, "party", reason=WHY, by=by)
    with pytest.raises(NotAnnouncedError):
        deviations.record(convening.convene(plan, by=by), "opening", reason=WHY, by=by)
    Consultation.objects.filter(pk=running.pk).update(is_record=True)
    with pytest.raises(FromPublicRecordError):
        deviations.record(running, "opening", reason=WHY, by=by)
    assert not Deviation.objects.exists()


def test_what_keeps_the_rule_is_not_explained(running, officer):
    assert view(running).row("opening").verdict.status is Status.KEPT
    with pytest.raises(RuleKeptError):
        deviations.record(running, "opening", reason=WHY, by=officer)
    assert not Deviation.objects.exists()


def test_a_late_report_lacks_a_reason_until_one_is_given_and_stays_late(running, officer):
    assert lacking(running) == []
    assert lacking(running, days=90) == ["report_published"]
    deviations.record(running, "report_published", reason=WHY, by=officer)
    assert lacking(running, days=90) == []
    assert view(running, days=90).row("report_published").verdict.status is Status.OVERDUE


def test_an_extension_is_its_own_reason(running, officer):
    to = clock.local_day(running, running.closes_at) + timedelta(days=7)
    extending.extend(running, to=to, reason="Translations came late.", by=officer)
    assert view(running).row("responses_due").verdict.status is Status.MISSED
    assert lacking(running) == []


def test_a_reason_for_a_day_does_not_cover_a_later_one(plan, officer, group):
    late = convening.convene(without(plan, closes_on=a_day(78)), by=officer)
    opening.open_consultation(late, by=officer, reason="The islands were cut off.")
    assert Entry.objects.filter(act="deviation_recorded").count() == 1
    assert lacking(late) == []
    late.deviations.update(chosen_on=a_day(77))
    assert lacking(late) == ["responses_due"]


def test_a_meeting_moved_out_of_its_window_lacks_a_reason(running, officer, next_meeting):
    meeting = next_meeting
    moving.move(meeting, to=meeting.starts_on + timedelta(days=1), reason="Rooms.", by=officer)
    proposed = view(running).row("open_meeting").on
    type(meeting).objects.filter(pk=meeting.pk).update(kind="group")
    held = type(meeting).objects.create(
        group=meeting.group, kind="open", slug="open", starts_on=proposed, ends_on=proposed
    )
    Consultation.objects.filter(pk=running.pk).update(open_meeting=held)
    assert "open_meeting" not in lacking(running)
    moving.move(held, to=proposed - timedelta(days=9), reason="No room was free.", by=officer)
    assert "open_meeting" in lacking(running)
    deviations.record(running, "open_meeting", reason=WHY, by=officer)
    assert "open_meeting" not in lacking(running)
