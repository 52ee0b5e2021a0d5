"""A decision is recorded with all that belongs to it in one step; changed later, followers are told."""

from dataclasses import replace

import pytest

from consulta.consultations.models import Consultation
from consulta.flow import recording
from consulta.flow.recording import Settled
from consulta.meetings.models import Decision, Proposal
from consulta.notices.models import Notice
from tests import settled
from tests.rounds import (  # noqa: F401
    decided,
    draft,
    group,
    next_meeting,
    people,
    plan,
    running,
)


@pytest.fixture
def meeting(decided):  # noqa: F811
    return decided.meeting


def test_decision_proposal_and_draft_with_its_clock_are_one_step(meeting, plan, people):  # noqa: F811
    topic = settled.proposal(meeting)
    decision = Decision(
        kind="consensus",
        opens_consultation=True,
        texts=settled.words("Consult."),
        audience="public",
    )
    wanted = Settled(chosen=[topic], plan=replace(plan, decision=None))
    made = recording.record(decision, at=meeting, by=people["officer"], settled=wanted)
    (drawn_up,) = recording.opened_by(made)
    assert (drawn_up.decision, drawn_up.deciding_meeting) == (made, meeting)
    assert drawn_up.timetable["milestones"]
    assert Proposal.objects.get().decision == made
    again = Decision(
        kind="consensus",
        opens_consultation=True,
        texts=settled.words("Consult."),
        audience="public",
    )
    assert recording.record(again, at=meeting, by=people["officer"], settled=wanted) == made
    assert Consultation.objects.count() == 1


def test_what_opens_after_a_later_meeting_has_a_later_reading(
    meeting,
    plan,  # noqa: F811
    next_meeting,  # noqa: F811
    people,  # noqa: F811
):
    decision = Decision(
        kind="consensus", opens_consultation=True, opens_after=next_meeting,
        texts=settled.words("Then another."),
    )  # fmt: skip
    wanted = Settled(plan=replace(plan, decision=None))
    made = recording.record(decision, at=meeting, by=people["officer"], settled=wanted)
    assert recording.opened_by(made)[0].restating_meeting == next_meeting


@pytest.mark.parametrize(("audience", "told"), [("public", 1), ("members", 0)])
def test_followers_of_what_it_opened_are_told_of_a_public_change(
    running,  # noqa: F811
    decided,  # noqa: F811
    people,  # noqa: F811
    audience,
    told,
):
    later = Decision(
        meeting=decided.meeting, kind="consensus", change="reversed", audience=audience,
        texts=settled.words("No more."), change_reason="Council asked.",
    )  # fmt: skip
    recording.change(decided, later, by=people["officer"])
    notices = Notice.objects.filter(consultation=running, kind="decision-reversed")
    assert notices.count() == told
    assert Consultation.objects.get(pk=running.pk).cancelled_at is None
