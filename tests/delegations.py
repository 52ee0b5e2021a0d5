"""Two delegations of sample states in a group, an observer, and who acts for each."""

from dataclasses import dataclass

import pytest

from consulta.accounts.models import User
from consulta.groups import delegating, membership
from consulta.groups.delegating import Invitation
from consulta.groups.membership import Particulars
from consulta.groups.models import Delegate, Group, Membership
from consulta.mailroom.models import OutgoingMail
from consulta.stakeholders import states
from consulta.stakeholders.models import Organisation, StakeholderGroup


@dataclass(frozen=True, slots=True)
class Delegations:
    """The memberships of XA, XB and an observing organisation, and the places in them."""

    a: Membership
    b: Membership
    observer: Membership
    administrator_of_a: Delegate
    delegate_of_a: Delegate
    delegate_of_b: Delegate
    administrator_of_b: Delegate
    observing: Delegate


def state(code: str, letter: str, by: User):
    """A sample state, called so in two languages."""
    names = {"en": f"Sample State {letter}", "fr": f"État fictif {letter}"}
    return states.enter(code, by=by, sample=True, names=names)


def invited(place: Membership, email: str, by: User, role: str = "delegate", **more) -> Delegate:
    """Somebody invited, in English unless told otherwise."""
    told = Invitation(email=email, name=email.split("@")[0], role=role, **more)
    return delegating.invite(place, told, by=by)


def made(group: Group, by: User) -> Delegations:
    """Both delegations and the observer, the letters of invitation taken out of the way."""
    sent_before = list(OutgoingMail.objects.values_list("pk", flat=True))
    group.member_kinds = ["member", "observer"]
    group.save()
    a = membership.enter(group, state("XA", "A", by), Particulars(), by=by)
    b = membership.enter(group, state("XB", "B", by), Particulars(), by=by)
    heard = StakeholderGroup.objects.get_or_create(slug="observers")[0]
    organisation = Organisation.objects.create(name="Sample Observers", stakeholder_group=heard)
    observer = membership.enter(group, organisation, Particulars(kind="observer"), by=by)
    first = invited(a, "admin-a@example.org", by, "administrator")
    found = Delegations(
        a,
        b,
        observer,
        first,
        invited(a, "delegate-a@example.org", first.user),
        invited(b, "delegate-b@example.org", by),
        invited(b, "admin-b@example.org", by, "administrator"),
        invited(observer, "observer@example.org", by),
    )
    OutgoingMail.objects.exclude(pk__in=sent_before).delete()
    return found


@pytest.fixture
def delegations(group, officer) -> Delegations:
    return made(group, officer)
