"""The lobby: who is talking at the doors of this process, so that nobody can keep the others out.

A sender who holds a line and brings no letter makes room for one who waits; what all of them have
sent and nobody has kept yet stays within bounds. In memory, for one process.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

MAX_GUESTS = 64
MAX_PER_HOST = 16
#: Seconds that a guest may stay without a letter when others wait.
PATIENCE = 60.0
#: Bytes of letters, of all guests together, that are in memory and not kept yet.
MAX_HELD = 256 * 1024 * 1024


class Conversing(Protocol):
    """Somebody at the door."""

    def dismiss(self, answer: bytes) -> None:
        """Say *answer* and hang up."""


@dataclass(slots=True)
class Guest:
    """One sender. *served_at*: when it came, or brought its last letter (monotonic seconds)."""

    conversation: Conversing
    host: str
    served_at: float
    held: int = 0  # bytes since the last answer


@dataclass
class Lobby:
    """The guests of all doors. *front*: hosts that speak for many senders and may come at once."""

    front: frozenset[str] = frozenset({"127.0.0.1", "::1", ""})
    clock: Callable[[], float] = time.monotonic
    _guests: list[Guest] = field(default_factory=list)

    def enter(self, conversation: Conversing, host: str) -> Guest | None:
        """Let a sender in; None where it has to come later."""
        beside = sum(1 for guest in self._guests if guest.host == host)
        if host not in self.front and beside >= MAX_PER_HOST:
            return None
        if len(self._guests) >= MAX_GUESTS and not self._make_room():
            return None
        guest = Guest(conversation, host, served_at=self.clock())
        self._guests.append(guest)
        return guest

    def leave(self, guest: Guest) -> None:
        """Let the next one in; a guest who has left may leave again."""
        if guest in self._guests:
            self._guests.remove(guest)

    def hear(self, guest: Guest, size: int) -> bool:
        """Count *size* bytes that a guest sent; whether there is room for them."""
        guest.held += size
        return sum(each.held for each in self._guests) <= MAX_HELD

    def answered(self, guest: Guest) -> None:
        """What the guest sent is kept, or dropped."""
        guest.held = 0

    def served(self, guest: Guest) -> None:
        """The guest brought a letter."""
        guest.served_at = self.clock()

    def _make_room(self) -> bool:
        """Have the guest leave that has brought nothing for longest, if that is long enough."""
        longest = min(self._guests, key=lambda guest: guest.served_at)
        if self.clock() - longest.served_at < PATIENCE:
            return False
        self.leave(longest)
        longest.conversation.dismiss(b"421 4.4.2 Others wait; try again later\r\n")
        return True
