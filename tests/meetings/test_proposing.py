"""Members propose topics themselves, and support those of others with contributions of their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.groups.permissions import NotAllowedError
from consulta.meetings import deciding, decision_queries
from consulta.meetings.models import Contribution, Meeting, Proposal, ProposalSupport
from tests import settled
from tests.delegations import delegations  # noqa: F401
from tests.outputs import posted
from tests.rounds import group, next_meeting, people  # noqa: F401


def a_topic(meeting, **more):
    told = {"audience": "members"} | more
    return Proposal(meeting=meeting, topics=settled.words("Islands"), **told)


def contributed(place, meeting, by):
    now, document = timezone.now(), posted(meeting, "members")
    Contribution.objects.create(
        meeting=meeting, membership=place, purpose="action", language="en", begun_at=now,
        begun_by=by, saved_at=now, saved_by=by, submitted_at=now, document=document,
    )  # fmt: skip
    return document


def test_a_member_proposes_from_the_list_or_off_it_and_it_is_recorded_as_such(
    delegations,  # noqa: F811
    next_meeting,  # noqa: F811
    group,  # noqa: F811
):
    d, by = delegations, delegations.delegate_of_a.user
    paper = contributed(d.a, next_meeting, by)
    listed = a_topic(next_meeting, issue=settled.issue(group))
    deciding.propose_as_member(d.a, listed, by=by, documents=[paper])
    off = deciding.propose_as_member(d.a, a_topic(next_meeting), by=by)
    found = decision_queries.open_proposals(group, decision_queries.MEMBERS)
    assert [(p.membership, p.issue is None) for p in found] == [(d.a, False), (d.a, True)]
    assert decision_queries.brought(found[0], decision_queries.MEMBERS) == [(None, paper)]
    assert decision_queries.brought(found[0], decision_queries.PUBLIC) == []
    with pytest.raises(NotAllowedError):
        deciding.propose_as_member(d.a, a_topic(next_meeting), by=d.delegate_of_b.user)
    with pytest.raises(NotAllowedError):
        deciding.propose_as_member(d.observer, a_topic(next_meeting), by=d.observing.user)
    with pytest.raises(NotAllowedError):
        deciding.withdraw_own(off, by=d.delegate_of_b.user)
    deciding.withdraw_own(off, by=by)
    with pytest.raises(deciding.SettledProposalError):
        deciding.withdraw_own(off, by=by)


def test_another_member_supports_it_with_a_contribution_of_its_own(
    delegations,  # noqa: F811
    next_meeting,  # noqa: F811
    group,  # noqa: F811
):
    d = delegations
    made = deciding.propose_as_member(d.a, a_topic(next_meeting), by=d.delegate_of_a.user)
    theirs = contributed(d.a, next_meeting, d.delegate_of_a.user)
    own = contributed(d.b, next_meeting, d.delegate_of_b.user)
    with pytest.raises(deciding.NotItsContributionError):
        deciding.support(made, d.b, theirs, by=d.delegate_of_b.user)
    for _twice in range(2):
        deciding.support(made, d.b, own, by=d.delegate_of_b.user)
    assert ProposalSupport.objects.count() == 1
    (shown,) = decision_queries.open_proposals(group)
    assert decision_queries.brought(shown, decision_queries.MEMBERS) == [(d.b, own)]
    deciding.withdraw_own(made, by=d.delegate_of_a.user)
    with pytest.raises(deciding.SettledProposalError):
        deciding.support(made, d.b, own, by=d.delegate_of_b.user)


def test_topics_are_proposed_to_a_meeting_that_is_still_to_come(delegations, next_meeting):  # noqa: F811
    by, last = delegations.delegate_of_a.user, timezone.now().date() - timedelta(days=3)
    Meeting.objects.filter(pk=next_meeting.pk).update(starts_on=last, ends_on=last)
    next_meeting.refresh_from_db()
    with pytest.raises(deciding.MeetingOverError):
        deciding.propose_as_member(delegations.a, a_topic(next_meeting), by=by)
