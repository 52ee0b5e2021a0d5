"""Why an act on a contest was refused, in a sentence that says how to mend it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consulta.reports import contest_errors as errors
from consulta.responses.errors import GroundMissingError, ReasonMissingError

REFUSED: dict[type[Exception], Callable[[], str]] = {
    errors.ContestDecidedError: lambda: _("Nothing changed: this was decided already."),
    errors.ContestNotPublishedError: lambda: _(
        "Decide first whether it is published; then answer it."
    ),
    errors.AnsweredAlreadyError: lambda: _(
        "Nothing changed: the answer stands beside the passage."
    ),
    errors.AnswerIncompleteError: lambda: _("Say what becomes of the passage, and why."),
    errors.ContestUndecidedError: lambda: _(
        "It is not decided yet. Decline it first, on the same ground; then erase it."
    ),
    errors.PassageOutsideError: lambda: _("These words do not stand in the contest."),
    GroundMissingError: lambda: _("Choose a ground from the list and write a short reason."),
    ReasonMissingError: lambda: _("Choose a ground from the list and write a short reason."),
}


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str) -> bool:
    """Do *act* and say *done*; say what stands in the way where it is refused."""
    try:
        act()
    except tuple(REFUSED) as error:
        messages.error(request, REFUSED[type(error)]())
        return False
    messages.success(request, done)
    return True
