"""What the right to contest forbids, each by its own name."""

from consulta.reports.errors import ReportError


class ContestClosedError(ReportError):
    """Nobody may contest this edition now: no right to it, not yet, or the time is over."""


class PassageUnknownError(ReportError):
    """The edition has no such passage."""


class NothingContestedError(ReportError):
    """Nothing was written against the passage."""


class ContestDecidedError(ReportError):
    """It was decided already whether this contest is published."""


class ContestNotPublishedError(ReportError):
    """Only a published contest is answered: decide first whether it is."""


class AnsweredAlreadyError(ReportError):
    """The answer stands: it was published beside the passage."""


class AnswerIncompleteError(ReportError):
    """An answer says what becomes of the passage, and why."""


class ContestLinkUnknownError(ReportError):
    """No link like this was given out, or its time is over."""
