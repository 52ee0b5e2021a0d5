"""What members may do: delegates by a membership that runs, chairs by their office; by dates, always.

Nothing here is switched off by a job: a mandate that ended yesterday gives nothing today. A delegate
never comes to the desk by it; what the desk may do stands in `permissions`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.models import Body, Delegate, Group, Membership, Officeholder
from consulta.groups.permissions import Act, AnyUser, NotAllowedError


class MemberAct(StrEnum):
    """Everything on the members' side that a delegate can be allowed, for one membership."""

    SEE_MEMBERS = "see_members"  # what is classified for members
    SUBMIT_CONTRIBUTION = "submit_contribution"
    STATE_POSITION = "state_position"
    MANAGE_DELEGATION = "manage_delegation"


def today(body: Body, now: datetime | None = None) -> date:
    """Return the day it is for *body*, in its own zone."""
    return (now or timezone.now()).astimezone(ZoneInfo(body.timezone)).date()


def places(user: AnyUser, *, now: datetime | None = None) -> list[Delegate]:
    """Return the running places of *user* as a delegate, each with membership, group and body.

    One query. A delegate of two members has two.
    """
    return [place for place in _held(user) if _runs(place, now)]


def ended(user: AnyUser, *, now: datetime | None = None) -> list[Delegate]:
    """Return the places of *user* that run no longer, or not yet: what to say at the door."""
    return [place for place in _held(user) if not _runs(place, now)]


def memberships(
    user: AnyUser, act: MemberAct = MemberAct.SEE_MEMBERS, *, group: Group | None = None
) -> list[Membership]:
    """Return the memberships for which *user* may do *act* now, in *group* or in any. One query."""
    return [
        place.membership
        for place in places(user)
        if act in acts_of(place) and group in (None, place.membership.group)
    ]


def allowed(user: AnyUser, membership: Membership) -> frozenset[MemberAct]:
    """Return every act that *user* may do for *membership* now. One query."""
    held = (acts_of(place) for place in places(user) if place.membership_id == membership.pk)
    return frozenset().union(*held)


def may(user: AnyUser, act: MemberAct, membership: Membership) -> bool:
    """Say whether *user* may do *act* for *membership* now."""
    return act in allowed(user, membership)


def require(user: AnyUser, act: MemberAct, membership: Membership) -> None:
    """Raise NotAllowedError unless *user* may do *act* for *membership*."""
    if not may(user, act, membership):
        raise NotAllowedError(act)


def groups_of(user: AnyUser) -> list[Group]:
    """Return the groups whose members' matter *user* sees: by a place, an office, or at the desk."""
    found = {group.pk: group for group in permissions.groups_of(user, Act.SEE_RESTRICTED)}
    found |= {group.pk: group for group in _by_place_or_office(user)}
    return sorted(found.values(), key=lambda group: group.short_name)


def sees(user: AnyUser, group: Group | None) -> bool:
    """Say whether *user* sees what is classified for members of *group*, never what is for the desk."""
    if permissions.may(user, Act.SEE_RESTRICTED, group):
        return True
    return group is not None and any(seen.pk == group.pk for seen in _by_place_or_office(user))


def comes_in(user: AnyUser) -> bool:
    """Say whether *user* has anything to see on the members' side at all."""
    return Act.SEE_RESTRICTED in permissions.held_anywhere(user) or bool(_by_place_or_office(user))


def holds_office(user: AnyUser, group: Group, *offices: Officeholder.Office) -> bool:
    """Say whether *user* holds one of *offices* (none named: any) in *group* now."""
    held = [office for office in _offices(user) if office.group_id == group.pk]
    return any(not offices or office.office in offices for office in held)


def people_of(group: Group, *, now: datetime | None = None) -> list[User]:
    """Return everyone who acts for a member of *group* or holds an office in it now, by their ids.

    Who may not sign in is left out. Two queries.
    """
    day = today(group.body, now)
    places = Delegate.objects.filter(membership__group=group, ended_at__isnull=True)
    offices = Officeholder.objects.filter(group=group, user__isnull=False)
    found: dict[int, User] = {}
    for place in places.select_related("membership__group__body", "user"):
        if place.runs(day):
            found[place.user_id] = place.user
    for office in offices.select_related("user"):
        if office.runs(day) and office.user is not None:
            found[office.user.pk] = office.user
    return [user for _pk, user in sorted(found.items()) if user.is_active and user.email]


def acts_of(place: Delegate) -> frozenset[MemberAct]:
    """Return what a running *place* allows, by the kind of the membership and the person's role."""
    group, kind = place.membership.group, place.membership.kind
    acts = {MemberAct.SEE_MEMBERS}
    if kind in group.contributing_kinds:
        acts.add(MemberAct.SUBMIT_CONTRIBUTION)
    if kind in group.position_kinds:
        acts.add(MemberAct.STATE_POSITION)
    if place.role == Delegate.Role.ADMINISTRATOR:
        acts.add(MemberAct.MANAGE_DELEGATION)
    return frozenset(acts)


def _held(user: AnyUser) -> Sequence[Delegate]:
    if not isinstance(user, User) or not user.is_active:
        return []
    rows = Delegate.objects.filter(user=user).select_related(
        "membership__group__body", "membership__state", "membership__organisation", "user"
    )
    return list(rows.prefetch_related("membership__state__entered_names"))


def _runs(place: Delegate, now: datetime | None) -> bool:
    return place.runs(today(place.membership.group.body, now))


def _offices(user: AnyUser) -> list[Officeholder]:
    if not isinstance(user, User) or not user.is_active:
        return []
    held = Officeholder.objects.filter(user=user).select_related("group__body")
    return [office for office in held if office.runs(today(office.group.body))]


def _by_place_or_office(user: AnyUser) -> list[Group]:
    by_place = [place.membership.group for place in places(user)]
    return [*by_place, *(office.group for office in _offices(user))]
