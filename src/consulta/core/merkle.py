"""The Merkle tree of RFC 9162: roots, and proofs that anyone can check offline.

A tree is read through *node*, which gives the hash of the perfect subtree at (level, position):
level 0 are the leaves; the node at (k, p) covers the leaves from p·2^k to (p+1)·2^k - 1.
Root and proofs ask for about log2(size) nodes, whatever the size of the ledger.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

Node = Callable[[int, int], bytes]

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry: SHA-256(0x00 ‖ data), RFC 9162 section 2.1.1."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees: SHA-256(0x01 ‖ left ‖ right), RFC 9162 section 2.1.1."""
    return sha256(b"\x01" + left + right).digest()


def completed(index: int, leaf: bytes, node: Node) -> list[bytes]:
    """The hashes of every perfect subtree whose last leaf is *index*, smallest first."""
    hashes = [leaf]
    level = 0
    while index >> level & 1:
        hashes.append(node_hash(node(level, (index >> level) - 1), hashes[-1]))
        level += 1
    return hashes


def frontier(size: int) -> list[tuple[int, int]]:
    """The (level, position) of the perfect subtrees that a tree of *size* is made of."""
    levels = [level for level in range(size.bit_length()) if size >> level & 1]
    return [(level, (size >> level) - 1) for level in reversed(levels)]


def root(size: int, node: Node) -> bytes:
    """The root of the tree of the first *size* leaves."""
    return _range_hash(0, size, node) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, node: Node) -> list[bytes]:
    """The proof that leaf *index* is in the tree of *size*. Source: RFC 9162, 2.1.3.1."""
    if not 0 <= index < size:
        raise IndexError(f"leaf {index} is not in a tree of {size}")
    return _inclusion(index, 0, size, node)


def verify_inclusion(
    leaf: bytes, *, index: int, size: int, path: Sequence[bytes], expected: bytes
) -> bool:
    """Whether *path* leads from *leaf* to the root *expected*. Source: RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    place, last, result = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            result = node_hash(step, result)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            result = node_hash(result, step)
        place, last = place >> 1, last >> 1
    return last == 0 and result == expected


def consistency_path(first: int, second: int, node: Node) -> list[bytes]:
    """The proof that the tree of *first* leaves is the beginning of the tree of *second*.

    Source: RFC 9162, 2.1.4.1. Empty when the trees are equal.
    """
    if not 0 < first <= second:
        raise IndexError(f"no tree of {first} in a tree of {second}")
    return _consistency(first, range(second), node, known=True)


def verify_consistency(
    first: int, second: int, *, path: Sequence[bytes], old: bytes, new: bytes
) -> bool:
    """Whether *path* leads from root *old* to root *new*. Source: RFC 9162, 2.1.4.2."""
    if first == second:
        return not path and old == new
    if not 0 < first < second:
        return False
    steps = [old, *path] if first & (first - 1) == 0 else list(path)
    if not steps:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    return _climb(steps, place, last) == (old, new)


def _climb(steps: Sequence[bytes], place: int, last: int) -> tuple[bytes, bytes] | None:
    """The old and the new root that *steps* lead to, None when their number is wrong."""
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None


def _split(size: int) -> int:
    """The largest power of two smaller than *size*."""
    return 1 << (size - 1).bit_length() - 1


def _range_hash(start: int, end: int, node: Node) -> bytes:
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(size)
    return node_hash(_range_hash(start, middle, node), _range_hash(middle, end, node))


def _inclusion(index: int, start: int, end: int, node: Node) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_inclusion(index, start, middle, node), _range_hash(middle, end, node)]
    return [*_inclusion(index, middle, end, node), _range_hash(start, middle, node)]


def _consistency(first: int, leaves: range, node: Node, *, known: bool) -> list[bytes]:
    """*first* is absolute; *known*: the verifier has this subtree's hash already."""
    start, end = leaves.start, leaves.stop
    if first == end:
        return [] if known else [_range_hash(start, end, node)]
    middle = start + _split(end - start)
    if first <= middle:
        deeper = _consistency(first, range(start, middle), node, known=known)
        return [*deeper, _range_hash(middle, end, node)]
    deeper = _consistency(first, range(middle, end), node, known=False)
    return [*deeper, _range_hash(start, middle, node)]
