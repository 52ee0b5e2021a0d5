"""What coding forbids, each by its own name. Views put them into words."""


class CodingError(Exception):
    """Something about codes that the record does not allow."""


class NameMissingError(CodingError):
    """A code has a name."""


class NameTakenError(CodingError):
    """Another code in use has this name for the same question."""


class CircleError(CodingError):
    """A code cannot stand beneath itself, nor beneath one that stands beneath it."""


class CodeUsedError(CodingError):
    """The code was given, or codes stand beneath it, or were merged into it: it can only be retired."""


class ChangedMeanwhileError(CodingError):
    """The code is not in the state from which this can be done: somebody was quicker."""


class NotMergeableError(CodingError):
    """A code is merged into another one in use, for the same question or for all."""


class NoCodeChosenError(CodingError):
    """At least one code is given."""


class UnknownCodeError(CodingError):
    """The frame has no such code in use for this question."""


class NotPublicError(CodingError):
    """The answer is not public, or not the one that stands now: a new version has come."""


class WordsNotFoundError(CodingError):
    """The answer does not say these words."""


class NotYoursError(CodingError):
    """Only who coded takes it back."""
