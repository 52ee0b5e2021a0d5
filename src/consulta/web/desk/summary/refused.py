"""Why an act on a brief summary was refused, in a sentence that says how to mend it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consulta.reports import errors, summary_errors
from consulta.web.desk.reporting import refused

FIELDS: dict[str, Callable[[], str]] = {
    "put_by": lambda: _("Say who put the text to those present."),
    "procedure": lambda: _("Say by which procedure they were asked."),
    "agreed_by": lambda: _("Say who of those present agreed."),
    "reservations": lambda: _("Set out the reservations, or choose that they agreed."),
    "views": lambda: _("Set out the views: the group reads them beside the text."),
}
PLAIN: dict[type[Exception], Callable[[], str]] = {
    summary_errors.MeetingNotHeldError: lambda: _(
        "The brief summary is drafted once the open meeting has begun: it sums up the discussion too."
        " Set the meeting's date, or wait for its first day."
    ),
    summary_errors.CarriedError: lambda: _(
        "The summary lies before the group without edits: nothing of it changes any more."
    ),
    summary_errors.EditedSinceError: lambda: _(
        "The draft says something else than this edition. Fix the text again, and put that edition"
        " to those present."
    ),
    summary_errors.FixedLaterError: lambda: _(
        "Check day and time: those present were asked after the text was fixed, on the day of the open"
        " meeting or later, and not in the future."
    ),
    summary_errors.AgreedAlreadyError: lambda: _(
        "What those present said to this edition is on record already. If they were asked again, fix"
        " the text as a new edition first."
    ),
    summary_errors.NotAgreedYetError: lambda: _(
        "It is not on record yet what those present said to the text as it stands now."
    ),
    summary_errors.SameLanguageError: lambda: _(
        "This is the language in which the text was put to those present, so it is no translation."
    ),
    summary_errors.NotCarriedError: lambda: _("Carry the summary to the group first."),
    summary_errors.BeforeCarriedError: lambda: _(
        "Check the day: the group takes the summary up on a day of that meeting or later, and not in"
        " the future."
    ),
    errors.NothingToDeliverError: lambda: _(
        "The group's next meeting is not set: set it in the consultation's timetable."
    ),
    errors.NothingWrittenError: lambda: _(
        "The summary has no sentence in this language yet. Write at least one, then fix it."
    ),
}


def sentence(error: Exception) -> str:
    """Say what *error* means for the person at the desk."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, summary_errors.AgreementIncompleteError):
        return FIELDS[error.field]()
    said = PLAIN.get(type(error))
    return said() if said else refused.sentence(error)  # type: ignore[arg-type]


too_long = refused.too_long


def refusal(act: Callable[[], object], *, form: Form | None = None) -> str:
    """Do *act*; return empty, or why it was refused. What a field of *form* lacks is said there."""
    try:
        act()
    except summary_errors.AgreementIncompleteError as error:
        if form is not None:
            form.add_error(error.field, sentence(error))
        return sentence(error)
    except (errors.ReportError, ValidationError) as error:
        return sentence(error)
    return ""


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str) -> bool:
    """Do *act* and say *done*; say what stands in the way where it is refused."""
    said = refusal(act)
    if said:
        messages.error(request, said)
    else:
        messages.success(request, done)
    return not said
