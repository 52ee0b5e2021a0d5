"""The tree of RFC 9162, against a plain recursive tree and the vectors known from its first edition."""

from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consulta.core import merkle

# The eight inputs and roots that implementations of RFC 6962 and RFC 9162 share as test vectors.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def plain_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + plain_root(leaves[:split]) + plain_root(leaves[split:])).digest()


def grown(leaves: list[bytes]) -> Callable[[int, int], bytes]:
    """A tree grown leaf by leaf, as the sequencer does."""
    nodes: dict[tuple[int, int], bytes] = {}

    def node(level: int, position: int) -> bytes:
        return nodes[level, position]

    for index, leaf in enumerate(leaves):
        for level, value in enumerate(merkle.completed(index, merkle.leaf_hash(leaf), node)):
            nodes[level, index >> level] = value
    return node


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_shared_vectors(size: int) -> None:
    assert merkle.root(size, grown(INPUTS)).hex() == ROOTS[size]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40))
def test_a_tree_grown_leaf_by_leaf_has_the_root_of_the_definition(leaves: list[bytes]) -> None:
    node = grown(leaves)
    assert [merkle.root(n, node) for n in range(len(leaves) + 1)] == [
        plain_root(leaves[:n]) for n in range(len(leaves) + 1)
    ]


def test_every_leaf_of_every_tree_up_to_33_is_proved() -> None:
    leaves = [bytes([i]) for i in range(33)]
    node = grown(leaves)
    for size in range(1, 34):
        root = merkle.root(size, node)
        for index in range(size):
            path = merkle.inclusion_path(index, size, node)
            leaf = merkle.leaf_hash(leaves[index])
            assert merkle.verify_inclusion(leaf, index=index, size=size, path=path, expected=root)


@pytest.mark.parametrize("size", [1, 2, 7, 8, 21])
def test_a_proof_fails_for_another_leaf_place_path_or_root(size: int) -> None:
    leaves = [bytes([i]) for i in range(size)]
    node, index = grown(leaves), size // 2
    root, path = merkle.root(size, node), merkle.inclusion_path(index, size, node)
    leaf = merkle.leaf_hash(leaves[index])

    def holds(**change: object) -> bool:
        given = {"index": index, "size": size, "path": path, "expected": root, **change}
        return merkle.verify_inclusion(given.pop("leaf", leaf), **given)  # type: ignore[arg-type]

    assert holds()
    assert not holds(leaf=merkle.leaf_hash(b"other"))
    assert not holds(index=size)
    assert not holds(path=[*path, root])
    assert not holds(expected=merkle.leaf_hash(b"other"))
    assert size == 1 or not holds(path=path[:-1])
    assert size == 1 or not holds(index=(index + 1) % size)


def test_every_tree_up_to_33_is_proved_to_grow_from_every_smaller_one() -> None:
    node = grown([bytes([i]) for i in range(33)])
    for second in range(1, 34):
        new = merkle.root(second, node)
        for first in range(1, second + 1):
            old, path = merkle.root(first, node), merkle.consistency_path(first, second, node)
            assert merkle.verify_consistency(first, second, path=path, old=old, new=new)
            assert not merkle.verify_consistency(
                first, second, path=path, old=merkle.leaf_hash(b"?"), new=new
            )


def test_a_leaf_outside_the_tree_has_no_proof() -> None:
    with pytest.raises(IndexError):
        merkle.inclusion_path(3, 3, grown(INPUTS[:3]))
