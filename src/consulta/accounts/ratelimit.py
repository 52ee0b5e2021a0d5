"""Rate limits on forms that mail a stranger, counted in the database so that all processes share them."""

from datetime import UTC, datetime, timedelta

from django.db.models import F
from django.utils import timezone

from consulta.accounts.models import Tally


class TooOftenError(Exception):
    """This was done too often. *retry_after* says in how many seconds it may be tried again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


def count(key: str, *, limit: int, per: timedelta, uses: int = 1) -> None:
    """Count *uses* of *key*; raise :class:`TooOftenError` beyond *limit* in a window of *per*."""
    now = timezone.now()
    seconds = int(per.total_seconds())
    start = int(now.timestamp()) // seconds * seconds
    window = datetime.fromtimestamp(start, UTC)
    tally, _created = Tally.objects.get_or_create(key=key[:120], window_starts_at=window)
    Tally.objects.filter(pk=tally.pk).update(count=F("count") + uses)
    tally.refresh_from_db(fields=["count"])
    if tally.count > limit:
        raise TooOftenError(max(1, start + seconds - int(now.timestamp())))


def sweep(*, older_than: timedelta = timedelta(days=2)) -> int:
    """Forget old windows; return how many."""
    return Tally.objects.filter(window_starts_at__lt=timezone.now() - older_than).delete()[0]
