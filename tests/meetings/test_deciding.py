"""Decisions stand for good: views beside no consensus, topics proposed, and what a later one changes."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from consulta.groups.models import Group, Issue
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.meetings import deciding, decision_queries
from consulta.meetings.models import Decision, Meeting, Proposal, StatedView
from tests.rounds import a_day


def words(text):
    return {"en": {"text": text, "status": "original"}}


@pytest.fixture
def none(decided):
    return Decision(
        meeting=decided.meeting,
        kind="no-consensus",
        goes_to="council",
        texts=words("No consensus."),
    )


def test_views_stand_beside_no_consensus_without_the_names_of_who_did_not_ask(none, officer):
    views = [
        StatedView(texts=words("Too early.")),
        StatedView(texts=words("Now."), held_by="State B"),
    ]
    made = deciding.decide(none, by=officer, views=views)
    found = decision_queries.one(made.pk)
    assert [(v.position, v.texts["en"]["text"], v.held_by) for v in found.views.all()] == [
        (1, "Too early.", ""),
        (2, "Now.", "State B"),
    ]
    assert (found.goes_to, found.audience) == ("council", "members")


def test_views_belong_to_no_consensus_alone(decided, officer):
    agreed = Decision(meeting=decided.meeting, kind="consensus", texts=words("Agreed."))
    with pytest.raises(deciding.ViewsNeedDisagreementError):
        deciding.decide(agreed, by=officer, views=[StatedView(texts=words("Not I."))])
    assert Decision.objects.count() == 1


def test_a_decision_without_words_is_none(decided, officer):
    with pytest.raises(deciding.WordsMissingError):
        deciding.decide(
            Decision(meeting=decided.meeting, kind="consensus", texts=words(" ")), by=officer
        )


def test_a_decision_for_members_is_for_nobody_else(none, people, decided):
    deciding.decide(none, by=people["officer"])
    meeting, group = decided.meeting, decided.meeting.group

    def seen(user):
        shown = decision_queries.audiences(user, group)
        return [d.kind for d in decision_queries.of_meetings([meeting], shown)[meeting.pk]]

    assert seen(AnonymousUser()) == seen(people["nobody"]) == ["consensus"]
    assert seen(people["reader"]) == ["consensus", "no-consensus"]


def test_a_decision_that_a_later_one_reverses_stays_and_is_changed_once(decided, officer):
    later = Decision(
        meeting=decided.meeting, kind="consensus", change="reversed", texts=words("No islands."),
        change_reason="Council asked for another topic.",
    )  # fmt: skip
    made = deciding.change(decided, later, by=officer)
    decided.refresh_from_db()
    assert decided.texts == words("Consult on islands.")
    assert decision_queries.later_of([decided], decision_queries.MEMBERS) == {decided.pk: made}
    acts = list(Entry.objects.order_by("pk").values_list("act", "subject"))
    assert acts[-1] == ("decision_changed", f"meetings.decision:{decided.pk}")
    again = Decision(
        meeting=decided.meeting, kind="consensus", texts=words("Yes."), change_reason="x"
    )
    with pytest.raises(deciding.ChangedAlreadyError) as refused:
        deciding.change(decided, again, by=officer)
    assert refused.value.later == made
    assert decision_queries.standing(decided.meeting.group) == [made]


def test_a_change_says_why_and_is_the_same_groups(decided, officer, body):
    bare = Decision(
        meeting=decided.meeting, kind="consensus", texts=words("No."), change_reason=" "
    )
    with pytest.raises(deciding.ChangeNeedsReasonError):
        deciding.change(decided, bare, by=officer)
    other = Group.objects.create(body=body, slug="other", short_name="Other")
    meeting = Meeting.objects.create(group=other, kind="group", slug="o-1", starts_on=a_day(-2))
    foreign = Decision(meeting=meeting, kind="consensus", texts=words("No."), change_reason="x")
    with pytest.raises(deciding.OtherGroupError):
        deciding.change(decided, foreign, by=officer)


def test_the_database_knows_no_change_without_a_reason(decided):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(meeting=decided.meeting, kind="consensus", amends=decided)


def test_topics_are_proposed_from_the_list_or_off_it_and_settled_once(decided, people, body):
    by, meeting = people["officer"], decided.meeting
    issue = Issue.objects.create(body=body, slug="spam", names={"en": "Spam"})
    listed = deciding.propose(
        Proposal(meeting=meeting, topics=words("Spam"), issue=issue, proposed_by="State A"), by=by
    )
    off = deciding.propose(
        Proposal(meeting=meeting, topics=words("Islands"), is_by_chair=True), by=by
    )
    deciding.settle(decided, chosen=[off], not_chosen=[listed], by=by)
    found = decision_queries.proposals(meeting, decision_queries.MEMBERS)
    assert [(p.position, p.state, p.issue) for p in found] == [
        (1, "not-chosen", issue),
        (2, "chosen", None),
    ]
    with pytest.raises(deciding.SettledProposalError):
        deciding.settle(decided, chosen=[off], not_chosen=[], by=by)
    with pytest.raises(deciding.SettledProposalError):
        deciding.withdraw(off, by=by)
    assert decision_queries.proposals(meeting, decision_queries.PUBLIC) == []


def test_only_who_convenes_decides_and_proposes(decided, none, people):
    for role in ("reader", "moderator", "editor", "nobody"):
        with pytest.raises(NotAllowedError):
            deciding.decide(none, by=people[role])
        with pytest.raises(NotAllowedError):
            deciding.propose(
                Proposal(meeting=decided.meeting, topics=words("X"), is_by_chair=True),
                by=people[role],
            )
