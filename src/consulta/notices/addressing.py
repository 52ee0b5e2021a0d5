"""Lists of addressees, kept at the desk: an address is an institution's own, or its reader confirms it.

On a list of members each address names the member that it belongs to, so that it ends with the
membership. Whoever ends the mails is not entered again but by a button of their own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from consulta.accounts.models import User
from consulta.core import addresses
from consulta.core.languages import django_code
from consulta.core.multilingual import Text, choose
from consulta.core.plaintext import one_line
from consulta.core.tokens import hashed, new_token
from consulta.groups import permissions
from consulta.groups import queries as groups
from consulta.groups.models import Membership
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom import outbox
from consulta.notices.models import Addressee, AddresseeList

#: How long the button in the mail works.
CONFIRM_WITHIN = timedelta(days=30)
_SALT = "consulta.notices.addressing"
Basis = Addressee.Basis
Sort = AddresseeList.Sort


class AddressingError(ValueError):
    """Something about a list of addressees that the rules do not allow."""


class NameMissingError(AddressingError):
    """A list has a name in one language at least: it stands in the public record."""


class ListedAlreadyError(AddressingError):
    """The address is on this list."""


class MemberMissingError(AddressingError):
    """On a list of members, an address names the member that it belongs to."""


class EndedItselfError(AddressingError):
    """Its reader ended the mails: only its reader can begin them again, by a mailed button."""


class ListClosedError(AddressingError):
    """The list is closed: nothing is entered, and nothing goes to it."""


class LinkUnknownError(LookupError):
    """No link like this was given out, or its time is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What is said of an address: whose it is, in which language it is written to, and why it may be."""

    email: str
    name: str = ""
    language: str = "en"
    membership: Membership | None = None
    basis: str = Basis.INSTITUTIONAL


@transaction.atomic
def make(made: AddresseeList, *, by: User) -> AddresseeList:
    """Make a list of the group's addressees. Raises NotAllowedError, NameMissingError."""
    permissions.require(by, Act.CONVENE, made.group)
    made.names = {code: said.strip() for code, said in made.names.items() if said.strip()}
    if not made.names:
        raise NameMissingError
    made.has_delegates = made.has_delegates and made.sort == Sort.MEMBERS
    made.full_clean()
    made.save()
    ledger.record("addressee_list_made", made, by=by)
    return made


@transaction.atomic
def close(kept: AddresseeList, *, by: User) -> None:
    """Close a list: nothing goes to it any more, and what went to it stays on record."""
    permissions.require(by, Act.CONVENE, kept.group)
    if kept.closed_at is None:
        kept.closed_at = timezone.now()
        kept.save(update_fields=["closed_at"])
        ledger.record("addressee_list_closed", kept, by=by)


@transaction.atomic
def enter(kept: AddresseeList, told: Entered, *, by: User) -> Addressee:
    """Enter an address: one to confirm is mailed a button, and gets nothing until it is pressed.

    Raises NotAllowedError, ListClosedError, MemberMissingError, ListedAlreadyError,
    EndedItselfError, NotMailableError.
    """
    permissions.require(by, Act.CONVENE, kept.group)
    made = put(kept, told, now=timezone.now())
    ledger.record("addressee_entered", made, by=by)
    return made


def put(kept: AddresseeList, told: Entered, *, now: datetime) -> Addressee:
    """Put an address on a list for somebody who may; raises as :func:`enter`."""
    if kept.closed_at is not None:
        raise ListClosedError
    if kept.sort == Sort.MEMBERS and told.membership is None:
        raise MemberMissingError
    email = outbox.mailable(told.email.strip()).lower()
    made = Addressee.objects.select_for_update().filter(list=kept, email=email).first()
    if made is not None and made.ended_at is None:
        raise ListedAlreadyError
    if made is not None and made.ended_itself and told.basis != Basis.CONFIRMED:
        raise EndedItselfError
    made = made or Addressee(list=kept, email=email)
    made.name, made.language = one_line(told.name)[:200], told.language
    made.membership, made.basis = told.membership, told.basis
    made.ended_at, made.confirmed_at = None, now
    if told.basis == Basis.CONFIRMED:
        _ask(made, now)
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def ask_again(addressee: Addressee, *, by: User) -> None:
    """Mail the button once more to an address that has not confirmed. Raises NotAllowedError."""
    permissions.require(by, Act.CONVENE, addressee.list.group)
    if addressee.confirmed_at is None and addressee.ended_at is None:
        _ask(addressee, timezone.now())
        addressee.save()


@transaction.atomic
def strike(addressee: Addressee, *, by: User) -> None:
    """Take an address off its list. Twice changes nothing. Raises NotAllowedError."""
    permissions.require(by, Act.CONVENE, addressee.list.group)
    if addressee.ended_at is None:
        _end(addressee, timezone.now())
        ledger.record("addressee_struck", addressee, by=by)


def find(token: str, *, now: datetime) -> Addressee:
    """The address whose mailed button leads to *token*. Raises LinkUnknownError."""
    rows = Addressee.objects.select_related("list__group__body")
    found = rows.filter(token_hash=hashed(token), asked_at__gt=now - CONFIRM_WITHIN).first()
    if found is None or found.ended_at is not None:
        raise LinkUnknownError
    return found


@transaction.atomic
def confirm(token: str, *, now: datetime) -> Addressee:
    """From now on the address gets the group's outputs. Twice changes nothing. Raises LinkUnknownError."""
    found = find(token, now=now)
    if found.confirmed_at is None:
        found.confirmed_at, found.ended_itself = now, False
        found.save(update_fields=["confirmed_at", "ended_itself"])
    return found


def end_token(addressee: Addressee) -> str:
    """The secret of the link that ends the mails to *addressee*: it stands in every one of them."""
    return signing.Signer(salt=_SALT).sign(str(addressee.pk))


def find_to_end(token: str) -> Addressee:
    """The address that *token* takes off its list. Raises LinkUnknownError."""
    try:
        pk = int(signing.Signer(salt=_SALT).unsign(token))
    except signing.BadSignature as error:
        raise LinkUnknownError from error
    found = Addressee.objects.select_related("list__group__body").filter(pk=pk).first()
    if found is None:
        raise LinkUnknownError
    return found


@transaction.atomic
def end(token: str, *, now: datetime) -> Addressee:
    """Its reader wants no more. Twice changes nothing. Raises LinkUnknownError."""
    found = find_to_end(token)
    if found.ended_at is None:
        found.ended_itself = True
        _end(found, now)
    return found


def name(kept: AddresseeList, language: str) -> Text:
    """Return what a list is called, for a reader of *language*."""
    return choose(kept.names, language)


def _end(addressee: Addressee, now: datetime) -> None:
    addressee.ended_at = now
    addressee.save(update_fields=["ended_at", "ended_itself"])


def _ask(addressee: Addressee, now: datetime) -> None:
    """Mail the button; until it is pressed the address gets nothing."""
    token, language = new_token(), addressee.language
    addressee.token_hash, addressee.asked_at, addressee.confirmed_at = hashed(token), now, None
    page = addresses.confirm_addressee(token, language=language)
    context = {
        "group": groups.name(addressee.list.group, language).text,
        "list": name(addressee.list, language).text,
        "confirm_address": f"{settings.BASE_URL}{page}",
    }
    with translation.override(django_code(language)):
        text = render_to_string("notices/addressee.txt", context)
    subject, _, body = text.strip().partition("\n")
    message = EmailMessage(one_line(subject)[:200], body.lstrip("\n"), to=[addressee.email])
    outbox.send(message, secrets=[token], subject=addressee.list)
