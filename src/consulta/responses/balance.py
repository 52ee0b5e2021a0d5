"""Balance: received = published + held + declined + withdrawn + removed, kept in the act that moves it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, F

from consulta.consultations.models import Consultation
from consulta.core.lifecycle import BALANCE_LINE, State
from consulta.responses.models import BalanceLine, Response

LINES = ("published", "held", "declined", "withdrawn", "removed")


@dataclass(frozen=True, slots=True)
class Balance:
    """How many responses were received and what became of them; the five lines sum to *received*."""

    received: int
    published: int
    held: int
    declined: int
    withdrawn: int
    removed: int
    by_channel: dict[str, int]


def move(response: Response, *, old: State | None, new: State) -> None:
    """Take *response* from line *old* (None: it is new) to line *new*, within the act's transaction."""
    key: dict[str, Any] = {"consultation_id": response.consultation_id, "channel": response.channel}
    if old is not None:
        BalanceLine.objects.filter(**key, state=old).update(count=F("count") - 1)
    if not BalanceLine.objects.filter(**key, state=new).update(count=F("count") + 1):
        line, _new = BalanceLine.objects.get_or_create(**key, state=new)
        BalanceLine.objects.filter(pk=line.pk).update(count=F("count") + 1)


def add(consultation: Consultation, channel: str, state: State, count: int) -> None:
    """Count so many new responses at once, within the act's transaction."""
    line, _new = BalanceLine.objects.get_or_create(
        consultation=consultation, channel=channel, state=state
    )
    BalanceLine.objects.filter(pk=line.pk).update(count=F("count") + count)


def of(consultation: Consultation) -> Balance:
    """The balance of *consultation* as it stands. One query, whatever the size of the register."""
    rows = BalanceLine.objects.filter(consultation=consultation)
    return _sum([(row.channel, row.state, row.count) for row in rows])


def of_each(consultations: Iterable[Consultation]) -> dict[int, Balance]:
    """The balance of each of *consultations*, by its id. One query for a whole page."""
    found: dict[int, list[tuple[str, str, int]]] = {each.pk: [] for each in consultations}
    for row in BalanceLine.objects.filter(consultation__in=found):
        found[row.consultation_id].append((row.channel, row.state, row.count))
    return {pk: _sum(rows) for pk, rows in found.items()}


def recounted(consultation: Consultation) -> Balance:
    """The balance counted from the register itself: what `doctor` compares with :func:`of`."""
    return _sum(_counted(consultation))


@transaction.atomic
def mend(consultation: Consultation) -> None:
    """Write the lines of *consultation* anew, as counted from the register.

    The lines are taken first: an act that moves a response waits for them, and is counted once.
    """
    lines = BalanceLine.objects.select_for_update().filter(consultation=consultation)
    wrong = {(line.channel, line.state): line for line in lines}
    for channel, state, count in _counted(consultation):
        wrong.pop((channel, state), None)
        BalanceLine.objects.update_or_create(
            consultation=consultation, channel=channel, state=state, defaults={"count": count}
        )
    for line in wrong.values():
        line.delete()


def _counted(consultation: Consultation) -> list[tuple[str, str, int]]:
    """How many responses stand in the register, by channel and state."""
    counted = (
        Response.objects.filter(consultation=consultation)
        .order_by()
        .values_list("channel", "state")
        .annotate(count=Count("pk"))
    )
    return list(counted)


def _sum(rows: list[tuple[str, str, int]]) -> Balance:
    lines = dict.fromkeys(LINES, 0)
    by_channel: dict[str, int] = {}
    for channel, state, count in rows:
        line = BALANCE_LINE[State(state)]
        if line in lines:
            lines[line] += count
        if count and line in lines:
            by_channel[channel] = by_channel.get(channel, 0) + count
    return Balance(
        received=sum(lines.values()), by_channel=dict(sorted(by_channel.items())), **lines
    )
