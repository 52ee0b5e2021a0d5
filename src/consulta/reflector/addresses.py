"""Addresses of lists and spaces: what stands before the @, and what a letter to it asks for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import formataddr
from enum import StrEnum

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from consulta.reflector.models import List, Post, Space, Subscription

#: Names that a list cannot have: other addresses of ours, and words of the pages' addresses.
RESERVED = frozenset({"answer", "consultation", "consultations", "postmaster", "abuse", "link"})
SEAL = 24  # hexadecimal digits
_LOCAL = re.compile(
    r"(?P<list>[a-z][a-z0-9_-]*?)(?:-(?P<number>[1-9][0-9]{0,8}))?(?:\+(?P<rest>[A-Za-z0-9_-]+))?",
    re.IGNORECASE,
)
_SEALED = re.compile(r"(?P<row>[1-9][0-9]{0,17})-(?P<mac>[0-9a-f]{24})", re.IGNORECASE)


class Verb(StrEnum):
    """What a letter to a list asks for."""

    POST = "post"
    DISCUSS = "discuss"
    REPLY = "re"
    SUBSCRIBE = "subscribe"
    DIGEST = "digest"
    UNSUBSCRIBE = "unsubscribe"
    LEAVE = "leave"
    CONFIRM = "confirm"
    BOUNCE = "bounce"
    HELP = "help"
    OWNER = "owner"


_WITH_WORD = frozenset({Verb.REPLY, Verb.LEAVE, Verb.CONFIRM, Verb.BOUNCE})


@dataclass(frozen=True, slots=True)
class Asked:
    """An address, taken apart. *word* is what follows the verb: an id, a seal or a secret."""

    list: str
    number: int | None
    verb: Verb
    word: str = ""


def read(address: str) -> Asked | None:
    """Take *address* apart; None where it cannot be one of a list's."""
    local, _at, domain = address.rpartition("@")
    found = _LOCAL.fullmatch(local)
    if found is None or domain.casefold() != settings.MAIL_DOMAIN.casefold():
        return None
    name = found["list"].lower()
    verb, word = _verb(found["rest"] or "")
    if name in RESERVED or verb is None:
        return None
    return Asked(name, int(found["number"]) if found["number"] else None, verb, word)


def _verb(rest: str) -> tuple[Verb | None, str]:
    if not rest:
        return Verb.POST, ""
    name, _dash, word = rest.partition("-")
    try:
        verb = Verb(name.lower())
    except ValueError:
        return None, ""
    return (verb, word) if bool(word) == (verb in _WITH_WORD) else (None, "")


def local(place: List | Space) -> str:
    """What stands before the @ of a list or a space."""
    if isinstance(place, Space):
        return f"{place.list.slug}-{place.consultation.number}"
    return place.slug


def of(place: List | Space, verb: Verb = Verb.POST, word: str = "") -> str:
    """The address of *place* for *verb*."""
    rest = "" if verb is Verb.POST else f"+{verb}" + (f"-{word}" if word else "")
    return f"{local(place)}{rest}@{settings.MAIL_DOMAIN}"


def reply_to(post: Post) -> str:
    """The address at which an answer to *post* finds its thread whatever a mail program drops."""
    return of(post.space or post.list, Verb.REPLY, str(post.pk))


def bounces(subscription: Subscription) -> str:
    """The envelope sender of the copies for *subscription*: what comes back names it (VERP)."""
    return of(subscription.list, Verb.BOUNCE, seal(Verb.BOUNCE, subscription.pk))


def leave(subscription: Subscription) -> str:
    """The address that ends *subscription* when anything is mailed to it (RFC 2369)."""
    return of(subscription.list, Verb.LEAVE, seal(Verb.LEAVE, subscription.pk))


def taken(lists: Iterable[List], spaces: Iterable[Space]) -> list[str]:
    """Every name before the @ to which letters are taken; `name+` takes whatever follows a plus."""
    places: list[List | Space] = [*lists, *spaces]
    names = [local(place) for place in places]
    return [*names, *(f"{name}+" for name in names)]


def seal(purpose: str, row: int) -> str:
    """*row* with a seal that only we can make: for links that need not be stored."""
    return f"{row}-{_mac(purpose, row)}"


def unseal(purpose: str, sealed: str) -> int | None:
    """The row that *sealed* names; None where the seal is not ours."""
    found = _SEALED.fullmatch(sealed)
    if found is None:
        return None
    row = int(found["row"])
    return row if constant_time_compare(_mac(purpose, row), found["mac"].lower()) else None


def named(name: str, address: str) -> str:
    """A mailbox for a header, the name encoded where it must be."""
    return formataddr((name, address), "utf-8")


def _mac(purpose: str, row: int) -> str:
    made = salted_hmac(f"consulta.reflector.{purpose}", str(row), algorithm="sha256")
    return made.hexdigest()[:SEAL]
