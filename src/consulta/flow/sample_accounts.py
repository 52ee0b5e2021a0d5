"""The accounts of the demo: one for each role, all plainly samples."""

from dataclasses import dataclass

from django.db import transaction

from consulta.accounts.models import User
from consulta.flow import founding
from consulta.groups import appointing
from consulta.groups.models import Group, Role


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """An account of the demo. Without a role, it is a stakeholder's."""

    email: str
    name: str
    role: Role | None = None
    administrator: bool = False


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
    return (SampleAccount(ADMINISTRATOR, "Sample administrator", administrator=True), *ACCOUNTS)
