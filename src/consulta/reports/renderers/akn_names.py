"""The names of Akoma Ntoso: eIds, IRIs of Work, Expression and Manifestation.

Sources: Akoma Ntoso Naming Convention 1.0 (OASIS Standard, 21 February 2019), sections 4 and 5.
"""

import re
from collections import Counter
from dataclasses import dataclass

from consulta.core.iso639 import alpha_3
from consulta.core.paper import Paper, PaperKind

#: How Akoma Ntoso calls each document: the subtype in its IRI, the name of its element.
NAMES = {PaperKind.COMPILATION: "compilation", PaperKind.CONSOLIDATED: "report"}
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


class Ids:
    """Gives every element its eId: that of the one above, and its place in it: ``sec_1__para_2``."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def next(self, above: str, name: str) -> str:
        """Return the eId of the next *name* under *above* (empty: the document itself)."""
        self._counts[above, name] += 1
        own = f"{name}_{self._counts[above, name]}"
        return f"{above}__{own}" if above else own


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs of one document, or of a *part* of it (``main``: the document itself)."""

    work: str
    expression: str
    part: str = "main"

    @property
    def manifestation(self) -> str:
        """Return the IRI of the file."""
        return f"{self.expression}.xml"

    def this(self, of: str) -> str:
        """Return the IRI of this part in *of*: work, expression or manifestation."""
        whole: str = getattr(self, of)
        if of == "manifestation":
            return f"{self.expression}/!{self.part}.xml"
        return f"{whole}/!{self.part}"


def iris(paper: Paper) -> Iris:
    """Return the IRIs of *paper*: the Work is dated by the close, the Expression by the edition."""
    origin = paper.origin
    steps = (
        origin.jurisdiction,
        "doc",
        NAMES.get(paper.kind, paper.kind.value),
        origin.body or "body",
        origin.dated or paper.dated,
        origin.number or origin.consultation or paper.stem,
    )
    work = "/akn/" + "/".join(step(each) for each in steps)
    version = paper.dated if origin.edition == 1 else f"{paper.dated}-v{origin.edition}"
    return Iris(work, f"{work}/{alpha_3(paper.language)}@{version}")


def step(text: str) -> str:
    """Return *text* as one step of an IRI."""
    return _UNSAFE.sub("-", text).strip("-.") or "-"
