"""Where a member stands: the next meeting of each group, what is due, what the delegation handed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from consulta.groups.models import Group, Membership
from consulta.meetings import posting_rules
from consulta.meetings.models import (
    Contribution,
    JointMember,
    Meeting,
    Position,
    PositionRequest,
)
from consulta.meetings.posting_rules import Due


@dataclass(frozen=True, slots=True)
class Next:
    """The next meeting of a group, with its deadlines for documents."""

    meeting: Meeting
    due: Due | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a delegation: drafts, requests to join, issues on which a position was asked for."""

    drafts: Sequence[Contribution]
    joint: Sequence[JointMember]
    positions: Sequence[tuple[Membership, PositionRequest]]

    def __bool__(self) -> bool:
        return bool(self.drafts or self.joint or self.positions)


def next_meetings(groups: Iterable[Group], *, on: date) -> list[Next]:
    """Return the next meetings of *groups* on the day *on*, one of each at most, the soonest first."""
    ahead = Meeting.objects.filter(group__in=list(groups), kind=Meeting.Kind.GROUP)
    ahead = ahead.filter(Q(ends_on__gte=on) | Q(ends_on__isnull=True, starts_on__gte=on))
    first: dict[int | None, Meeting] = {}
    for meeting in ahead.filter(cancelled_at=None).select_related("group").order_by("starts_on"):
        first.setdefault(meeting.group_id, meeting)
    return [Next(meeting, posting_rules.due(meeting)) for meeting in first.values()]


def waiting(writing: Sequence[Membership], stating: Sequence[Membership]) -> Waiting:
    """Return what waits for memberships that may contribute (*writing*) or give positions (*stating*)."""
    drafts = Contribution.objects.filter(
        membership__in=writing, submitted_at=None, discarded_at=None
    )
    asked = JointMember.objects.filter(
        membership__in=writing,
        agrees=None,
        contribution__submitted_at=None,
        contribution__discarded_at=None,
    )
    return Waiting(
        list(drafts.select_related("meeting__group", "membership")),
        list(asked.select_related("contribution__meeting__group", "contribution__membership")),
        [pair for membership in stating for pair in _asked_of(membership)],
    )


def handed_in(own: Sequence[Membership], *, limit: int) -> list[Contribution]:
    """Return at most *limit* contributions of *own*, joint ones too, the latest first."""
    joint = JointMember.objects.filter(contribution=OuterRef("pk"), membership__in=own, agrees=True)
    rows = Contribution.objects.filter(submitted_at__isnull=False)
    rows = rows.filter(Q(membership__in=own) | Exists(joint))
    return list(rows.select_related("document__meeting__group").order_by("-submitted_at")[:limit])


def _asked_of(membership: Membership) -> list[tuple[Membership, PositionRequest]]:
    """The requests of the group since which this member gave no position on the issue."""
    given = Position.objects.filter(
        membership=membership, issue=OuterRef("issue"), versions__given_at__gt=OuterRef("asked_at")
    )
    to_all_or_it = Q(memberships__isnull=True) | Q(memberships=membership)
    asked = PositionRequest.objects.filter(to_all_or_it, group=membership.group).distinct()
    open_ones = asked.exclude(Exists(given))
    latest = {request.issue_id: request for request in open_ones.order_by("asked_at")}
    return [(membership, request) for request in latest.values()]
