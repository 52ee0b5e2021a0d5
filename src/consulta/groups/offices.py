"""Chair, vice-chairs and secretary of a group: who holds each office, from a day to a day."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.appointing import account_of
from consulta.groups.membership import DaysReversedError
from consulta.groups.models import Group, Officeholder
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.stakeholders.models import MemberState


class OfficeEndedError(ValueError):
    """This term has its last day already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Who holds which office, for whom, on which days. *email*: who comes in to the members' pages."""

    office: str
    name: str
    state: MemberState | None = None
    email: str = ""
    since_on: date | None = None
    until_on: date | None = None


@transaction.atomic
def take(group: Group, term: Term, *, by: User) -> Officeholder:
    """Put on record who holds an office. Raises NotAllowedError, DaysReversedError, ValidationError."""
    permissions.require(by, Act.APPOINT, group)
    if term.since_on and term.until_on and term.until_on < term.since_on:
        raise DaysReversedError
    made = Officeholder(group=group, office=term.office, name=term.name.strip(), state=term.state)
    made.since_on, made.until_on = term.since_on, term.until_on
    if term.email.strip():
        made.user = account_of(term.email, name=term.name)
    made.full_clean()
    made.save()
    ledger.record("officeholder_entered", made, by=by)
    return made


@transaction.atomic
def leave(holder: Officeholder, until_on: date, *, by: User) -> None:
    """Put the last day of a term on record. Raises NotAllowedError, DaysReversedError, OfficeEndedError."""
    permissions.require(by, Act.APPOINT, holder.group)
    held = Officeholder.objects.select_for_update().get(pk=holder.pk)
    if held.until_on is not None and held.until_on <= until_on:
        raise OfficeEndedError
    if held.since_on and until_on < held.since_on:
        raise DaysReversedError
    holder.until_on = until_on
    holder.save(update_fields=["until_on"])
    ledger.record("officeholder_ended", holder, by=by)
