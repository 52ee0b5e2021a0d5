"""Regions: into which a body groups countries. Each list is a file with its source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from consulta.core.multilingual import Texts

HERE = Path(__file__).parent
#: Where a body has no list of its own.
USUAL = "m49"
#: Under which countries are counted that the list puts in no region, and countries not shown.
OTHER, NOT_SHOWN = "other", ""


@dataclass(frozen=True, slots=True)
class Regions:
    """One list: *names* by the region's slug and language; *of* a country's two letters to a slug.

    *checked*: a person has compared it with the *source*.
    """

    slug: str
    source: str
    checked: bool
    bodies: tuple[str, ...]
    names: Mapping[str, Texts]
    of: Mapping[str, str]

    def region(self, country: str) -> str:
        """Return the slug of the region of *country*; OTHER or NOT_SHOWN where it has none."""
        return self.of.get(country, OTHER) if country else NOT_SHOWN


def for_body(body: str) -> Regions:
    """Return the list of *body*, as procedures name it, else that of the United Nations."""
    named = (found for found in _every() if body and body in found.bodies)
    return next(named, load(USUAL))


@cache
def load(slug: str) -> Regions:
    """Return the list called *slug*."""
    told = tomllib.loads((HERE / f"{slug}.toml").read_text(encoding="utf-8"))
    return Regions(
        slug=slug,
        source=told["source"],
        checked=told["checked"],
        bodies=tuple(told["bodies"]),
        names={region["slug"]: region["name"] for region in told["regions"]},
        of={c: region["slug"] for region in told["regions"] for c in region["countries"].split()},
    )


@cache
def _every() -> tuple[Regions, ...]:
    return tuple(load(path.stem) for path in sorted(HERE.glob("*.toml")))
