"""Walk the whole record and say what does not hold. Reads only; needs no network."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import rfc8785

from consulta.core import merkle
from consulta.core.fingerprint import canonical
from consulta.core.signature import is_signed
from consulta.ledger import checkpoints, keys, tree, triggers
from consulta.ledger.ledger import instant
from consulta.ledger.models import Checkpoint, Entry, Leaf, Unsequenced

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold: where, and what."""

    where: str
    what: str


@dataclass(slots=True)
class Walk:
    """What a walk through the ledger saw; it holds when there are no faults."""

    entries: int = 0
    waiting: int = 0
    checkpoints: int = 0
    root: str = ""
    faults: list[Fault] = field(default_factory=list)

    def add(self, where: str, what: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(where, what))


def walk() -> Walk:
    """Recompute every leaf from its stored bytes, the tree, the checkpoints; check the triggers.

    Reads in pieces of 2,000, so that it holds up no writer; what is added meanwhile is left
    for the next walk.
    """
    seen = Walk()
    for name in triggers.missing():
        seen.add(f"trigger {name}", "does not stand: the record could have been changed")
    signed = list(Checkpoint.objects.order_by("size", "id"))
    _tree(seen, {point.size: merkle.EMPTY_ROOT.hex() for point in signed if not point.size}, signed)
    _waiting(seen)
    return seen


def _tree(seen: Walk, roots: dict[int, str], signed: list[Checkpoint]) -> None:
    sizes = {point.size for point in signed}
    edge, pages = tree.Frontier(), 0
    for leaf in _leaves(tree.size()):
        where = f"entry {leaf.index}"
        if leaf.index != seen.entries:
            seen.add(f"entry {seen.entries}", "is missing from the tree")
            return
        _entry(seen, leaf.entry, where)
        pages += leaf.entry.shows == "pages"
        nodes = edge.append(leaf.index, merkle.leaf_hash(bytes(leaf.entry.body)))
        if b"".join(nodes) != bytes(leaf.nodes) or leaf.pages != pages:
            seen.add(where, "its place in the tree does not follow from the entries")
        seen.entries += 1
        if seen.entries in sizes:
            roots[seen.entries] = merkle.root(seen.entries, edge.node).hex()
    seen.root = merkle.root(seen.entries, edge.node).hex()
    _checkpoints(seen, roots, signed)


def _leaves(size: int) -> Iterator[Leaf]:
    """Every leaf below *size* in order, with its entry."""
    last = -1
    while True:
        chunk = Leaf.objects.select_related("entry").filter(index__gt=last, index__lt=size)
        rows = list(chunk.order_by("index")[:CHUNK])
        if not rows:
            return
        yield from rows
        last = rows[-1].index


def _entry(seen: Walk, entry: Entry, where: str) -> None:
    body = bytes(entry.body)
    if merkle.leaf_hash(body).hex() != entry.leaf_hash:
        seen.add(where, "its bytes are not those that were hashed")
    if not _agrees(entry, body):
        seen.add(where, "its columns do not agree with its bytes")


def _agrees(entry: Entry, body: bytes) -> bool:
    try:
        said: dict[str, Any] = json.loads(body)
        same_spelling = canonical(said) == body
    except (ValueError, TypeError, rfc8785.CanonicalizationError):
        return False
    stored = {
        "act": entry.act,
        "at": instant(entry.at),
        "by": entry.by,
        "id": str(entry.uid),
        "subject": entry.subject,
    }
    return same_spelling and {**said, **stored} == said


def _checkpoints(seen: Walk, roots: dict[int, str], signed: list[Checkpoint]) -> None:
    trusted = keys.public_keys()
    for point in signed:
        where = f"checkpoint {point.pk}"
        seen.checkpoints += 1
        if roots.get(point.size) != point.root:
            seen.add(where, f"the first {point.size} entries are not those that were signed")
        if bytes(point.body) != checkpoints.body(point):
            seen.add(where, "its columns do not agree with its bytes")
        if not is_signed(
            bytes(point.body), signature=point.signature, key=point.key, trusted=trusted
        ):
            seen.add(where, "its signature is not by a key of this ledger")


def _waiting(seen: Walk) -> None:
    """Entries without a place in the tree must be those that wait for one, unaltered."""
    lost = Entry.objects.filter(leaf=None).exclude(pk__in=Unsequenced.objects.values("pk"))
    for entry in lost.order_by("pk"):
        seen.add(f"entry row {entry.pk}", "has no place in the tree and waits for none")
    for row in Unsequenced.objects.select_related("entry").order_by("pk"):
        seen.waiting += 1
        _entry(seen, row.entry, f"entry row {row.pk}")
        if row.pages != (row.entry.shows == "pages"):
            seen.add(f"entry row {row.pk}", "does not agree with its place in the queue")
