"""Found an instance: the body, its languages, its groups, whom it hears, and the first administrator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.text import slugify

from consulta.accounts.models import User
from consulta.core import procedure as procedures
from consulta.groups import queries as group_queries
from consulta.groups.appointing import account_of
from consulta.groups.models import Body, Group
from consulta.ledger import ledger
from consulta.stakeholders.models import StakeholderGroup

#: Whose stakeholder groups an instance has unless it says otherwise (Tunis Agenda, 35 and 36).
USUAL = "itu-res-1336-2019"
#: A claim to speak for one of these is shown only when it was confirmed.
AUTHORITIES = frozenset({"governments", "intergovernmental-organisations"})

Names = Mapping[str, str]


class FoundedAlreadyError(ValueError):
    """This instance has its body already; its name is the error's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foundation:
    """What an instance begins with. *names* are by language; no *groups* is enough for open calls.

    *stakeholder_groups*: names in the first language; None takes the usual seven.
    """

    names: Names
    short_name: str
    languages: tuple[str, ...]
    timezone: str
    administrator: str
    groups: tuple[str, ...] = ()
    stakeholder_groups: tuple[str, ...] | None = None
    slug: str = ""
    is_sample: bool = False


@transaction.atomic
def found(foundation: Foundation) -> Body:
    """Make the body and its first administrator.

    Raises FoundedAlreadyError, ZoneInfoNotFoundError, or ValidationError naming what to mend.
    """
    if standing := group_queries.body():
        raise FoundedAlreadyError(standing.short_name)
    ZoneInfo(foundation.timezone)
    body = Body(short_name=foundation.short_name, names=dict(foundation.names))
    body.slug = foundation.slug or slugify(foundation.short_name) or "body"
    body.languages, body.timezone = list(foundation.languages), foundation.timezone
    body.is_sample = foundation.is_sample
    body.full_clean()
    body.save()
    _groups(body, foundation)
    _stakeholder_groups(foundation)
    administrator(foundation.administrator)
    ledger.record("body_changed", body, by="system")
    return body


@transaction.atomic
def administrator(email: str, *, name: str = "") -> User:
    """Give whoever signs in as *email* the whole instance. Raises ValidationError."""
    user = trusted_account(email, name=name)
    user.is_administrator = True
    user.save(update_fields=["is_administrator"])
    return user


def trusted_account(email: str, *, name: str = "") -> User:
    """Return the account of *email*, whose address the person at the server vouches for."""
    user = account_of(email, name=name)
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


def usual_stakeholder_groups() -> Sequence[tuple[str, Names]]:
    """Return slug and names of the seven groups of the Tunis Agenda."""
    return [(group.slug, group.name) for group in procedures.load(USUAL).stakeholder_groups]


def _groups(body: Body, foundation: Foundation) -> None:
    language = foundation.languages[0]
    for name in foundation.groups:
        slug = slugify(name) or f"group-{Group.objects.count() + 1}"
        group = Group(body=body, slug=slug, short_name=name, names={language: name})
        group.full_clean()
        group.save()


def _stakeholder_groups(foundation: Foundation) -> None:
    language, chosen = foundation.languages[0], foundation.stakeholder_groups
    named = (
        usual_stakeholder_groups()
        if chosen is None
        else [(slugify(n) or f"group-{i}", {language: n}) for i, n in enumerate(chosen, 1)]
    )
    for position, (slug, names) in enumerate(named, start=1):
        group = StakeholderGroup(slug=slug, position=position, names=dict(names))
        group.speaks_for_authority = slug in AUTHORITIES
        group.full_clean()
        group.save()
