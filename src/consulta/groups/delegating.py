"""Who acts for a member: a delegation's own administrator invites, renews and ends; so may an officer.

Every act asks again, behind a lock, whether its author still may: of two administrators who end each
other at once, the second finds that the own place has ended.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import delegation_letters, members, permissions
from consulta.groups.appointing import account_of
from consulta.groups.members import MemberAct
from consulta.groups.models import Delegate, Membership
from consulta.groups.permissions import Act, NotAllowedError
from consulta.ledger import ledger


class MembershipEndedError(ValueError):
    """The membership, or the mandate of the group, does not run today."""


class DelegateAlreadyError(ValueError):
    """This address belongs to the delegation already."""


class WorksForBodyError(ValueError):
    """Whoever works for the group's secretariat does not speak for a member of it."""


class AccountBlockedError(ValueError):
    """The account with this address may not sign in."""


class DayPastError(ValueError):
    """The last day is past already: to end a mandate today is another act."""


class LastAdministratorError(ValueError):
    """The delegation would have no administrator; only an officer could then appoint one."""


class EndedAlreadyError(ValueError):
    """This place in the delegation has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Whom to invite, as what, until which day (None: with the mandate), written to in *language*."""

    email: str
    name: str = ""
    role: str = Delegate.Role.DELEGATE
    until_on: date | None = None
    language: str = "en"


def may_manage(user: User, membership: Membership) -> bool:
    """Say whether *user* manages the delegation: as its administrator, or as the group's officer."""
    own = members.may(user, MemberAct.MANAGE_DELEGATION, membership)
    return own or permissions.may(user, Act.APPOINT, membership.group)


@transaction.atomic
def invite(membership: Membership, told: Invitation, *, by: User) -> Delegate:
    """Give whoever signs in as *told.email* a place in the delegation, and write to them.

    Raises NotAllowedError, MembershipEndedError, DayPastError, DelegateAlreadyError,
    WorksForBodyError, AccountBlockedError, NotMailableError; ValidationError for no e-mail address.
    """
    today = _locked(membership, by)
    if not membership.runs(today):
        raise MembershipEndedError
    _not_past(told.until_on, today)
    user = account_of(told.email, name=told.name, language=told.language)
    if not user.is_active:
        raise AccountBlockedError
    if user.is_administrator or permissions.roles(user, membership.group):
        raise WorksForBodyError
    _make_room(membership, user, today, by)
    return _place(membership, user, told, today, by)


@transaction.atomic
def change_role(delegate: Delegate, role: str, *, by: User, knowing: bool = False) -> None:
    """Give a delegate another role. Raises NotAllowedError, EndedAlreadyError, LastAdministratorError.

    *knowing*: the delegation may be left without an administrator.
    """
    _standing(delegate, by)
    if role == delegate.role:
        return
    if not knowing and is_last_administrator(delegate):
        raise LastAdministratorError
    delegate.role = role
    delegate.full_clean()
    delegate.save(update_fields=["role"])
    ledger.record("delegate_changed", delegate, by=by)


@transaction.atomic
def renew(delegate: Delegate, until_on: date | None, *, by: User) -> Delegate:
    """Give a delegate another last day (None: with the mandate); who lapsed gets a new place.

    Raises NotAllowedError, EndedAlreadyError, MembershipEndedError, DayPastError.
    """
    today = _standing(delegate, by)
    membership = delegate.membership
    if not membership.runs(today):
        raise MembershipEndedError
    _not_past(until_on, today)
    if delegate.until_on is not None and delegate.until_on < today:
        _close(delegate, by)
        again = Invitation(email=delegate.user.email, role=delegate.role, until_on=until_on)
        return _place(membership, delegate.user, again, today, by)
    delegate.until_on = until_on
    delegate.full_clean()
    delegate.save(update_fields=["until_on"])
    ledger.record("delegate_changed", delegate, by=by)
    return delegate


@transaction.atomic
def change(
    delegate: Delegate, *, role: str, until_on: date | None, by: User, knowing: bool = False
) -> None:
    """Set role and last day as given; what is the same stays. Raises what the two acts raise."""
    change_role(delegate, role, by=by, knowing=knowing)
    if until_on != delegate.until_on:
        renew(delegate, until_on, by=by)


@transaction.atomic
def end(delegate: Delegate, *, by: User, knowing: bool = False) -> None:
    """End a place in the delegation now, and write to the person; what they did stays.

    Raises NotAllowedError, EndedAlreadyError; LastAdministratorError unless *knowing*.
    """
    _standing(delegate, by)
    if not knowing and is_last_administrator(delegate):
        raise LastAdministratorError
    _close(delegate, by)
    delegation_letters.tell_ended(delegate)


def is_last_administrator(delegate: Delegate) -> bool:
    """Say whether nobody else manages the delegation today."""
    today = members.today(delegate.membership.group.body)
    if delegate.role != Delegate.Role.ADMINISTRATOR or not delegate.runs(today):
        return False
    others = Delegate.objects.filter(
        membership=delegate.membership, role=Delegate.Role.ADMINISTRATOR, ended_at__isnull=True
    ).select_related("membership__group", "user")
    return not any(
        other.runs(today) and other.user.is_active for other in others if other.pk != delegate.pk
    )


def _locked(membership: Membership, by: User) -> date:
    """Hold the delegation until the act is done; return the body's day. Raises NotAllowedError."""
    Membership.objects.select_for_update().get(pk=membership.pk)
    if not may_manage(by, membership):
        raise NotAllowedError(MemberAct.MANAGE_DELEGATION)
    return members.today(membership.group.body)


def _standing(delegate: Delegate, by: User) -> date:
    """Hold the delegation and look at the delegate again. Raises NotAllowedError, EndedAlreadyError."""
    today = _locked(delegate.membership, by)
    delegate.refresh_from_db(fields=["role", "until_on", "ended_at", "ended_by"])
    if delegate.ended_at is not None:
        raise EndedAlreadyError
    return today


def _not_past(until_on: date | None, today: date) -> None:
    if until_on is not None and until_on < today:
        raise DayPastError


def _make_room(membership: Membership, user: User, today: date, by: User) -> None:
    """Close a place of *user* that lapsed. Raises DelegateAlreadyError for one that stands."""
    held = Delegate.objects.filter(membership=membership, user=user, ended_at__isnull=True)
    for standing in held:
        if standing.until_on is None or standing.until_on >= today:
            raise DelegateAlreadyError
        _close(standing, by)


def _place(membership: Membership, user: User, told: Invitation, today: date, by: User) -> Delegate:
    made = Delegate(membership=membership, user=user, role=told.role, invited_by=by)
    made.since_on, made.until_on = today, told.until_on
    made.full_clean()
    made.save()
    ledger.record("delegate_invited", made, by=by)
    delegation_letters.tell_invited(made)
    return made


def _close(delegate: Delegate, by: User) -> None:
    delegate.ended_at, delegate.ended_by = timezone.now(), by
    delegate.save(update_fields=["ended_at", "ended_by"])
    ledger.record("delegate_ended", delegate, by=by)
