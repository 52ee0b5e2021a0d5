"""Why an act on a report was refused, in a sentence that says how to mend it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consulta.reports import errors


def sentence(error: errors.ReportError) -> str:
    """Say what *error* means for the person at the desk."""
    if isinstance(error, errors.UnknownNumbersError):
        return _(
            "No published response of this consultation has the number %(numbers)s. What you typed"
            " is kept below: correct the number, or take it out, and save again."
        ) % {"numbers": ", ".join(error.numbers)}
    if isinstance(error, errors.UndecidedError):
        return _(
            "Responses still wait for a decision: %(numbers)s. Decide them, or record below why the"
            " report is released without them."
        ) % {"numbers": ", ".join(error.numbers)}
    return PLAIN[type(error)]()


PLAIN: dict[type[Exception], Callable[[], str]] = {
    errors.ReportError: lambda: _(
        "This cannot be done with this document: responses that are not public go to the group alone."
    ),
    errors.EditedMeanwhileError: lambda: _(
        "Somebody else saved this paragraph meanwhile. Both texts are shown: bring them together"
        " and save again."
    ),
    errors.StillOpenError: lambda: _(
        "The consultation has not closed yet. Until it does, responses can change, and no edition"
        " is frozen."
    ),
    errors.NothingWrittenError: lambda: _(
        "The report has no sentence in this language yet. Write at least one, then freeze it."
    ),
    errors.NotRenderedError: lambda: _(
        "The files are still being made. Look again in a moment, then repeat this."
    ),
    errors.NothingToDeliverError: lambda: _(
        "There is nothing to deliver yet: release the compilation and the consolidated report first,"
        " and set the group's next meeting."
    ),
}


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str = "") -> bool:
    """Do *act* and say *done*; say what stands in the way where the procedure refuses it."""
    try:
        act()
    except errors.ReportError as error:
        messages.error(request, sentence(error))
        return False
    if done:
        messages.success(request, done)
    return True
