"""Norms and their editions: which was in force on a day, and which citations of them are stale.

A norm stands in a file of ``instruments/``. A date that its sources do not give stays empty there,
and the answer is then "not known", never a guess.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from consulta.core import instruments_file
from consulta.core.instruments_file import (
    Citation,
    Edition,
    InForce,
    Instrument,
    Moment,
    Status,
    UnknownEditionError,
)

__all__ = [
    "Citation",
    "Edition",
    "InForce",
    "Instrument",
    "Moment",
    "Stale",
    "StaleCitation",
    "Status",
    "UnknownEditionError",
    "UnknownInstrumentError",
    "every",
    "in_force",
    "load",
    "stale",
]

HERE = Path(__file__).parent / "instruments"


class UnknownInstrumentError(LookupError):
    """No norm has this slug. *allowed* are those that there are."""

    def __init__(self, slug: str, allowed: tuple[str, ...]) -> None:
        super().__init__(slug)
        self.slug, self.allowed = slug, allowed


class Stale(StrEnum):
    """Why a citation is stale: what it cites was abrogated, or has a later edition."""

    ABROGATED = "abrogated"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class StaleCitation:
    """A citation of an edition that is in force no longer.

    *instead*: the edition to cite instead, of whichever norm took its place; None: not known.
    """

    instrument: str
    edition: str
    citation: Citation
    why: Stale
    instead: Citation | None


def every() -> Mapping[str, Instrument]:
    """Return every norm by its slug. Raises ProcedureFileError for a file with a slip."""
    return _every()


def load(slug: str) -> Instrument:
    """Return the norm called *slug*, e.g. ``itu-council-res-1336``. Raises UnknownInstrumentError."""
    if slug not in _every():
        raise UnknownInstrumentError(slug, tuple(_every()))
    return _every()[slug]


def in_force(slug: str, *, on: date) -> tuple[tuple[Edition, InForce], ...]:
    """Return the editions of a norm that were, or may have been, in force on the day *on*.

    The sure ones first; empty where none was. Raises UnknownInstrumentError.
    """
    standing = [(edition, edition.in_force(on)) for edition in load(slug).editions]
    found = [pair for pair in standing if pair[1] is not InForce.NO]
    return tuple(sorted(found, key=lambda pair: pair[1] is InForce.NOT_KNOWN))


def stale(slug: str, edition: str) -> tuple[StaleCitation, ...]:
    """Return what an edition cites that is abrogated or superseded today.

    Raises UnknownInstrumentError, UnknownEditionError.
    """
    return tuple(_stale(slug, edition, load(slug).edition(edition).cites))


def _stale(slug: str, label: str, cites: tuple[Citation, ...]) -> Iterator[StaleCitation]:
    for citation in cites:
        if not citation.edition:
            continue
        cited = load(citation.instrument).edition(citation.edition)
        if cited.status in (Status.ABROGATED, Status.SUPERSEDED):
            why = Stale(cited.status.value)
            yield StaleCitation(slug, label, citation, why, cited.abrogated_by)


@cache
def _every() -> Mapping[str, Instrument]:
    found: dict[str, Instrument] = {}
    for path in sorted(HERE.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        found |= {one.slug: one for one in instruments_file.read(text, name=path.stem)}
    return found
