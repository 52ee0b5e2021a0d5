"""Visits: a person who comes back is told what is new since the visit before."""

from datetime import datetime, timedelta

from consulta.accounts.models import User, Visit

#: Who was not seen for so long begins a new visit.
PAUSE = timedelta(hours=1)
#: An instant is written anew no more often than this: a page that is read costs no write each time.
STEP = timedelta(minutes=1)


def visit(user: User, *, now: datetime) -> datetime | None:
    """Note that *user* is here; return when they were last seen on the visit before, None on the first."""
    standing, is_new = Visit.objects.get_or_create(
        user=user, defaults={"began_at": now, "seen_at": now}
    )
    if is_new or now - standing.seen_at < STEP:
        return standing.before_at
    if now - standing.seen_at >= PAUSE:
        standing.before_at, standing.began_at = standing.seen_at, now
    standing.seen_at = now
    standing.save(update_fields=["before_at", "began_at", "seen_at"])
    return standing.before_at
