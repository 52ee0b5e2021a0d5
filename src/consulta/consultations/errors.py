"""The rules that an act on a consultation can break. Views put them into words."""

from collections.abc import Sequence
from datetime import date


class ConsultationError(ValueError):
    """An act on a consultation that the procedure does not allow."""


class AlreadyAnnouncedError(ConsultationError):
    """The consultation was announced: it can no longer be drafted anew or opened again."""


class NotAnnouncedError(ConsultationError):
    """The consultation is still a draft: correct it instead of announcing a change."""


class AlreadyEndedError(ConsultationError):
    """The consultation was cancelled, or its report is out: its dates stand as they are."""


class QuestionsFrozenError(ConsultationError):
    """The questions froze when the consultation was announced: announce a corrigendum."""


class QuestionsMissingError(ConsultationError):
    """This procedure puts questions to everyone, and there is none yet."""


class OriginalIncompleteError(ConsultationError):
    """Topic or a question is missing in the original language. *language* says which that is."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


class ProcedureUnreadableError(ConsultationError):
    """The file of the consultation's procedure has a slip, or is gone. *slug* is the procedure's."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


class DatesMissingError(ConsultationError):
    """A date cannot be computed yet. *milestones* are those without one."""

    def __init__(self, milestones: Sequence[str]) -> None:
        super().__init__(", ".join(milestones))
        self.milestones = tuple(milestones)


class DatesOutOfOrderError(ConsultationError):
    """The consultation would close before it opens, or is to open in the past."""


class ReasonMissingError(ConsultationError):
    """This act needs a reason that stays on record."""


class DeviationNeedsReasonError(ReasonMissingError):
    """Dates lie outside what the rule allows: say why. *milestones* are those concerned."""

    def __init__(self, milestones: Sequence[str]) -> None:
        super().__init__(", ".join(milestones))
        self.milestones = tuple(milestones)


class DeadlineShortenedError(ConsultationError):
    """A published deadline may be lengthened, never shortened."""

    def __init__(self, published: date, wanted: date) -> None:
        super().__init__(f"{published} -> {wanted}")
        self.published, self.wanted = published, wanted


class FromPublicRecordError(ConsultationError):
    """The consultation was taken over from the public record: only its sources say more of it."""


class UnknownMilestoneError(ConsultationError):
    """The consultation's procedure has no milestone of this name."""


class NotYetDoneError(ConsultationError):
    """What lies ahead is no fact yet: an act or a document is recorded once it is done."""


class RuleKeptError(ConsultationError):
    """The date keeps the rule, so there is no deviation to explain."""


class OptionsUnevenError(ConsultationError):
    """A question offers 2 to 12 different options, as many in each language. *language*: where not."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


class WrittenAlreadyError(ConsultationError):
    """This text is published in this language already: announce a corrigendum."""
