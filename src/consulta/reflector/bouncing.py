"""Bouncing: copies that come back. Enough of them suspend the subscription, which is told and reversible.

Points: 4 for an address that is refused for good, 1 for one refused for now, once a day at most; at
LIMIT the subscription is suspended. A week without a bounce forgets them.
"""

from datetime import date, datetime, timedelta
from email import message_from_bytes

from django.db import transaction
from django.utils import timezone
from flufl.bounce import all_failures

from consulta.core.plaintext import one_line
from consulta.mailroom import bounces
from consulta.reflector import addresses, letters
from consulta.reflector.addresses import Verb
from consulta.reflector.errors import LinkUnknownError
from consulta.reflector.models import Subscription

FOR_GOOD, FOR_NOW, LIMIT = 4, 1, 12
FORGOTTEN_AFTER = timedelta(days=7)


@transaction.atomic
def came_back(word: str, raw: bytes, *, now: datetime) -> str:
    """Take in a letter to the address of a copy's bounces; say what it was.

    "bounce" where it counted, "suspended" where it was the last straw, "notice" for an out-of-office or
    a warning of delay. Raises LinkUnknownError for a seal that is not ours.
    """
    row = addresses.unseal(Verb.BOUNCE, word)
    rows = Subscription.objects.select_for_update(of=("self",)).filter(pk=row or 0)
    found = rows.first()
    if found is None:
        raise LinkUnknownError
    points, reason = judge(raw)
    if not points:
        return "notice"
    count(found, points=points, reason=reason, on=timezone.localdate(now))
    return "suspended" if found.suspended_at else "bounce"


def judge(raw: bytes) -> tuple[int, str]:
    """How many points a letter that came back is worth, and its reason as its server put it."""
    message = message_from_bytes(raw)
    temporary, permanent = all_failures(message)
    reason = (bounces.why(raw) or one_line(str(message.get("Subject", ""))))[:200]
    if permanent:
        return FOR_GOOD, reason
    if temporary:
        return FOR_NOW, reason
    is_report = message.get_content_type() == "multipart/report"
    delivery = str(message.get_param("report-type") or "").lower() == "delivery-status"
    return (FOR_NOW, reason) if is_report and delivery else (0, reason)


def count(subscription: Subscription, *, points: int, reason: str, on: date) -> None:
    """Add *points* to a subscription's score, once a day; suspend it at LIMIT, and tell it."""
    last = subscription.bounced_on
    if last == on:
        return
    if last is not None and on - last > FORGOTTEN_AFTER:
        subscription.points = 0
    subscription.points += points
    subscription.bounced_on, subscription.bounce_reason = on, reason[:300]
    stands = subscription.ended_at is None and subscription.suspended_at is None
    if stands and subscription.points >= LIMIT:
        subscription.suspended_at = timezone.now()
        letters.tell_suspended(subscription)
    subscription.save()
