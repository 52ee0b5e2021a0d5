"""What registering for a meeting may be refused for, each named for the broken rule."""

from datetime import datetime
from enum import StrEnum

from consulta.live.models import Registration


class Door(StrEnum):
    """Whether a meeting takes registrations, and if not, why."""

    OPEN = "open"
    NONE = "none"  # nobody has set terms
    EARLY = "early"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class RegistrationClosedError(ValueError):
    """The meeting takes no registrations now. *door* says why, *at* is the instant that matters."""

    def __init__(self, door: Door, at: datetime | None = None) -> None:
        super().__init__(door.value)
        self.door, self.at = door, at


class ModeNotOfferedError(ValueError):
    """One cannot take part in this way; the terms say how."""


class UnlistedNotAllowedError(ValueError):
    """The body names everybody in the list of this meeting."""


class AlreadyRegisteredError(ValueError):
    """Somebody stands under this name and address already: *standing*."""

    def __init__(self, standing: Registration) -> None:
        super().__init__(str(standing.pk))
        self.standing = standing


class KindNotRegisteredError(ValueError):
    """Members of this kind do not register for this meeting."""


class LinkUnknownError(LookupError):
    """No private link like this was given out, or its time is over."""


class NotStandingError(ValueError):
    """The registration was cancelled, or the meeting is over."""


class NotMeetingDayError(ValueError):
    """The meeting is not held on this day: nobody can have come."""


class ClosesBeforeItOpensError(ValueError):
    """Registration would close before it opens."""


class NoModeOfferedError(ValueError):
    """One could neither come to the room nor follow remotely."""


class ListTooOpenError(ValueError):
    """The list of a meeting of the group is not for everyone."""
