"""Whose letter is next: everyone's first letter before anybody's second, the oldest first.

So one sender's flood delays that sender, and nobody else.
"""

from datetime import datetime

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from consulta.mailroom.incoming import PAUSES, pause
from consulta.mailroom.models import IncomingMail

BATCH = 25


def waiting(now: datetime, *, limit: int = BATCH) -> list[int]:
    """The ids of at most *limit* letters that may be opened at *now*. One query."""
    turn = Window(RowNumber(), partition_by=F("envelope_sender"), order_by=F("arrived_at").asc())
    rows = IncomingMail.objects.filter(_due(now), state=IncomingMail.State.WAITING)
    return list(
        rows.annotate(turn=turn).order_by("turn", "arrived_at").values_list("pk", flat=True)[:limit]
    )


def _due(now: datetime) -> Q:
    """Tried so often, and the pause after it is over."""
    last = len(PAUSES) - 1
    due = Q(attempts__gte=last, arrived_at__lte=now - pause(last))
    for attempts in range(last):
        due |= Q(attempts=attempts, arrived_at__lte=now - pause(attempts))
    return due
