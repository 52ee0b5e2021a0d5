"""What members chose: a mail on each new document of a group, one a day, or none; and how mails name them."""

from collections.abc import Sequence
from datetime import datetime

from django.core import signing
from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import members, permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.notices.models import MemberNotice, NoticeRule

Choice = MemberNotice.Choice
_SALT = "consulta.notices.documents"


class LinkUnknownError(LookupError):
    """No link like this was given out."""


class NotAMemberError(PermissionError):
    """The person does not act for a member of the group, nor holds an office in it."""


def of(user: User, groups: Sequence[Group]) -> dict[int, str]:
    """Return what *user* chose for each of *groups*, by its id; each document, where nothing was."""
    rows = MemberNotice.objects.filter(user=user, group__in=groups)
    chosen = {row.group_id: row.choice for row in rows}
    return {group.pk: chosen.get(group.pk, Choice.EACH.value) for group in groups}


def own_groups(user: User) -> list[Group]:
    """Return the groups of whose documents *user* is told: by a place or an office, not by the desk."""
    return [group for group in members.groups_of(user) if user in members.people_of(group)]


@transaction.atomic
def choose(user: User, group: Group, choice: str, *, now: datetime | None = None) -> MemberNotice:
    """Note what *user* wants of *group*; the first daily mail tells what comes from now on.

    Raises NotAMemberError; ValidationError for a choice that is none.
    """
    if user not in members.people_of(group):
        raise NotAMemberError
    return _set(user, group, choice, now or timezone.now())


def end_token(user: User, group: Group) -> str:
    """The secret of the link that ends the mails to *user* about *group*."""
    return signing.Signer(salt=_SALT).sign(f"{user.pk}-{group.pk}")


def find_to_end(token: str) -> tuple[User, Group]:
    """Whose mails *token* ends, and about which group. Raises LinkUnknownError."""
    try:
        user, group = signing.Signer(salt=_SALT).unsign(token).split("-")
        return User.objects.get(pk=int(user)), Group.objects.get(pk=int(group))
    except (signing.BadSignature, User.DoesNotExist, Group.DoesNotExist, ValueError) as error:
        raise LinkUnknownError from error


@transaction.atomic
def end(token: str, *, now: datetime) -> Group:
    """The person gets no such mails. Twice changes nothing. Raises LinkUnknownError."""
    user, group = find_to_end(token)
    _set(user, group, Choice.NONE, now)
    return group


def names_members_documents(group: Group) -> bool:
    """Say whether mails may name what is for members; unless the group allows it, they do not."""
    rule = NoticeRule.objects.filter(group=group).first()
    return rule is not None and rule.names_members_documents


@transaction.atomic
def lay_down(group: Group, *, names: bool, by: User) -> None:
    """Lay down whether mails may name documents for members. Raises NotAllowedError."""
    permissions.require(by, Act.APPOINT, group)
    rule, _made = NoticeRule.objects.get_or_create(group=group)
    if rule.names_members_documents != names:
        rule.names_members_documents = names
        rule.save(update_fields=["names_members_documents"])
        ledger.record("notice_rule_set", rule, by=by)


def _set(user: User, group: Group, choice: str, now: datetime) -> MemberNotice:
    found = MemberNotice.objects.select_for_update().filter(user=user, group=group).first()
    row = found or MemberNotice(user=user, group=group, choice=Choice.EACH)
    if row.choice != choice or row.told_until is None:
        row.choice, row.told_until = choice, now
    row.full_clean()
    row.save()
    return row
