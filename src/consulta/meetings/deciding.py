"""Record what a group settled, by consensus or not, and what a later decision changes of it.

A decision is never changed or deleted: a later one amends or reverses it, and both stay.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.multilingual import choose
from consulta.groups import members, permissions
from consulta.groups.members import MemberAct
from consulta.groups.models import Group, Membership
from consulta.groups.permissions import Act, NotAllowedError
from consulta.ledger import ledger
from consulta.meetings import position_queries
from consulta.meetings.models import (
    Decision,
    Document,
    Meeting,
    Proposal,
    ProposalSupport,
    StatedView,
)


class DecisionError(ValueError):
    """Something about a decision that the record does not allow."""


class WordsMissingError(DecisionError):
    """A decision, a view or a topic is written in one language at least."""


class ChangedAlreadyError(DecisionError):
    """The decision was amended or reversed already: change the later one. *later*: that one."""

    def __init__(self, later: Decision) -> None:
        super().__init__(str(later))
        self.later = later


class ChangeNeedsReasonError(DecisionError):
    """Why a decision is amended or reversed stays on record."""


class OtherGroupError(DecisionError):
    """A group changes its own decisions, and settles what was proposed to it."""


class SettledProposalError(DecisionError):
    """The proposal was settled or withdrawn already."""


class MeetingOverError(DecisionError):
    """Topics are proposed to a meeting that is still to come, or goes on."""


class NotItsContributionError(DecisionError):
    """What a member brings for a topic is a posted contribution of its own."""


class ViewsNeedDisagreementError(DecisionError):
    """Views are set out where there was no consensus."""


@transaction.atomic
def decide(decision: Decision, *, by: User, views: Iterable[StatedView] = ()) -> Decision:
    """Put a new *decision* on record after those of its meeting, with the *views* expressed.

    Raises NotAllowedError, WordsMissingError, ViewsNeedDisagreementError, or ValidationError naming
    the field to mend.
    """
    permissions.require(by, Act.CONVENE, group_of(decision))
    stated = list(views)
    if stated and decision.kind != Decision.Kind.NO_CONSENSUS:
        raise ViewsNeedDisagreementError
    earlier = Decision.objects.filter(meeting=decision.meeting).aggregate(last=Max("position"))
    decision.position = (earlier["last"] or 0) + 1
    if not choose(decision.texts, "en").text.strip():
        raise WordsMissingError
    decision.full_clean()
    decision.save()
    _set_out(decision, stated)
    ledger.record("decision_recorded", decision, by=by, shows=shows(decision))
    return decision


@transaction.atomic
def change(earlier: Decision, later: Decision, *, by: User) -> Decision:
    """Record *later*, which amends or reverses *earlier* and says why; both stay.

    Raises ChangedAlreadyError, ChangeNeedsReasonError, OtherGroupError, and as :func:`decide`.
    """
    standing = Decision.objects.select_for_update(of=("self",)).get(pk=earlier.pk)
    if (other := Decision.objects.filter(amends=standing).first()) is not None:
        raise ChangedAlreadyError(other)
    if group_of(later) != group_of(earlier):
        raise OtherGroupError
    later.change_reason = later.change_reason.strip()
    if not later.change_reason:
        raise ChangeNeedsReasonError
    later.amends = standing
    later.change = later.change or Decision.Change.AMENDED
    made = decide(later, by=by)
    ledger.record("decision_changed", standing, by=by, shows=shows(standing))
    return made


@transaction.atomic
def propose(proposal: Proposal, *, by: User) -> Proposal:
    """Put a topic that was proposed on record, after those of its meeting. Raises as :func:`decide`."""
    permissions.require(by, Act.CONVENE, proposal.meeting.group)
    return enter(proposal, by=by)


def enter(proposal: Proposal, *, by: User) -> Proposal:
    """Put *proposal* on record for somebody who was allowed to."""
    if not choose(proposal.topics, "en").text.strip():
        raise WordsMissingError
    earlier = Proposal.objects.filter(meeting=proposal.meeting).aggregate(last=Max("position"))
    proposal.position = (earlier["last"] or 0) + 1
    proposal.full_clean()
    proposal.save()
    ledger.record("topic_proposed", proposal, by=by)
    return proposal


@transaction.atomic
def propose_as_member(
    membership: Membership, proposal: Proposal, *, by: User, documents: Iterable[Document] = ()
) -> Proposal:
    """Propose a topic for a member, from the list of issues or off it (Resolution 1336, clause 5).

    Raises NotAllowedError, OtherGroupError, MeetingOverError, NotItsContributionError, and as
    :func:`decide`.
    """
    members.require(by, MemberAct.SUBMIT_CONTRIBUTION, membership)
    _check_meeting(proposal, membership)
    brought = list(documents)
    _must_be_its_own(membership, brought)
    proposal.membership, proposal.is_by_chair, proposal.proposed_by = membership, False, ""
    made = enter(proposal, by=by)
    made.documents.set(brought)
    return made


@transaction.atomic
def support(
    proposal: Proposal, membership: Membership, document: Document, *, by: User
) -> ProposalSupport:
    """Support a topic that somebody else proposed, with a contribution of the member's own.

    Twice is once. Raises NotAllowedError, OtherGroupError, SettledProposalError,
    NotItsContributionError.
    """
    members.require(by, MemberAct.SUBMIT_CONTRIBUTION, membership)
    standing = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if standing.meeting.group_id != membership.group_id:
        raise OtherGroupError
    if standing.state != Proposal.State.OPEN:
        raise SettledProposalError
    _must_be_its_own(membership, [document])
    told = {"supported_at": timezone.now(), "supported_by": by}
    made, is_new = ProposalSupport.objects.get_or_create(
        proposal=standing, membership=membership, document=document, defaults=told
    )
    if is_new:
        ledger.record("topic_supported", made, by=by)
    return made


@transaction.atomic
def withdraw_own(proposal: Proposal, *, by: User) -> None:
    """Take back a topic that one's own member proposed. Raises NotAllowedError, SettledProposalError."""
    if proposal.membership is None:
        raise NotAllowedError(MemberAct.SUBMIT_CONTRIBUTION)
    members.require(by, MemberAct.SUBMIT_CONTRIBUTION, proposal.membership)
    _take_back(proposal, by)


