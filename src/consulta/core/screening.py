"""Screening: the rules that hold a response for a person to look at. No rule ever declines.

A rule says yes or no; the tuple of rules is the policy. Equal texts from different senders are
never held: everyone who writes is heard.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screened:
    """What the rules may know of a response."""

    has_text: bool
    files: int
    unsafe_files: int
    late: bool
    within_grace: bool = False
    locked_files: int = 0  # not among the unsafe ones


Rule = Callable[[Screened], bool]


def empty(response: Screened) -> bool:
    """Neither text nor file."""
    return not response.has_text and not response.files


def late(response: Screened) -> bool:
    """After the close, and not within the grace for drafts saved before it."""
    return response.late and not response.within_grace


def unsafe_file(response: Screened) -> bool:
    """A file that the check found unsafe or could not read."""
    return response.unsafe_files > 0


def locked_file(response: Screened) -> bool:
    """A file that opens only with a password: its sender is asked for one without."""
    return response.locked_files > 0


RULES: tuple[Rule, ...] = (empty, late, unsafe_file, locked_file)


def reasons_to_hold(response: Screened) -> tuple[str, ...]:
    """Name every rule that hits, in the order of :data:`RULES`."""
    return tuple(rule.__name__ for rule in RULES if rule(response))
