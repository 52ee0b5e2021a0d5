"""Whose inbox it is: in which groups a person reads responses, moderates lists and sees the post."""

from dataclasses import dataclass

from django.db.models import Q

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.permissions import Act


@dataclass(frozen=True, slots=True)
class Where:
    """The groups (their ids) in which something is allowed; *body*: in the whole body, so everywhere."""

    groups: tuple[int, ...]
    body: bool

    def condition(self, path: str) -> Q:
        """The rows whose group, found at *path*, is one of these."""
        return Q() if self.body else Q(**{f"{path}__in": self.groups})


@dataclass(frozen=True, slots=True)
class Scope:
    """What one person may see in the inbox."""

    responses: Where
    posts: Where
    mails: Where
    practices: bool


def of(user: User) -> Scope:
    """What *user* may see, by the appointments that hold now. One query."""
    held = permissions.held_by_group(user)

    def where(act: Act) -> Where:
        groups = tuple(pk for pk, acts in held.items() if pk is not None and act in acts)
        return Where(groups, act in held.get(None, ()))

    return Scope(
        responses=where(Act.SEE_RESTRICTED),
        posts=where(Act.MODERATE),
        mails=where(Act.SEE_POST),
        practices=where(Act.PRACTICES).body,
    )
