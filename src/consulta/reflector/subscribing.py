"""Subscribing: asked on the web or by mail, begun only by a button or an answer, ended by one press.

The link that manages a subscription stands in every copy and is sealed, so that nothing need be stored
for it. The one that confirms is 128 random bits, stored hashed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from consulta.core.tokens import hashed, new_token
from consulta.reflector import addresses, letters, links
from consulta.reflector.addresses import Verb
from consulta.reflector.errors import LinkUnknownError, NotSubscribedError
from consulta.reflector.models import List, Space, Subscription

CONFIRM_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: to which address, in which language, how often."""

    email: str
    language: str
    mode: str = Subscription.Mode.EACH


@transaction.atomic
def ask(place: List | Space, wish: Wish, *, now: datetime) -> Subscription:
    """Note the wish and mail the button. Whoever gets the list already goes on getting it as before.

    Raises NotMailableError.
    """
    token, space = new_token(), place if isinstance(place, Space) else None
    home = place.list if isinstance(place, Space) else place
    asked = {"token_hash": hashed(token), "asked_at": now}
    found, _new = Subscription.objects.get_or_create(
        list=home,
        space=space,
        email=wish.email.strip().lower(),
        defaults={"language": wish.language, "mode": wish.mode, **asked},
    )
    found.token_hash, found.asked_at = hashed(token), now
    if not is_served(found):
        found.language, found.mode = wish.language, wish.mode
    found.save()
    letters.ask_subscriber(found, token)
    return found


def find(token: str, *, now: datetime) -> Subscription:
    """The subscription whose mailed button leads to *token*. Raises LinkUnknownError."""
    rows = _whole().filter(token_hash=hashed(token), asked_at__gt=now - CONFIRM_WITHIN)
    found = rows.first() if token else None
    if found is None:
        raise LinkUnknownError
    return found


@transaction.atomic
def confirm(token: str, *, now: datetime, sender: str | None = None) -> Subscription:
    """Begin, by the button or by an answer from the same address (*sender*); brings back a paused one.

    Twice changes nothing. Raises LinkUnknownError.
    """
    found = find(token, now=now)
    if sender is not None and sender.strip().lower() != found.email:
        raise LinkUnknownError
    if not is_served(found):
        found.confirmed_at, found.ended_at = now, None
        _serve(found)
    return found


def find_to_manage(token: str) -> Subscription:
    """The subscription whose page *token* opens. Raises LinkUnknownError."""
    return _unsealed(links.MANAGE, token)


def find_to_leave(token: str) -> Subscription:
    """The subscription that a mail to its `leave` address ends. Raises LinkUnknownError."""
    return _unsealed(Verb.LEAVE, token)


def standing(place: List | Space, email: str) -> list[Subscription]:
    """The subscriptions of an address to a list and all its spaces, or to one space only."""
    where = Q(space=place) if isinstance(place, Space) else Q(list=place)
    rows = _whole().filter(where, email=email.strip().lower(), ended_at__isnull=True)
    return list(rows.filter(confirmed_at__isnull=False))


@transaction.atomic
def end(subscription: Subscription, *, now: datetime) -> None:
    """No more copies, and no old button that brings them back. Twice changes nothing."""
    if subscription.ended_at is None:
        subscription.ended_at, subscription.token_hash = now, ""
        subscription.save(update_fields=["ended_at", "token_hash"])


@transaction.atomic
def change(subscription: Subscription, *, mode: str, language: str) -> None:
    """Each post or one mail a day; in which language the mails speak around it."""
    _must_stand(subscription)
    subscription.mode, subscription.language = mode, language
    subscription.full_clean()
    subscription.save(update_fields=["mode", "language"])


@transaction.atomic
def pause(subscription: Subscription, *, now: datetime) -> None:
    """Send nothing until its owner says so. Raises NotSubscribedError."""
    _must_stand(subscription)
    subscription.paused_at = subscription.paused_at or now
    subscription.save(update_fields=["paused_at"])


@transaction.atomic
def resume(subscription: Subscription) -> None:
    """Send again, after a pause or after too many copies came back. Raises NotSubscribedError."""
    _must_stand(subscription)
    _serve(subscription)


def is_served(subscription: Subscription) -> bool:
    """Whether copies go out to it now."""
    stops = (subscription.ended_at, subscription.paused_at, subscription.suspended_at)
    return subscription.confirmed_at is not None and not any(stops)


def _serve(subscription: Subscription) -> None:
    subscription.paused_at = subscription.suspended_at = None
    subscription.points, subscription.bounced_on, subscription.bounce_reason = 0, None, ""
    subscription.save()


def _must_stand(subscription: Subscription) -> None:
    if subscription.confirmed_at is None or subscription.ended_at is not None:
        raise NotSubscribedError


def _unsealed(purpose: str, token: str) -> Subscription:
    row = addresses.unseal(purpose, token)
    found = _whole().filter(pk=row).first() if row else None
    if found is None:
        raise LinkUnknownError
    return found


def _whole() -> QuerySet[Subscription]:
    return Subscription.objects.select_related("list__group", "space__consultation", "space__list")
