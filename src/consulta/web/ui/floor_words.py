"""What is said of the floor: why it was refused and how to mend that, and who speaks."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from consulta.core.floor import UnknownFloorRuleError
from consulta.live.floor import errors
from consulta.live.floor.errors import FloorError

_REFUSALS: dict[type[Exception], Callable[[], str]] = {
    errors.FloorNotOpenError: lambda: _(
        "The floor is not open: the sitting has not begun, or it has ended."
    ),
    errors.ListClosedError: lambda: _(
        "The list of speakers on this item is closed. A reply or a point of order can be asked for still."
    ),
    errors.MayNotAskError: lambda: _(
        "The floor cannot be asked for so by this person: see the rule of order on this page."
    ),
    errors.AskedAlreadyError: lambda: _("The floor has been asked for already."),
    errors.NotWaitingError: lambda: _(
        "This request waits no more: it was taken back, or the floor has been given."
    ),
    errors.FloorTakenError: lambda: _("Somebody has the floor. End that intervention first."),
    errors.NobodySpeaksError: lambda: _("Nobody has the floor now."),
    errors.NameMissingError: lambda: _("Give the name of who speaks."),
    errors.TextMissingError: lambda: _("Write what you want to say."),
    errors.ReasonMissingError: lambda: _("Say why it is kept back: the reason is kept with it."),
    errors.ItemNotOfMeetingError: lambda: _("This item is not on the agenda any more."),
    UnknownFloorRuleError: lambda: _("There is no such rule of order: choose one of the list."),
}
REFUSED: tuple[type[Exception], ...] = (FloorError, UnknownFloorRuleError)


def refusal(error: Exception) -> str:
    """Say why the floor was refused, and how to mend it."""
    if isinstance(error, errors.TooLongError):
        most = _(
            "At most %(most)s characters are taken: shorten it, or hand in the rest by itself."
        )
        return most % {"most": error.most}
    return _REFUSALS[type(error)]()
