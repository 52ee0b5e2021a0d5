"""Slots: how the hours of a meeting are shared among the items of its agenda."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

#: No item gets less than this, and slots grow by so much.
SHORTEST, STEP = 10, 5  # minutes


@dataclass(frozen=True, slots=True)
class Session:
    """A time in which the meeting sits, as instants."""

    begins: datetime
    ends: datetime

    @property
    def minutes(self) -> int:
        """How long it lasts, in minutes of time that really passes."""
        return max(0, int((self.ends - self.begins) / timedelta(minutes=1)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item that wants time: *fixed* minutes, or a share by *weight*, such as its responses."""

    key: int
    weight: int = 0
    fixed: int = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """When the item *key* begins, and how many minutes of the meeting it gets."""

    key: int
    begins: datetime
    minutes: int


def share(sessions: Sequence[Session], wanted: Sequence[Wanted]) -> tuple[Slot, ...]:
    """Share the time of *sessions* among *wanted*, in their order; nothing where there is no session.

    A slot that outlasts its session goes on in the next. Where there are more items than time, each
    gets the shortest slot and the last ones begin after the meeting's last hour: see :func:`overrun`.
    """
    if not sessions:
        return ()
    return tuple(_placed(sessions, list(_lengths(sessions, wanted))))


def overrun(sessions: Sequence[Session], slots: Iterable[Slot]) -> int:
    """Return by how many minutes *slots* are more than *sessions* hold; 0 where they fit."""
    held = sum(session.minutes for session in sessions)
    return max(0, sum(slot.minutes for slot in slots) - held)


def _lengths(sessions: Sequence[Session], wanted: Sequence[Wanted]) -> Iterator[tuple[int, int]]:
    sharing = [one for one in wanted if not one.fixed]
    free = sum(session.minutes for session in sessions) - sum(one.fixed for one in wanted)
    spare = max(0, free - SHORTEST * len(sharing))
    weights = sum(one.weight for one in sharing)
    for one in wanted:
        part = one.weight / weights if weights else 1 / max(1, len(sharing))
        shared = SHORTEST + int(spare * part) // STEP * STEP
        yield one.key, one.fixed or shared


def _placed(sessions: Sequence[Session], lengths: list[tuple[int, int]]) -> Iterator[Slot]:
    """Lay the slots one after another; one that would barely begin waits for the next session."""
    left = list(sessions)
    at = left[0].begins
    for key, minutes in lengths:
        while len(left) > 1 and _until(at, left[0]) < min(minutes, SHORTEST):
            left.pop(0)
            at = left[0].begins
        yield Slot(key, at, minutes)
        rest = minutes
        while len(left) > 1 and rest > _until(at, left[0]):
            rest -= max(0, _until(at, left[0]))
            left.pop(0)
            at = left[0].begins
        at += timedelta(minutes=rest)


def _until(at: datetime, session: Session) -> int:
    return int((session.ends - at) / timedelta(minutes=1))
