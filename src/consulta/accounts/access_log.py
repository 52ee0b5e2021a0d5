"""Who read files that not everyone may have: kept for a time, then forgotten; outside the ledger."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from consulta.accounts.models import FileRead, User
from consulta.ledger.ledger import subject_of


def note(user: User, read: Iterable[tuple[Model, str]], *, now: datetime | None = None) -> None:
    """Note that *user* reads files now: each what it belongs to, and the SHA-256 of its bytes."""
    at = now or timezone.now()
    rows = [
        FileRead(user=user, thing=subject_of(thing), sha256=sha256, read_at=at)
        for thing, sha256 in read
    ]
    FileRead.objects.bulk_create(rows, batch_size=500)


def of(thing: Model, *, limit: int = 500) -> Sequence[FileRead]:
    """Return at most *limit* readings of the files of *thing*, the latest first, with their readers."""
    read = FileRead.objects.filter(thing=subject_of(thing)).select_related("user")
    return list(read[:limit])


def forget(now: datetime) -> int:
    """Forget what is older than the retention period (``ACCESS_LOG_DAYS``); return how many."""
    before = now - timedelta(days=settings.ACCESS_LOG_DAYS)
    return FileRead.objects.filter(read_at__lt=before).delete()[0]
