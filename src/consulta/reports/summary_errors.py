"""What the way of a brief summary forbids, each by its own name."""

from consulta.reports.errors import ReportError


class MeetingNotHeldError(ReportError):
    """The open meeting has not begun, or none is set: there is no discussion to sum up yet."""


class CarriedError(ReportError):
    """The summary lies before the group as those present heard it: nothing of it changes any more."""


class EditedSinceError(ReportError):
    """The draft says something else than this edition: fix the text again, then put that."""


class FixedLaterError(ReportError):
    """Those present cannot have agreed before the text was fixed, nor in the future."""


class AgreedAlreadyError(ReportError):
    """What those present said to this edition is on record already."""


class AgreementIncompleteError(ReportError):
    """Something that the record needs is missing. *field*: which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NotAgreedYetError(ReportError):
    """Nothing is on record of what those present said to the text as it stands."""


class SameLanguageError(ReportError):
    """This is the language in which the text was put to those present: it is no translation."""


class NotCarriedError(ReportError):
    """The summary was not carried to the group yet."""


class BeforeCarriedError(ReportError):
    """The group cannot have taken it up before it had it, nor in the future."""
