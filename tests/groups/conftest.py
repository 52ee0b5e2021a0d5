"""The group that these tests work with."""

from tests.delegations import delegations  # noqa: F401
from tests.rounds import (  # noqa: F401
    decided,
    draft,
    group,
    next_meeting,
    open_call,
    people,
    plan,
    running,
)
