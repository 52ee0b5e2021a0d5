"""The accounts of the demo: one for each role, all plainly samples."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from consulta.accounts.models import User
from consulta.flow import founding
from consulta.groups import appointing
from consulta.groups.models import Group, Role
from consulta.mailroom import durable


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """An account of the demo. Without a role, it is a stakeholder's."""

    email: str
    name: str
    role: Role | None = None


ADMINISTRATOR = "administrator@example.org"
OFFICER = "officer@example.org"
MODERATOR = "moderator@example.org"
ACCOUNTS = (
    SampleAccount(OFFICER, "Sample officer", Role.OFFICER),
    SampleAccount("second-officer@example.org", "Second sample officer", Role.OFFICER),
    SampleAccount("editor@example.org", "Sample editor", Role.EDITOR),
    SampleAccount(MODERATOR, "Sample moderator", Role.MODERATOR),
    SampleAccount("reader@example.org", "Sample reader", Role.READER),
    SampleAccount("stakeholder@example.org", "Sample stakeholder"),
)


@transaction.atomic
def load(group: Group) -> None:
    """Make the accounts that are missing and appoint them in *group*."""
    administrator = founding.administrator(ADMINISTRATOR, name="Sample administrator")
    _set_password(administrator)
    for account in ACCOUNTS:
        user = founding.trusted_account(account.email, name=account.name)
        _set_password(user)
        if account.role:
            appointing.appoint(user.email, group=group, role=account.role, by=administrator)


def user(email: str) -> User:
    """Return a sample account. Raises User.DoesNotExist."""
    return User.objects.get(email=email)


def password() -> str:
    """Return the demo's password for all sample accounts: drawn once, kept in the data folder."""
    path = Path(settings.DATA) / "demo_password"
    if not path.exists():
        durable.write(path, [secrets.token_urlsafe(9).encode()])
    return path.read_text()


def listed() -> Iterator[tuple[str, str]]:
    """Yield each account's address and what it is, for the start of the demo."""
    yield ADMINISTRATOR, "administrator"
    for account in ACCOUNTS:
        yield account.email, account.role.value if account.role else "stakeholder"


def _set_password(user: User) -> None:
    if not user.has_usable_password():
        user.set_password(password())
        user.save(update_fields=["password"])
