"""Why an act on codes was refused, in a sentence that says how to mend it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consulta.analysis.coding import errors
from consulta.core.coding_frame import FrameUnreadableError


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str = "") -> bool:
    """Do *act* and say *done*; say what stands in the way where it is refused."""
    try:
        act()
    except errors.CodingError as error:
        messages.error(request, sentence(error))
        return False
    if done:
        messages.success(request, done)
    return True


def sentence(error: errors.CodingError) -> str:
    """Say what *error* means for the person at the desk."""
    return SENTENCES[type(error)]()


def unreadable(error: FrameUnreadableError) -> str:
    """Why a file is no coding frame, and how to mend it."""
    return TROUBLES[error.trouble]() % {"row": error.row}


SENTENCES: dict[type[Exception], Callable[[], str]] = {
    errors.NameMissingError: lambda: _("Give the code a name."),
    errors.NameTakenError: lambda: _(
        "Another code in use has this name. Choose another name, or merge the two codes."
    ),
    errors.CircleError: lambda: _("A code cannot stand beneath itself or beneath one of its own."),
    errors.CodeUsedError: lambda: _(
        "This code was given, or holds other codes: it is not struck out. Retire it: what was coded stays."
    ),
    errors.ChangedMeanwhileError: lambda: _(
        "Nothing changed: somebody changed this code a moment ago. Look at it again."
    ),
    errors.NotMergeableError: lambda: _(
        "Choose another code in use, for the same question or for all, that does not stand beneath this one."
    ),
    errors.NoCodeChosenError: lambda: _("Tick at least one code."),
    errors.UnknownCodeError: lambda: _(
        "A code that you ticked is not in use for this question any more. Look at the list again."
    ),
    errors.NotPublicError: lambda: _(
        "This answer does not stand any more: a new version came, or it is not public. Look at the list"
        " again."
    ),
    errors.WordsNotFoundError: lambda: _(
        "The answer does not say these words. Copy them as they stand there: only the very words can be"
        " coded."
    ),
    errors.NotYoursError: lambda: _("Somebody else gave this code. Only who coded takes it back."),
}
TROUBLES: dict[str, Callable[[], str]] = {
    "not_utf8": lambda: _("The file is not text in UTF-8. Save it as CSV (UTF-8) or JSON."),
    "empty": lambda: _("The file holds no code."),
    "too_many": lambda: _("The file holds more than 500 codes. That is no coding frame."),
    "not_json": lambda: _("The file begins like JSON, but cannot be read as it."),
    "no_codes": lambda: _("The file holds no list named “codes”."),
    "not_csv": lambda: _("The file cannot be read as a table."),
    "no_names": lambda: _("The table has no column named “name”."),
    "name": lambda: _("Code %(row)s of the file has no name, or one of more than 120 letters."),
    "number": lambda: _("Code %(row)s of the file has a number that is none."),
    "number_twice": lambda: _("Two codes of the file have the same number."),
    "circle": lambda: _("Codes of the file stand beneath each other in a circle."),
}
