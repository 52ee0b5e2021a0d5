"""Members of a group: entered, changed, ended. What is ended stays on record, and so does what it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from consulta.accounts.models import User
from consulta.core.multilingual import Text
from consulta.groups import permissions
from consulta.groups.models import Group, Membership
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.stakeholders import states
from consulta.stakeholders.models import MemberState, Organisation

Who = MemberState | Organisation


class KindNotAllowedError(ValueError):
    """The group has no members of this kind; which it has is its own setting."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class AlreadyMemberError(ValueError):
    """The state or organisation has a place in the group on some of these days already."""

    def __init__(self, standing: Membership) -> None:
        super().__init__(standing.pk)
        self.standing = standing


class DaysReversedError(ValueError):
    """The last day lies before the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What a membership is, and on which days: first and last, both included; None is open."""

    kind: str = Membership.Kind.MEMBER
    since_on: date | None = None
    until_on: date | None = None


@transaction.atomic
def enter(group: Group, who: Who, told: Particulars, *, by: User) -> Membership:
    """Give *who* a place in *group*.

    Raises NotAllowedError, KindNotAllowedError, AlreadyMemberError, DaysReversedError.
    """
    permissions.require(by, Act.APPOINT, group)
    Group.objects.select_for_update().get(pk=group.pk)
    made = Membership(group=group)
    made.state, made.organisation = (who, None) if isinstance(who, MemberState) else (None, who)
    _settle(made, told)
    ledger.record("member_entered", made, by=by)
    return made


@transaction.atomic
def change(membership: Membership, told: Particulars, *, by: User) -> None:
    """Give a membership another kind or other days; a last day ends it, and its delegates' rights.

    Raises NotAllowedError, KindNotAllowedError, AlreadyMemberError, DaysReversedError.
    """
    permissions.require(by, Act.APPOINT, membership.group)
    Group.objects.select_for_update().get(pk=membership.group_id)
    ends = told.until_on is not None and told.until_on != membership.until_on
    _settle(membership, told)
    ledger.record("member_ended" if ends else "member_changed", membership, by=by)


def name(membership: Membership, language: str, *, on: date | None = None) -> Text:
    """Return the name of the member for a reader of *language*; a state's as on the day *on*."""
    if membership.state is not None:
        return states.name(membership.state, language, on=on)
    return Text(str(membership.organisation), "")


def by_name(memberships: Sequence[Membership], language: str) -> list[tuple[Membership, Text]]:
    """Return *memberships* with their names of today, in the order of these."""
    named = [(membership, name(membership, language)) for membership in memberships]
    return sorted(named, key=lambda pair: pair[1].text.casefold())


def _settle(membership: Membership, told: Particulars) -> None:
    if told.since_on and told.until_on and told.until_on < told.since_on:
        raise DaysReversedError
    if told.kind not in membership.group.member_kinds and (
        membership.pk is None or told.kind != membership.kind
    ):
        raise KindNotAllowedError(told.kind)
    if standing := _overlapping(membership, told):
        raise AlreadyMemberError(standing)
    membership.kind = told.kind
    membership.since_on, membership.until_on = told.since_on, told.until_on
    membership.full_clean()
    membership.save()


def _overlapping(membership: Membership, told: Particulars) -> Membership | None:
    own = {"state": membership.state, "organisation": membership.organisation}
    others = Membership.objects.filter(group=membership.group, **own).exclude(pk=membership.pk)
    first, last = told.since_on or date.min, told.until_on or date.max
    for other in others.select_related("state", "organisation"):
        if (other.since_on or date.min) <= last and first <= (other.until_on or date.max):
            return other
    return None
