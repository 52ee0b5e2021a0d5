"""Lifecycle of a response: which state may follow which. States move through this one door."""

from enum import StrEnum


class State(StrEnum):
    """Where a response stands. All but *received*, *accepted*, *set_aside* are lines of the balance."""

    RECEIVED = "received"
    HELD = "held"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    SET_ASIDE = "set_aside"  # came by mail and is no response: spam, an enquiry, a program's mail


NEXT: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.HELD, State.ACCEPTED, State.WITHDRAWN, State.SET_ASIDE}),
    State.HELD: frozenset({State.ACCEPTED, State.DECLINED, State.WITHDRAWN, State.SET_ASIDE}),
    State.ACCEPTED: frozenset({State.HELD, State.PUBLISHED, State.WITHDRAWN, State.SET_ASIDE}),
    State.DECLINED: frozenset({State.ACCEPTED, State.WITHDRAWN}),  # accepted on appeal
    State.PUBLISHED: frozenset({State.WITHDRAWN, State.REMOVED}),
    State.REMOVED: frozenset({State.PUBLISHED}),
    State.WITHDRAWN: frozenset(),
    State.SET_ASIDE: frozenset({State.RECEIVED}),
}

#: The line of the public balance in which a state counts (INTERFACE: held is every response
#: not yet decided or not yet shown). What was set aside is no response and counts in none.
BALANCE_LINE: dict[State, str] = {
    State.RECEIVED: "held",
    State.HELD: "held",
    State.ACCEPTED: "held",
    State.DECLINED: "declined",
    State.PUBLISHED: "published",
    State.WITHDRAWN: "withdrawn",
    State.REMOVED: "removed",
    State.SET_ASIDE: "set_aside",
}


class StepNotAllowedError(Exception):
    """The procedure does not allow this step from this state."""

    def __init__(self, old: State, new: State) -> None:
        super().__init__(f"{old} -> {new}")
        self.old, self.new = old, new


def step(old: State, new: State) -> State:
    """Return *new* if it may follow *old*, else raise :class:`StepNotAllowedError`."""
    if new not in NEXT[old]:
        raise StepNotAllowedError(old, new)
    return new
