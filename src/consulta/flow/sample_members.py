"""The sample group's members: two sample states, which are no countries, and an observer, with delegates."""

from django.db import transaction

from consulta.accounts.models import User
from consulta.flow import founding, sample_accounts
from consulta.groups import delegating, membership, offices, terms
from consulta.groups.delegating import Invitation
from consulta.groups.membership import Particulars
from consulta.groups.models import Group, Membership, Officeholder
from consulta.groups.offices import Term
from consulta.groups.terms import Rules
from consulta.mailroom.models import OutgoingMail
from consulta.meetings import posting_rules
from consulta.meetings.models import PostingRule
from consulta.stakeholders import states
from consulta.stakeholders.models import MemberState, Organisation, StakeholderGroup

#: What the states are called: the codes that ISO 3166-1 leaves to users, so that no country is meant.
NAMES = {
    "en": "Sample State {letter}",
    "fr": "État fictif {letter}",
    "es": "Estado de muestra {letter}",
    "ru": "Государство-образец {letter}",
    "zh": "示例国家{letter}",
    "ar": "دولة نموذجية {letter}",
}
OBSERVERS = "Sample Association of Observers"
VICE_CHAIR, SECRETARY = "Sample vice-chair", "Sample secretary"
DEADLINES = "itu-council"  # the rule by which the sample group takes documents
_KINDS = tuple(Membership.Kind.values)


@transaction.atomic
def load(group: Group) -> None:
    """Give *group* its sample members, offices and delegates; what is there stays."""
    if Membership.objects.filter(group=group).exists():
        return
    by = sample_accounts.user(sample_accounts.ADMINISTRATOR)
    terms.allow(group, Rules(kinds=_KINDS, shows_members=True), by=by)
    posting_rules.lay_down(PostingRule(group=group, deadlines=DEADLINES), by=by)
    a, b = (_state(group, letter, by) for letter in "AB")
    heard = StakeholderGroup.objects.order_by("position")[0]
    organisation = Organisation.objects.create(name=OBSERVERS, stakeholder_group=heard)
    observer = membership.enter(
        group, organisation, Particulars(kind=Membership.Kind.OBSERVER), by=by
    )
    _offices(group, a, b, by)
    seats = {
        sample_accounts.ADMINISTRATOR_OF_A: a,
        sample_accounts.DELEGATE_OF_A: a,
        sample_accounts.ADMINISTRATOR_OF_B: b,
        sample_accounts.DELEGATE_OF_B: b,
        sample_accounts.OBSERVER: observer,
    }
    for account in sample_accounts.MEMBERS:
        if account.place:
            founding.trusted_account(account.email, name=account.name)
            told = Invitation(email=account.email, name=account.name, role=account.place)
            made = delegating.invite(seats[account.email], told, by=by)
            OutgoingMail.objects.filter(about=f"groups.delegate:{made.pk}").delete()


def _state(group: Group, letter: str, by: User) -> Membership:
    names = {code: name.format(letter=letter) for code, name in NAMES.items()}
    state = states.enter(f"X{letter}", by=by, sample=True, names=names)
    return membership.enter(group, state, Particulars(), by=by)


def _offices(group: Group, a: Membership, b: Membership, by: User) -> None:
    chair = next(one for one in sample_accounts.MEMBERS if one.office)
    founding.trusted_account(chair.email, name=chair.name)
    office = Officeholder.Office
    held: tuple[tuple[str, str, MemberState | None, str], ...] = (
        (office.CHAIR, chair.name, a.state, chair.email),
        (office.VICE_CHAIR, VICE_CHAIR, b.state, ""),
        (office.SECRETARY, SECRETARY, None, ""),
    )
    for what, name, state, email in held:
        offices.take(group, Term(office=what, name=name, state=state, email=email), by=by)
