"""What the floor may be refused for, each named for the broken rule."""

from datetime import datetime


class FloorError(ValueError):
    """Something about the floor that the record does not allow."""


class FloorNotOpenError(FloorError):
    """The sitting does not run, or nobody has opened its floor."""


class ListClosedError(FloorError):
    """The list of speakers on this item is closed. *at*: since when."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class MayNotAskError(FloorError):
    """The rule of order does not let this person ask for the floor so."""


class AskedAlreadyError(FloorError):
    """This person waits for the floor already."""


class NotWaitingError(FloorError):
    """The request is not waiting any more: somebody else was faster."""


class FloorTakenError(FloorError):
    """Somebody has the floor: end that intervention first."""


class NobodySpeaksError(FloorError):
    """Nobody has the floor."""


class NameMissingError(FloorError):
    """A speaker has a name."""


class TextMissingError(FloorError):
    """What is handed in has words."""


class TooLongError(FloorError):
    """What is handed in is longer than *most* characters."""

    def __init__(self, most: int) -> None:
        super().__init__(str(most))
        self.most = most


class ReasonMissingError(FloorError):
    """What is kept back is kept back for a reason."""


class ItemNotOfMeetingError(FloorError):
    """The item is not on the agenda of this meeting."""
