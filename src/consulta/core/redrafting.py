"""Redrafting: words drafted before, words as a person left them, words as the record gives them now."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Merged:
    """What stands, what it is measured against next time, and what waits for a person (None: nothing)."""

    text: str
    base: str
    incoming: str | None = None


def merge(base: str, mine: str, drafted: str) -> Merged:
    """Take the new draft where nobody wrote otherwise; else keep *mine* and show both.

    >>> merge("old", "old", "new")
    Merged(text='new', base='new', incoming=None)
    >>> merge("old", "mine", "new")
    Merged(text='mine', base='old', incoming='new')
    """
    if drafted == base:
        return Merged(mine, base)
    if mine in (base, drafted):
        return Merged(drafted, drafted)
    return Merged(mine, base, drafted)
