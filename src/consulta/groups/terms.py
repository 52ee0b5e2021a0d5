"""Terms of reference: the words of a group's mandate, its days, its instruments; and who may what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.membership import DaysReversedError
from consulta.groups.models import Body, Group, Instrument, MandateBasis, Membership
from consulta.groups.permissions import Act
from consulta.ledger import ledger


class NoKindError(ValueError):
    """A group has members of at least one kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """What the group is for (by language), on which days, and by which instruments (id -> where)."""

    words: Mapping[str, str]
    begins_on: date | None = None
    ends_on: date | None = None
    bases: Sequence[tuple[Instrument, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Which kinds of members a group has, which contribute and state positions, and what is public."""

    kinds: Sequence[str] = (Membership.Kind.MEMBER,)
    contributing: Sequence[str] = (Membership.Kind.MEMBER, Membership.Kind.SECTOR_MEMBER)
    positions: Sequence[str] = (Membership.Kind.MEMBER,)
    shows_members: bool = False


@transaction.atomic
def lay_down(group: Group, mandate: Mandate, *, by: User) -> None:
    """Put the mandate of *group* on record. Raises NotAllowedError, DaysReversedError."""
    permissions.require(by, Act.APPOINT, group)
    if mandate.begins_on and mandate.ends_on and mandate.ends_on < mandate.begins_on:
        raise DaysReversedError
    told = {code: words.strip() for code, words in mandate.words.items() if words.strip()}
    group.mandates = told
    group.mandate_begins_on, group.mandate_ends_on = mandate.begins_on, mandate.ends_on
    group.full_clean(exclude=["names"])
    group.save()
    MandateBasis.objects.filter(group=group).delete()
    MandateBasis.objects.bulk_create(
        MandateBasis(group=group, instrument=instrument, place=place.strip(), position=position)
        for position, (instrument, place) in enumerate(mandate.bases)
    )
    ledger.record("mandate_set", group, by=by)


@transaction.atomic
def allow(group: Group, rules: Rules, *, by: User) -> None:
    """Lay down who may be a member and what each kind may do. Raises NotAllowedError, NoKindError."""
    permissions.require(by, Act.APPOINT, group)
    if not rules.kinds:
        raise NoKindError
    group.member_kinds = list(rules.kinds)
    group.contributing_kinds = list(rules.contributing)
    group.position_kinds = list(rules.positions)
    group.shows_members = rules.shows_members
    group.full_clean(exclude=["names"])
    group.save()
    ledger.record("members_set", group, by=by)


@transaction.atomic
def demand_second_factor(body: Body, demanded: bool, *, by: User) -> None:
    """Say whether delegates need a second factor. Raises NotAllowedError unless for the whole body."""
    permissions.require(by, Act.APPOINT, None)
    body.members_need_second_factor = demanded
    body.save(update_fields=["members_need_second_factor"])
    ledger.record("members_set", body, by=by)
