"""Who speaks next: one queue for the room and for those who follow remotely. Each rule is a file."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from consulta.core.multilingual import Texts

HERE = Path(__file__).parent
#: The shortest and the longest time that one may speak (seconds).
SHORTEST, LONGEST = 15, 3600


class UnknownFloorRuleError(LookupError):
    """There is no rule of this name; the name is the error's text."""


class Ask(StrEnum):
    """What the floor is asked for."""

    STATEMENT = "statement"
    REPLY = "reply"
    POINT_OF_ORDER = "point-of-order"


class From(StrEnum):
    """Where the speaker is."""

    ROOM = "in-person"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class Asked:
    """One who asked for the floor. *role*: as what; *turns*: how often the speaker spoke on the item."""

    key: int
    at: datetime
    role: str
    where: From
    ask: Ask = Ask.STATEMENT
    turns: int = 0


@dataclass(frozen=True, slots=True)
class FloorRule:
    """One rule of order.

    *classes*: roles in the order of their turn, those of one class together; a role that is not named
    comes last. *orders*: roles that may raise a point of order. *remote*: what those who follow
    remotely may ask for. *seconds*: how long one speaks, by role or by what was asked, else `other`.
    """

    slug: str
    names: Texts
    source: str
    classes: tuple[frozenset[str], ...]
    first_time_first: bool
    alternates: bool
    orders: frozenset[str]
    remote: frozenset[Ask]
    seconds: Mapping[str, int]

    def may(self, ask: Ask, *, role: str, where: From) -> bool:
        """Say whether someone may ask for the floor so."""
        if where is From.REMOTE and ask not in self.remote:
            return False
        return ask is not Ask.POINT_OF_ORDER or role in self.orders

    def limit(self, ask: Ask, *, role: str) -> timedelta:
        """Return for how long one may speak."""
        named = ask.value if ask is not Ask.STATEMENT else role
        return timedelta(seconds=self.seconds.get(named, self.seconds["other"]))

    def queue(self, asked: Collection[Asked], *, last: From | None = None) -> list[Asked]:
        """Return *asked* in the order in which they speak; *last*: where the latest speaker was.

        Points of order come first, as they were raised. Then class by class; within a class those who
        have not spoken, where the rule says so; within those, room and remote in turn, where it says so.
        Everything else goes by the instant of asking.
        """
        orders = [one for one in asked if one.ask is Ask.POINT_OF_ORDER]
        bands: dict[tuple[int, int], list[Asked]] = {}
        for one in asked:
            if one.ask is not Ask.POINT_OF_ORDER:
                bands.setdefault(self._band(one), []).append(one)
        found = sorted(orders, key=_when)
        for band in sorted(bands):
            ordered = sorted(bands[band], key=_when)
            if self.alternates:
                ordered = _in_turn(ordered, last)
            found += ordered
            last = ordered[-1].where
        return found

    def _band(self, one: Asked) -> tuple[int, int]:
        place = next((n for n, roles in enumerate(self.classes) if one.role in roles), None)
        turns = one.turns if self.first_time_first else 0
        return (len(self.classes) if place is None else place, turns)


def every() -> list[FloorRule]:
    """Return all rules, in the order of their names."""
    return [load(path.stem) for path in sorted(HERE.glob("*.toml"))]


@cache
def load(slug: str) -> FloorRule:
    """Return the rule called *slug*. Raises UnknownFloorRuleError."""
    path = HERE / f"{slug}.toml"
    if not path.is_file() or path.parent != HERE:
        raise UnknownFloorRuleError(slug)
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return FloorRule(
        slug=slug,
        names=told["name"],
        source=told["source"],
        classes=tuple(frozenset(roles) for roles in told["classes"]),
        first_time_first=told["first_time_first"],
        alternates=told["alternates"],
        orders=frozenset(told["points_of_order"]),
        remote=frozenset(Ask(ask) for ask in told["remote"]),
        seconds=told["seconds"],
    )


def _in_turn(ordered: Sequence[Asked], last: From | None) -> list[Asked]:
    """Room and remote one after the other, as long as there are both; each side keeps its own order."""
    sides = {where: [one for one in ordered if one.where is where] for where in From}
    found: list[Asked] = []
    while any(sides.values()):
        heads = [side[0] for side in sides.values() if side]
        other = [one for one in heads if one.where is not last]
        chosen = min(other if last is not None and other else heads, key=_when)
        found.append(sides[chosen.where].pop(0))
        last = chosen.where
    return found


def _when(one: Asked) -> tuple[datetime, int]:
    return one.at, one.key
