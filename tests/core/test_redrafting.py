"""Redrafting never covers what a person wrote, and never asks about what nobody touched."""

import pytest

from consulta.core.redrafting import Merged, merge


@pytest.mark.parametrize(
    ("base", "mine", "drafted", "wanted"),
    [
        ("old", "old", "old", Merged("old", "old")),
        ("old", "old", "new", Merged("new", "new")),
        ("old", "mine", "old", Merged("mine", "old")),
        ("old", "mine", "mine", Merged("mine", "mine")),
        ("old", "mine", "new", Merged("mine", "old", "new")),
        ("old", "mine", "", Merged("mine", "old", "")),
        ("old", "old", "", Merged("", "")),
    ],
)
def test_three_ways(base, mine, drafted, wanted):
    assert merge(base, mine, drafted) == wanted
