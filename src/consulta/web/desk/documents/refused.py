"""Why an act on a document was refused, in a sentence that says how to mend it."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consulta.adapters.files.scan import ScannerUnreachableError
from consulta.core.document_numbers import InvalidGrammarError
from consulta.mailroom.spool import SpoolFullError
from consulta.meetings import documents, following, numbering
from consulta.meetings.uploads import FileRefusedError
from consulta.web.desk import wording

_PLAIN: dict[type[Exception], Callable[[], str]] = {
    documents.WithdrawnError: lambda: _(
        "This document was withdrawn: nothing follows it. Post a new document under its own number."
    ),
    documents.NotPostedError: lambda: _(
        "Only the number is reserved yet. Post the document first."
    ),
    documents.PostedError: lambda: _(
        "The document stands posted, and its bytes are never changed. Post a revision or a corrigendum."
    ),
    documents.LanguageThereError: lambda: _(
        "The document has this language already. A changed text is a revision."
    ),
    documents.ReasonMissingError: lambda: _(
        "Say why the document is withdrawn: it stands beside its number."
    ),
    following.CannotFollowError: lambda: _(
        "An addendum or a corrigendum is followed by a corrigendum at most. Choose the document itself."
    ),
    following.NotInGrammarError: lambda: _(
        "The body's numbers have no such part. Change the pattern of the numbers first."
    ),
    numbering.SamePatternError: lambda: _(
        "Another series of the group would write the same numbers. Put text of its own into this"
        " pattern, such as “INF”."
    ),
    ScannerUnreachableError: lambda: _(
        "The virus scanner does not answer, so no file is taken now. Try again in a few minutes."
    ),
    SpoolFullError: lambda: _("The disk is full. Free some space and send the file again."),
}
_GRAMMAR: dict[str, Callable[[], str]] = {
    "runs_together": lambda: _(
        "Two parts run together at “%(part)s”, so a number could be read in two ways. Put a sign, such"
        " as a slash, between them."
    ),
    "parts_look_alike": lambda: _(
        "Two optional parts begin alike, or with nothing but a field. Begin each with text of its own."
    ),
    "field_missing": lambda: _("The field “%(part)s” is missing."),
    "field_twice": lambda: _("The field “%(part)s” stands twice."),
    "unknown_field": lambda: _("There is no field “%(part)s”."),
    "must_be_optional": lambda: _("The field “%(part)s” must stand in square brackets."),
    "must_always_stand": lambda: _("The field “%(part)s” may not stand in square brackets."),
    "letter_twice": lambda: _("Two languages have the same suffix."),
}
REFUSED: tuple[type[Exception], ...] = (
    *_PLAIN,
    following.SupersededError,
    FileRefusedError,
    InvalidGrammarError,
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
    """Say what *error* means for the person at the desk."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, following.SupersededError):
        return _("A later revision stands: %(number)s. Follow that one.") % {"number": error.number}
    if isinstance(error, FileRefusedError):
        return _("“%(name)s” was not taken: %(why)s") % {
            "name": error.name,
            "why": wording.finding(error.finding),
        }
    if isinstance(error, InvalidGrammarError):
        brackets = _("The brackets or braces do not match.")
        known = _GRAMMAR.get(error.code)
        return known() % {"part": error.part} if known else brackets
    return _PLAIN[type(error)]()
