"""The ledger as people read it: the newest entries with their places, and how far it is signed."""

from dataclasses import dataclass
from datetime import datetime

from consulta.ledger import tree
from consulta.ledger.models import Checkpoint, Entry, Unsequenced

PAGE = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """How many entries are in the tree, how many wait for their place, and the last signature."""

    size: int
    waiting: int
    signed_size: int | None
    signed_at: datetime | None
    root: str


def newest(*, before: int | None = None) -> tuple[list[Entry], int | None]:
    """Entries, the newest first, with their places; where the next page begins. One query."""
    entries = Entry.objects.select_related("leaf").defer("body").order_by("-pk")
    entries = entries.filter(pk__lt=before) if before else entries
    found = list(entries[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def standing() -> Standing:
    """How the record stands now."""
    signed = Checkpoint.objects.order_by("-id").first()
    return Standing(
        tree.size(),
        Unsequenced.objects.count(),
        signed.size if signed else None,
        signed.at if signed else None,
        signed.root if signed else "",
    )
