"""What the making of reports forbids, each by its own name."""

from consulta.reports.models import Freezing, Lock


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


class LockedError(ReportError):
    """Somebody else edits this question now. *lock*: who, and since when."""

    def __init__(self, lock: Lock) -> None:
        super().__init__(str(lock))
        self.lock = lock


class WordsNotFoundError(ReportError):
    """No public answer says these words. *words*: which."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class AnswerTooLongError(WordsNotFoundError):
    """An answer of so many letters is not quoted whole: a passage of it is chosen."""


class OwnTextError(ReportError):
    """Nobody approves what they wrote or put up for review themselves."""


class NotUnderReviewError(ReportError):
    """This text is not marked ready for review: it was changed, or decided, or never was."""


class RemarkMissingError(ReportError):
    """A text is returned with a remark that says why."""


class UnreviewedError(ReportError):
    """No second officer approved this text. *places*: numbers of the questions, 0 the introduction."""

    def __init__(self, places: list[int]) -> None:
        super().__init__(", ".join(map(str, places)))
        self.places = places


class ErrataMissingError(ReportError):
    """A later edition says what changed since the one before."""


class NoSourceError(ReportError):
    """The report has no text in the language from which it should be followed."""


class NumberedElsewhereError(ReportError):
    """An edition carries the number of another meeting: freeze a new edition for this one."""


class NumberTakenError(ReportError):
    """Another edition stands before the group under this number: freeze this text again."""


class RestrictedError(ReportError):
    """The edition is restricted: its redacted edition is being made."""


class BeingFrozenError(ReportError):
    """The same document is being frozen in the same language already. *freezing*: by whom, since when."""

    def __init__(self, freezing: Freezing) -> None:
        super().__init__(str(freezing))
        self.freezing = freezing


class ChangedMeanwhileError(ReportError):
    """Responses were shown or taken down after the press: the figures would be those of another day."""
