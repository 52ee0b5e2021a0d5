"""What the right to contest forbids, each by its own name."""

from consulta.reports.errors import ReportError
from consulta.reports.models import Contest


class ContestClosedError(ReportError):
    """Nobody may contest this edition now: no right to it, not yet, or the time is over."""


class PassageUnknownError(ReportError):
    """The edition has no such passage."""


class NothingContestedError(ReportError):
    """Nothing was written against the passage."""


class SentAlreadyError(ReportError):
    """The form was sent before with other words. *contest*: what was taken in then."""

    def __init__(self, contest: Contest) -> None:
        super().__init__(contest.number)
        self.contest = contest


class PassageOutsideError(ReportError):
    """The passage to leave out is not in the contest."""


class ContestUndecidedError(ReportError):
    """The contest is not decided yet: publish or decline it first."""


class WithdrawnAlreadyError(ReportError):
    """The contest is off the page already, so it cannot be withdrawn."""


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
