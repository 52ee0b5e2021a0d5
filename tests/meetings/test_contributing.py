"""A contribution belongs to its delegation; nobody else sees it before it is submitted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.flow import contributing as flow
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.meetings import (
    contributing,
    contribution_queries,
    documents,
    drafting,
    posting_rules,
    queries,
)
from consulta.meetings.models import Contribution, Document, PostingRule
from tests.agendas import an_item
from tests.delegations import delegations  # noqa: F401
from tests.rounds import a_day

TYPED = {
    "titles": {"en": "Islands first"},
    "language": "en",
    "purpose": "action",
    "audience": "members",
    "text": "# Proposal\nConnect them.",
    "abstract": "",
}


@pytest.fixture
def meeting(next_meeting):
    return next_meeting


@pytest.fixture
def draft(meeting, delegations):  # noqa: F811
    a = delegations
    return drafting.begin(meeting, a.a, TYPED, by=a.delegate_of_a.user)


def fresh(draft):
    return contribution_queries.own(draft.pk, [draft.membership])


def test_a_colleague_continues_the_draft_and_of_two_at_once_one_is_told(draft, delegations):  # noqa: F811
    colleague = delegations.administrator_of_a.user
    mine, theirs = fresh(draft), fresh(draft)
    drafting.save(theirs, TYPED | {"abstract": "By the colleague."}, by=colleague)
    with pytest.raises(drafting.WrittenMeanwhileError) as refused:
        drafting.save(mine, TYPED | {"abstract": "Mine."}, by=delegations.delegate_of_a.user)
    assert refused.value.standing.abstract == "By the colleague."
    assert refused.value.standing.saved_by == colleague


def test_other_delegations_and_the_desk_find_no_draft_and_the_ledger_is_silent(
    draft,
    meeting,
    delegations,  # noqa: F811
    officer,
):
    for other in ([delegations.b], [delegations.observer], []):
        assert contribution_queries.of_delegations(meeting, other) == []
        with pytest.raises(Contribution.DoesNotExist):
            contribution_queries.own(draft.pk, other)
        with pytest.raises(Contribution.DoesNotExist):
            contribution_queries.readable(draft.pk, other)
    assert contribution_queries.waiting(meeting) == []
    assert queries.numbered(meeting) == []
    assert not Entry.objects.filter(subject__contains="contribution").exists()
    for stranger in (delegations.delegate_of_b.user, officer, delegations.observing.user):
        with pytest.raises(NotAllowedError):
            drafting.save(fresh(draft), TYPED, by=stranger)
        with pytest.raises(NotAllowedError):
            contributing.submit(fresh(draft), by=stranger)


def test_what_is_missing_is_named_and_nothing_is_numbered(meeting, delegations):  # noqa: F811
    empty = {"language": "en", "purpose": "action"}
    made = drafting.begin(meeting, delegations.a, empty, by=delegations.delegate_of_a.user)
    with pytest.raises(contributing.IncompleteError) as refused:
        contributing.submit(made, by=delegations.delegate_of_a.user)
    assert refused.value.missing == ("title", "audience", "text")
    assert queries.numbered(meeting) == []


def test_submitting_reserves_the_bodys_number_and_the_secretariat_posts_it(
    draft,
    meeting,
    delegations,  # noqa: F811
    officer,
):
    item = an_item(meeting)
    drafting.save(fresh(draft), TYPED | {"item": item}, by=delegations.delegate_of_a.user)
    receipt = flow.submit(fresh(draft), by=delegations.delegate_of_a.user)
    assert receipt.number.endswith("2/1-E")
    assert len(receipt.fingerprint) == 64
    assert queries.for_members(meeting) == []
    (waiting,) = contribution_queries.waiting(meeting)
    with pytest.raises(NotAllowedError):
        flow.post(waiting, by=delegations.delegate_of_a.user)
    flow.post(waiting, by=officer)
    (document,) = queries.for_members(meeting)
    assert (document.sort, document.source, document.audience) == (
        "contribution",
        "Sample State A",
        "members",
    )
    assert [file["name"] for file in document.files] == [
        f"{document.base_number.replace('/', '-')}-en.docx"
    ]
    assert list(item.documents.all()) == [document]
    assert contribution_queries.waiting(meeting) == []


def test_it_is_posted_at_once_where_the_group_says_so(draft, meeting, delegations):  # noqa: F811
    PostingRule.objects.create(group=meeting.group, posts_at_once=True)
    flow.submit(fresh(draft), by=delegations.delegate_of_a.user)
    assert [d.source for d in queries.for_members(meeting)] == ["Sample State A"]


@pytest.mark.parametrize(("days", "late"), [(12, 0), (11, 1), (0, 12)])
def test_a_late_one_is_taken_and_marked_with_its_days(
    draft,
    meeting,
    delegations,  # noqa: F811
    officer,
    days,
    late,
):
    rule = PostingRule(group=meeting.group, deadlines="itu-council")
    posting_rules.lay_down(rule, by=officer)
    meeting.starts_on, meeting.ends_on = a_day(days), a_day(days)
    meeting.save()
    receipt = flow.submit(fresh(draft), by=delegations.delegate_of_a.user)
    kept = fresh(draft)
    assert (receipt.days_late, kept.days_late) == (late, late)
    assert kept.due_on == meeting.starts_on - timedelta(days=12)
    assert contribution_queries.late([kept.document]) == ({kept.document_id: late} if late else {})


def test_several_states_submit_jointly_only_if_each_agrees(draft, delegations):  # noqa: F811
    delegate = delegations.delegate_of_a.user
    joint = drafting.ask_to_join(fresh(draft), delegations.b, by=delegate)
    assert contribution_queries.readable(draft.pk, [delegations.b]) == draft
    assert contributing.source(fresh(draft)) == "Sample State A"
    with pytest.raises(NotAllowedError):
        drafting.answer_to_join(joint, agrees=True, by=delegate)
    drafting.answer_to_join(joint, agrees=True, by=delegations.delegate_of_b.user)
    assert contributing.source(fresh(draft)) == "Sample State A, Sample State B"
    assert contributing.source(fresh(draft), "fr") == "État fictif A, État fictif B"


def test_the_delegation_revises_and_withdraws_and_nothing_follows_what_is_withdrawn(
    draft,
    meeting,
    delegations,  # noqa: F811
    officer,
):
    delegate, colleague = delegations.delegate_of_a.user, delegations.administrator_of_a.user
    flow.submit(fresh(draft), by=delegate)
    with pytest.raises(documents.NotPostedError):
        drafting.begin_following(fresh(draft), "revision", by=delegate)
    flow.post(fresh(draft), by=officer)
    with pytest.raises(drafting.SubmittedError):
        drafting.save(fresh(draft), TYPED, by=delegate)
    revision = drafting.begin_following(fresh(draft), "revision", by=colleague)
    assert (revision.text, revision.titles) == (TYPED["text"], TYPED["titles"])
    told = flow.submit(fresh(revision), by=colleague)
    assert "(Rev.1)" in told.number
    with pytest.raises(NotAllowedError):
        contributing.withdraw(fresh(draft), reason="x", by=delegations.delegate_of_b.user)
    contributing.withdraw(fresh(draft), reason="Overtaken.", by=delegate)
    with pytest.raises(documents.WithdrawnError):
        drafting.begin_following(fresh(draft), "corrigendum", by=delegate)
    assert Document.objects.get(pk=fresh(draft).document_id).withdrawal_reason == "Overtaken."


def test_a_contribution_goes_to_a_meeting_of_its_own_group_that_is_held(
    meeting,
    delegations,  # noqa: F811
    officer,
):
    meeting.cancelled_at, meeting.cancellation_reason = timezone.now(), "No hall."
    with pytest.raises(drafting.ClosedMeetingError):
        drafting.begin(meeting, delegations.a, TYPED, by=delegations.delegate_of_a.user)


def test_control_characters_and_lone_surrogates_do_not_stop_a_save(meeting, delegations):  # noqa: F811
    odd = TYPED | {"text": "a\x00b\ud800", "titles": {"en": "one\nline"}}
    made = drafting.begin(meeting, delegations.a, odd, by=delegations.delegate_of_a.user)
    assert (made.text, made.titles) == ("ab\ufffd", {"en": "one line"})
