"""Whose letter is next: everyone's first letter before anybody's second, the oldest first.

So one sender's flood delays that sender, and nobody else.
"""

from datetime import datetime, timedelta

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from consulta.mailroom import letterbox
from consulta.mailroom.incoming import PAUSES, pause
from consulta.mailroom.models import IncomingMail

BATCH = 25
HOUR = timedelta(hours=1)


def waiting(now: datetime, *, limit: int = BATCH) -> list[int]:
    """The ids of at most *limit* letters that may be opened at *now*. Two queries.

    A sender's letters of the last hour that were opened already count: it had those turns.
    """
    turn = Window(RowNumber(), partition_by=F("envelope_sender"), order_by=F("arrived_at").asc())
    rows = IncomingMail.objects.filter(_due(now), state=IncomingMail.State.WAITING)
    ranked = rows.annotate(turn=turn).order_by("turn", "arrived_at")
    listed = list(ranked.values_list("pk", "envelope_sender", "turn"))
    if len(listed) > limit:
        had = _of_last_hour(now, opened=True)
        listed.sort(key=lambda row: had.get(row[1], 0) + row[2])  # stable: the oldest stay first
    return [pk for pk, _sender, _turn in listed[:limit]]


def entered(now: datetime) -> dict[str, int]:
    """How many letters each sender had entered in the last hour, by the mark in the spool's names."""
    found = _of_last_hour(now, opened=False)
    return {letterbox.mark_of(sender): count for sender, count in found.items()}


def _of_last_hour(now: datetime, *, opened: bool) -> dict[str, int]:
    rows = IncomingMail.objects.filter(arrived_at__gt=now - HOUR).order_by()
    rows = rows.exclude(state=IncomingMail.State.WAITING) if opened else rows
    return dict(rows.values_list("envelope_sender").annotate(count=Count("pk")))


def _due(now: datetime) -> Q:
    """Tried so often, and the pause after it is over."""
    last = len(PAUSES) - 1
    due = Q(attempts__gte=last, arrived_at__lte=now - pause(last))
    for attempts in range(last):
        due |= Q(attempts=attempts, arrived_at__lte=now - pause(attempts))
    return due