@transaction.atomic
def settle(
    decision: Decision, *, chosen: Iterable[Proposal], not_chosen: Iterable[Proposal], by: User
) -> None:
    """Note which proposals *decision* chose and which not. Raises SettledProposalError, OtherGroupError."""
    permissions.require(by, Act.CONVENE, group_of(decision))
    told = [(p, Proposal.State.CHOSEN) for p in chosen]
    told += [(p, Proposal.State.NOT_CHOSEN) for p in not_chosen]
    for proposal, state in told:
        standing = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        if standing.state != Proposal.State.OPEN:
            raise SettledProposalError
        if standing.meeting.group != group_of(decision):
            raise OtherGroupError
        standing.state, standing.decision = state, decision
        standing.full_clean()
        standing.save()


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User) -> None:
    """Take a proposal back at its proposer's wish; it stays on record. Raises SettledProposalError."""
    permissions.require(by, Act.CONVENE, proposal.meeting.group)
    _take_back(proposal, by)


def group_of(decision: Decision) -> Group | None:
    """Return the group whose decision it is; None where no meeting took it."""
    return decision.meeting.group if decision.meeting else None


def shows(decision: Decision) -> str:
    """What recording it changes for the public: its pages only where it is public."""
    return "pages" if decision.audience == "public" else "none"


def _set_out(decision: Decision, stated: list[StatedView]) -> None:
    for position, view in enumerate(stated, start=1):
        if not choose(view.texts, "en").text.strip():
            raise WordsMissingError
        view.decision, view.position = decision, position
        view.full_clean()
        view.save()


def _take_back(proposal: Proposal, by: User) -> None:
    standing = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if standing.state != Proposal.State.OPEN:
        raise SettledProposalError
    standing.state = Proposal.State.WITHDRAWN
    standing.save(update_fields=["state"])
    ledger.record("proposal_withdrawn", standing, by=by)


def _check_meeting(proposal: Proposal, membership: Membership) -> None:
    meeting = proposal.meeting
    if meeting.group_id != membership.group_id or meeting.kind != Meeting.Kind.GROUP:
        raise OtherGroupError
    last = meeting.ends_on or meeting.starts_on
    is_over = last is not None and last < members.today(membership.group.body)
    if is_over or meeting.cancelled_at is not None:
        raise MeetingOverError


def _must_be_its_own(membership: Membership, documents: list[Document]) -> None:
    own = {document.pk for document in position_queries.linkable(membership)}
    if any(document.pk not in own for document in documents):
        raise NotItsContributionError
