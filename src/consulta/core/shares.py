"""Shares: how much of each text is printed when all of them would be too much."""

from collections.abc import Iterable


def fair(lengths: Iterable[int], *, each: int, together: int) -> int:
    """Return the longest cut, at most *each*, with which all *lengths* stay within *together*.

    Short texts stay whole; only long ones are cut, all at the same length.
    """
    ordered = sorted(lengths)
    left, still = together, len(ordered)
    for length in ordered:
        if min(length, each) * still > left:
            return min(each, left // still)
        left, still = left - min(length, each), still - 1
    return each
