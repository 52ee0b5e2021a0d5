"""What the making of reports forbids, each by its own name."""


class ReportError(Exception):
    """Something about a report that the procedure or the record does not allow."""


class EditedMeanwhileError(ReportError):
    """Somebody else changed this paragraph meanwhile: look at it, then save again."""


class UnknownNumbersError(ReportError):
    """These are no numbers of published responses of this consultation. *numbers*: which."""

    def __init__(self, numbers: list[str]) -> None:
        super().__init__(", ".join(numbers))
        self.numbers = numbers


class UndecidedError(ReportError):
    """Responses are held, undecided and unexplained. *numbers*: which."""

    def __init__(self, numbers: list[str]) -> None:
        super().__init__(", ".join(numbers))
        self.numbers = numbers


class StillOpenError(ReportError):
    """The consultation has not closed yet."""


class NothingWrittenError(ReportError):
    """The report has no sentence in this language yet: write one, then freeze it."""


class NotRenderedError(ReportError):
    """The edition's files are not made yet: release it when they are."""


class NothingToDeliverError(ReportError):
    """There is no released report, or no meeting of the group, to deliver to."""
