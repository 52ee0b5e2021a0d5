"""The accounts of the demo: one for each role, all plainly samples."""

from dataclasses import dataclass

from django.db import transaction

from consulta.accounts.models import User
from consulta.flow import founding
from consulta.groups import appointing
from consulta.groups.models import Delegate, Group, Officeholder, Role


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """An account of the demo. Without a role, it is a stakeholder's, or a delegate's by *place*."""

    email: str
    name: str
    role: Role | None = None
    administrator: bool = False
    place: Delegate.Role | None = None
    office: Officeholder.Office | None = None

    @property
    def sits_with_members(self) -> bool:
        """Whether it sees the members' pages and not the desk."""
        return self.place is not None or self.office is not None


ADMINISTRATOR = "administrator@example.org"
OFFICER = "officer@example.org"
MODERATOR = "moderator@example.org"
STAKEHOLDER = "stakeholder@example.org"
ACCOUNTS = (
    SampleAccount(OFFICER, "Sample officer", Role.OFFICER),
    SampleAccount("second-officer@example.org", "Second sample officer", Role.OFFICER),
    SampleAccount("editor@example.org", "Sample editor", Role.EDITOR),
    SampleAccount(MODERATOR, "Sample moderator", Role.MODERATOR),
    SampleAccount("reader@example.org", "Sample reader", Role.READER),
    SampleAccount(STAKEHOLDER, "Sample stakeholder"),
)
DELEGATE_OF_A = "delegate-a@example.org"
DELEGATE_OF_B = "delegate-b@example.org"
ADMINISTRATOR_OF_A = "delegation-a@example.org"
ADMINISTRATOR_OF_B = "delegation-b@example.org"
OBSERVER = "observer@example.org"
CHAIR = "chair@example.org"
#: Who sits with the members: seated by `sample_members`.
MEMBERS = (
    SampleAccount(CHAIR, "Sample chair", office=Officeholder.Office.CHAIR),
    SampleAccount(
        ADMINISTRATOR_OF_A,
        "Sample administrator of the delegation of A",
        place=Delegate.Role.ADMINISTRATOR,
    ),
    SampleAccount(DELEGATE_OF_A, "Sample delegate of A", place=Delegate.Role.DELEGATE),
    SampleAccount(
        ADMINISTRATOR_OF_B,
        "Sample administrator of the delegation of B",
        place=Delegate.Role.ADMINISTRATOR,
    ),
    SampleAccount(DELEGATE_OF_B, "Sample delegate of B", place=Delegate.Role.DELEGATE),
    SampleAccount(OBSERVER, "Sample observer", place=Delegate.Role.DELEGATE),
)


@transaction.atomic
def load(group: Group) -> None:
    """Make the accounts that are missing and appoint them in *group*."""
    administrator = founding.administrator(ADMINISTRATOR, name="Sample administrator")
    for account in ACCOUNTS:
        user = founding.trusted_account(account.email, name=account.name)
        if account.role:
            appointing.appoint(user.email, group=group, role=account.role, by=administrator)


def user(email: str) -> User:
    """Return a sample account. Raises User.DoesNotExist."""
    return User.objects.get(email=email)


def listed() -> tuple[SampleAccount, ...]:
    """Return every sample account, for the start of the demo and its sign-in."""
    first = SampleAccount(ADMINISTRATOR, "Sample administrator", administrator=True)
    return (first, *ACCOUNTS, *MEMBERS)
