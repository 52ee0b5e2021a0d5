"""What is asked about contributions. A draft is found only among the delegations that were given."""

from collections.abc import Collection, Sequence

from django.db.models import Q

from consulta.groups.models import Membership
from consulta.meetings.models import (
    Contribution,
    Document,
    JointMember,
    Meeting,
    PositionVersion,
)

_WHOLE = (
    *("membership__group__body", "membership__state", "membership__organisation"),
    *("meeting__group__body", "document", "follows", "item", "saved_by", "submitted_by"),
)


def of_delegations(meeting: Meeting, own: Collection[Membership]) -> list[Contribution]:
    """Return the drafts and contributions of the memberships in *own* to *meeting*, the latest first."""
    rows = Contribution.objects.filter(meeting=meeting, membership__in=own)
    return list(rows.filter(discarded_at__isnull=True).select_related(*_WHOLE))


def own(pk: int, own: Collection[Membership]) -> Contribution:
    """Return a contribution of one of the memberships in *own*.

    One query, whether there is none or it is another delegation's: both raise DoesNotExist.
    """
    rows = Contribution.objects.filter(membership__in=own, discarded_at__isnull=True)
    return rows.select_related(*_WHOLE).get(pk=pk)


def readable(pk: int, own: Collection[Membership]) -> Contribution:
    """Return a draft that one of *own* wrote or was asked to join. Raises Contribution.DoesNotExist."""
    asked = JointMember.objects.filter(membership__in=own, contribution=pk)
    theirs = Q(membership__in=own) | Q(pk__in=asked.values("contribution"))
    rows = Contribution.objects.filter(theirs, discarded_at__isnull=True)
    return rows.select_related(*_WHOLE).get(pk=pk)


def asked(meeting: Meeting, own: Collection[Membership]) -> list[JointMember]:
    """Return the drafts to *meeting* that one of *own* was asked to join, not submitted yet."""
    rows = JointMember.objects.filter(membership__in=own, contribution__meeting=meeting)
    rows = rows.filter(contribution__submitted_at=None, contribution__discarded_at=None)
    return list(rows.select_related("contribution__membership__state", "membership__state"))


def joint(draft: Contribution, own: Collection[Membership]) -> JointMember:
    """Return the request to one of *own* to join *draft*. Raises JointMember.DoesNotExist."""
    rows = JointMember.objects.filter(contribution=draft, membership__in=own)
    return rows.select_related("membership__group__body").get()


def waiting(meeting: Meeting) -> list[Contribution]:
    """Return what was submitted to *meeting* and waits for the secretariat to post it."""
    rows = Contribution.objects.filter(meeting=meeting, document__posted_at__isnull=True)
    rows = rows.filter(submitted_at__isnull=False, document__withdrawn_at__isnull=True)
    return list(rows.select_related(*_WHOLE).order_by("submitted_at"))


def submitted(meeting: Meeting, pk: int) -> Contribution:
    """Return a submitted contribution to *meeting*. Raises Contribution.DoesNotExist."""
    rows = Contribution.objects.filter(meeting=meeting, submitted_at__isnull=False)
    return rows.select_related(*_WHOLE).get(pk=pk)


def late(documents: Sequence[Document]) -> dict[int, int]:
    """Return by how many days each of *documents* came late, by its id; those in time are left out."""
    rows = Contribution.objects.filter(document__in=documents, days_late__gt=0)
    return {pk: days for pk, days in rows.values_list("document", "days_late") if pk is not None}


def members_of(meeting: Meeting, but: Membership) -> list[Membership]:
    """Return the other memberships of the group of *meeting* that could join a contribution."""
    rows = Membership.objects.filter(group=meeting.group).exclude(pk=but.pk)
    rows = rows.select_related("state", "organisation", "group__body")
    return list(rows.prefetch_related("state__entered_names"))


def open_drafts(membership: Membership) -> int:
    """Return how many drafts of a member are neither handed in nor given up: contributions, positions."""
    rows = Contribution.objects.filter(membership=membership, submitted_at=None, discarded_at=None)
    versions = PositionVersion.objects.filter(position__membership=membership, given_at=None)
    return rows.count() + versions.count()
