"""The pace: how many letters one sender, or one host, may bring at once and how many a minute.

Who is too fast is asked to come later (4xx), never refused: no letter is lost by it. In memory, for
one process; counted on arrival, so that a flood costs neither database nor disk.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

#: Senders that are remembered; the ones with full allowance are forgotten first.
REMEMBERED = 20_000


@dataclass
class Pace:
    """*burst* letters at once, then *per_minute*; 0 a minute: no limit."""

    per_minute: int
    burst: int
    clock: Callable[[], float] = time.monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)  # letters, when

    def takes(self, who: str) -> bool:
        """Count one letter of *who*; whether it may come now."""
        if not self.per_minute:
            return True
        now = self.clock()
        left = self._allowance(who, now)
        if left < 1:
            return False
        if len(self._left) >= REMEMBERED:
            self._forget(now)
        self._left[who] = (left - 1, now)
        return True

    def _allowance(self, who: str, now: float) -> float:
        left, at = self._left.get(who, (float(self.burst), now))
        return min(float(self.burst), left + (now - at) * self.per_minute / 60)

    def _forget(self, now: float) -> None:
        """Forget whoever has the whole allowance again; if nobody has, everybody."""
        self._left = {
            who: kept for who, kept in self._left.items() if self._allowance(who, now) < self.burst
        }
        if len(self._left) >= REMEMBERED:
            self._left = {}
