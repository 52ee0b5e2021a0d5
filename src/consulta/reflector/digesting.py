"""Digests: once a day, the posts since the last one, to who asked for one mail a day."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from consulta.groups import queries as groups
from consulta.reflector import queries
from consulta.reflector.models import Digest, List, Mailing, Space, Subscription

#: When the day's digest is made, by the clock of the body's seat.
HOUR = time(7)


def make_due(now: datetime) -> int:
    """Make the digests that are due at *now*; how many. A day without posts makes none."""
    until = last_hour(now)
    return sum(_make(place, until, now) for place in _places() if _last(place) != until)


def last_hour(now: datetime) -> datetime:
    """The last instant up to *now* at which digests are made."""
    body = groups.body()
    zone = ZoneInfo(body.timezone if body else "UTC")
    today = datetime.combine(now.astimezone(zone).date(), HOUR, zone)
    return today if today <= now else today - timedelta(days=1)


def _places() -> Iterable[List | Space]:
    """Every list and space that somebody gets as a digest."""
    asked = Subscription.objects.filter(
        mode=Subscription.Mode.DIGEST, confirmed_at__isnull=False, ended_at__isnull=True
    )
    whole, some = asked.filter(space__isnull=True), asked.filter(space__isnull=False)
    yield from List.objects.filter(pk__in=whole.values("list"))
    yield from Space.objects.filter(pk__in=some.values("space")).select_related("list")


def _last(place: List | Space) -> datetime | None:
    """Up to when the last digest of a place reached."""
    where = {"space": place} if isinstance(place, Space) else {"list": place, "space": None}
    last = Digest.objects.filter(**where).first()
    return last.until if last else None


@transaction.atomic
def _make(place: List | Space, until: datetime, now: datetime) -> int:
    home = place.list if isinstance(place, Space) else place
    space = place if isinstance(place, Space) else None
    List.objects.select_for_update().get(pk=home.pk)
    last = _last(place)
    since = last or until - timedelta(days=1)
    if since >= until or not queries.between(place, since, until):
        return 0
    digest = Digest.objects.create(list=home, space=space, since=since, until=until)
    Mailing.objects.create(digest=digest, made_at=now, next_attempt_at=now)
    return 1
