"""Positions are asked of one, several or all members; reminders go to who did not answer, once each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.mailroom.models import OutgoingMail
from consulta.meetings import asking_positions, position_queries, positions, standing
from consulta.meetings.decision_queries import MEMBERS, PUBLIC
from consulta.meetings.models import Contribution, PositionRequest
from tests import settled
from tests.delegations import delegations  # noqa: F401
from tests.outputs import posted
from tests.rounds import group, next_meeting, people  # noqa: F401

OF_A = {"admin-a@example.org", "delegate-a@example.org"}


@pytest.fixture
def issue(group):  # noqa: F811
    return settled.issue(group)


def asked(group, issue, by, *of, due_on=None):  # noqa: F811
    made = PositionRequest(group=group, issue=issue, words="Please update.", due_on=due_on)
    asking_positions.ask(made, of=of, by=by)
    return made


def mailed():
    return set(OutgoingMail.objects.values_list("recipient", flat=True))


def test_who_is_asked_is_told_and_has_it_due_and_nobody_else(delegations, issue, group, people):  # noqa: F811
    d = delegations
    request = asked(group, issue, people["officer"], d.a)
    assert mailed() == OF_A
    assert [pair[1] for pair in standing.waiting([], [d.a]).positions] == [request]
    assert standing.waiting([], [d.b]).positions == []
    assert position_queries.requests([group], own=[d.b]) == []
    assert position_queries.requests([group], own=[d.a]) == [request]
    with pytest.raises(asking_positions.NotAskedHereError):
        asked(group, issue, people["officer"], d.observer)
    past = timezone.now().date() - timedelta(days=2)
    with pytest.raises(asking_positions.DayPastError):
        asked(group, issue, people["officer"], due_on=past)


def test_reminders_go_before_and_on_the_day_to_those_who_did_not_answer(
    delegations,  # noqa: F811
    issue,
    group,  # noqa: F811
    people,  # noqa: F811
):
    d, now = delegations, timezone.now()
    due = now.date() + timedelta(days=20)
    request = asked(group, issue, people["officer"], due_on=due)
    positions.draft(d.a, issue, settled.words("Ours."), by=d.delegate_of_a.user)
    given = positions.give(d.a, issue, audience="members", by=d.delegate_of_a.user)
    OutgoingMail.objects.all().delete()
    assert asking_positions.remind_due(now) == 0
    week_before = now + timedelta(days=14)
    assert [asking_positions.remind_due(week_before) for _look in range(2)] == [1, 0]
    assert mailed() == {"admin-b@example.org", "delegate-b@example.org"}
    assert [asking_positions.remind_due(now + timedelta(days=20)) for _look in range(2)] == [1, 0]
    assert position_queries.answers(request) == {d.a.pk: given}
    assert position_queries.unanswered(request) == [d.b]


def test_a_position_is_linked_to_its_own_contributions_and_shows_what_a_reader_may_know(
    delegations,  # noqa: F811
    issue,
    next_meeting,  # noqa: F811
):
    d, by, now = delegations, delegations.delegate_of_a.user, timezone.now()
    own = [posted(next_meeting, audience, audience) for audience in ("members", "public")]
    other = posted(next_meeting, "public")
    for document in own:
        Contribution.objects.create(
            meeting=next_meeting, membership=d.a, purpose="action", language="en", begun_at=now,
            begun_by=by, saved_at=now, saved_by=by, submitted_at=now, document=document,
        )  # fmt: skip
    with pytest.raises(positions.NotItsContributionError):
        positions.draft(d.a, issue, settled.words("Ours."), by=by, documents=[other])
    positions.draft(d.a, issue, settled.words("Ours."), by=by, documents=own)
    given = positions.give(d.a, issue, audience="public", by=by)
    assert set(position_queries.documents_of([given], MEMBERS)[given.pk]) == set(own)
    assert position_queries.documents_of([given], PUBLIC)[given.pk] == [own[1]]
