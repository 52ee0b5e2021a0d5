"""Why an act on a contribution was refused, in a sentence that says how to mend it."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consulta.adapters.files.findings import Finding
from consulta.adapters.files.scan import ScannerUnreachableError
from consulta.mailroom.spool import SpoolFullError
from consulta.meetings import contributing, documents, drafting, following
from consulta.meetings.uploads import FileRefusedError

_PLAIN: dict[type[Exception], Callable[[], str]] = {
    drafting.SubmittedError: lambda: _(
        "It was submitted, or put aside by a colleague. What changes now is a revision."
    ),
    drafting.WrittenMeanwhileError: lambda: _(
        "A colleague saved the draft while you wrote. What you typed still stands here; what the"
        " colleague saved stands below. Bring both together and save again."
    ),
    drafting.ClosedMeetingError: lambda: _("This meeting takes no contributions of this member."),
    drafting.TooManyFilesError: lambda: _("No more files fit. Take one out first."),
    drafting.FileThereError: lambda: _(
        "A file of this name is there. Take it out first, or give this one another name."
    ),
    contributing.NotSubmittedError: lambda: _("It is a draft still. Submit it first."),
    documents.WithdrawnError: lambda: _(
        "This document was withdrawn: nothing follows it. Submit a new contribution."
    ),
    documents.NotPostedError: lambda: _(
        "It waits for the secretariat to post it. Until then nothing can follow it."
    ),
    documents.PostedError: lambda: _("It is posted already."),
    documents.ReasonMissingError: lambda: _("Say why it is withdrawn."),
    following.CannotFollowError: lambda: _("This cannot follow the document. Choose another kind."),
    following.NotInGrammarError: lambda: _("The body's numbers have no such part."),
    ScannerUnreachableError: lambda: _(
        "The virus scanner does not answer, so no file is taken now. Try again in a few minutes."
    ),
    SpoolFullError: lambda: _(
        "There is no room for the file now. Your draft stands as it was saved. Try again later."
    ),
}
_MISSING: dict[str, Callable[[], str]] = {
    "title": lambda: _("Write a title."),
    "audience": lambda: _("Choose who may read it."),
    "purpose": lambda: _("Choose whether it is for action or for information."),
    "text": lambda: _("Write a text, or add a file."),
}
_FINDINGS: dict[str, Callable[[], str]] = {
    Finding.TOO_LARGE: lambda: _("it is too large. Send a smaller one, or several."),
    Finding.EMPTY: lambda: _("it is empty."),
    Finding.TYPE_NOT_ALLOWED: lambda: _("send PDF, DOCX, ODT, RTF, HTML, plain text or a picture."),
    Finding.VIRUS: lambda: _("a virus was found in it."),
    Finding.ENCRYPTED: lambda: _("it opens only with a password. Send it without one."),
    Finding.BROKEN: lambda: _("it cannot be read safely. Save it anew, as PDF for example."),
}
REFUSED: tuple[type[Exception], ...] = (
    *_PLAIN,
    contributing.IncompleteError,
    following.SupersededError,
    FileRefusedError,
    ValidationError,
)


def refusal(act: Callable[[], object]) -> str:
    """Do *act*; return empty, or the sentence that says why it was refused and how to mend it."""
    try:
        act()
    except REFUSED as error:
        return sentence(error)
    return ""


def sentence(error: Exception) -> str:
    """Say what *error* means for the delegate."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, contributing.IncompleteError):
        return " ".join(still_missing(error.missing))
    if isinstance(error, following.SupersededError):
        return _("A later revision stands: %(number)s. Follow that one.") % {"number": error.number}
    if isinstance(error, FileRefusedError):
        found = _FINDINGS.get(error.finding, _FINDINGS[Finding.BROKEN])
        return _("“%(name)s” was not taken: %(why)s") % {"name": error.name, "why": found()}
    return _PLAIN[type(error)]()


def still_missing(names: tuple[str, ...] | list[str]) -> list[str]:
    """Say what to do for each thing that is missing."""
    return [_MISSING[name]() for name in names]
