"""Read the tree as it is stored: one leaf row per node that is asked for."""

from collections.abc import Iterable

from consulta.core import merkle
from consulta.ledger.models import Leaf

HASH_BYTES = 32


def size() -> int:
    """How many entries have their place."""
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def stored_node(level: int, position: int) -> bytes:
    """The stored hash of a perfect subtree; it stands in the row of its last leaf."""
    last = ((position + 1) << level) - 1
    nodes = bytes(Leaf.objects.values_list("nodes", flat=True).get(index=last))
    return nodes[level * HASH_BYTES : (level + 1) * HASH_BYTES]


class Frontier:
    """The right edge of a growing tree: all that is needed to append to it."""

    def __init__(self, hashes: Iterable[tuple[tuple[int, int], bytes]] = ()) -> None:
        self._hashes = dict(hashes)

    @classmethod
    def stored(cls, size: int) -> "Frontier":
        """The edge of the stored tree of *size*; reads one row per bit of *size* that is 1."""
        return cls((at, stored_node(*at)) for at in merkle.frontier(size))

    def append(self, index: int, leaf: bytes) -> list[bytes]:
        """The hashes of the subtrees that leaf *index* completes, smallest first."""
        hashes = merkle.completed(index, leaf, self.node)
        level = len(hashes) - 1
        for below in range(level):
            self._hashes.pop((below, (index >> below) - 1))
        self._hashes[level, index >> level] = hashes[-1]
        return hashes

    def node(self, level: int, position: int) -> bytes:
        """The hash of a perfect subtree on the edge."""
        return self._hashes[level, position]
