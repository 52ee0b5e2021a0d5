"""Deadlines of documents: by how many calendar days before a meeting they are there. Each rule is a file."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from consulta.core.multilingual import Texts

HERE = Path(__file__).parent


class UnknownRuleError(LookupError):
    """There is no rule of this name; the name is the error's text."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """One rule. *in_one_language*, *posted*: calendar days before the first day of the meeting.

    *exempt*: what the rule does not bind, such as `compilation`. *verified*: a person has checked that
    the rule holds today.
    """

    slug: str
    names: Texts
    source: str
    verified: bool
    in_one_language: int
    posted: int
    exempt: frozenset[str]

    def due_on(self, starts_on: date) -> date:
        """Return the last day on which a document in one language is in time."""
        return starts_on - timedelta(days=self.in_one_language)

    def posted_by(self, starts_on: date) -> date:
        """Return the day by which all documents are posted."""
        return starts_on - timedelta(days=self.posted)

    def days_late(self, on: date, starts_on: date, *, what: str = "") -> int:
        """Return by how many days *what*, handed in on the day *on*, is late; 0 in time or exempt."""
        if what in self.exempt:
            return 0
        return max(0, (on - self.due_on(starts_on)).days)


def every() -> list[Deadlines]:
    """Return all rules, in the order of their names."""
    return [load(path.stem) for path in sorted(HERE.glob("*.toml"))]


@cache
def load(slug: str) -> Deadlines:
    """Return the rule called *slug*. Raises UnknownRuleError."""
    path = HERE / f"{slug}.toml"
    if not path.is_file() or path.parent != HERE:
        raise UnknownRuleError(slug)
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Deadlines(
        slug=slug,
        names=told["name"],
        source=told["source"],
        verified=told["verified"],
        in_one_language=told["in_one_language"],
        posted=told["posted"],
        exempt=frozenset(told["exempt"]),
    )
