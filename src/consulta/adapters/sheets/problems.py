"""Why a file cannot be read as a table: codes; the words are chosen where they are shown."""

from enum import StrEnum


class Problem(StrEnum):
    """What is the matter with a file."""

    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    EMPTY = "empty"
    NO_ROWS = "no_rows"
    TOO_WIDE = "too_wide"
    TOO_LONG = "too_long"
    NOT_TEXT = "not_text"
    STOPPED = "stopped"
    MISSING = "missing"


class SheetError(ValueError):
    """The file cannot be read as a table; *problem* says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem
