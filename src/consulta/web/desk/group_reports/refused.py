"""Why an act on a group's report was refused, in a sentence that says how to mend it."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consulta.meetings.documents import DocumentError
from consulta.reports import errors, locking
from consulta.reports.group_reports import errors as own
from consulta.web.desk.documents import refused as documents
from consulta.web.desk.reporting import refused

PLAIN: dict[type[Exception], Callable[[], str]] = {
    own.AlreadyBegunError: lambda: _("This report was begun already: go on with the one below."),
    own.ChairsWordsMissingError: lambda: _(
        "A paragraph that the Chair writes is still empty. Write it, or take it out, then freeze."
    ),
    own.ChangesWaitError: lambda: _(
        "The record changed under a paragraph that somebody had written. Choose what stands there,"
        " then freeze."
    ),
    errors.NothingWrittenError: lambda: _("There are no words in it. Write some, then go on."),
    errors.EditedMeanwhileError: lambda: _(
        "Somebody saved this meanwhile. What stands now is shown beside what you typed: bring both"
        " together, and save again."
    ),
    errors.UnreviewedError: lambda: _(
        "No second officer approved these words. Have them reviewed, or say why the report goes out"
        " without it."
    ),
}


def sentence(error: Exception) -> str:
    """Say what *error* means for the person at the desk."""
    if isinstance(error, own.SectionLockedError):
        return locked(error)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, DocumentError):
        return documents.sentence(error)
    said = PLAIN.get(type(error))
    return said() if said else refused.sentence(error)  # type: ignore[arg-type]


def locked(error: own.SectionLockedError) -> str:
    """Who edits the section now, and until when nobody else can."""
    lock = error.lock
    until = (lock.renewed_at + locking.LASTS).astimezone(ZoneInfo(lock.report.group.body.timezone))
    return _(
        "%(name)s edits this section now, until %(time)s at the latest. What you typed is kept here:"
        " save again then."
    ) % {"name": str(lock.holder), "time": f"{until:%H:%M}"}


def refusal(act: Callable[[], object]) -> str:
    """Do *act*; return empty, or why it was refused."""
    try:
        act()
    except (errors.ReportError, ValidationError, DocumentError) as error:
        return sentence(error)
    return ""


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str) -> bool:
    """Do *act* and say *done*; say what stands in the way where it is refused."""
    said = refusal(act)
    (messages.error if said else messages.success)(request, said or done)
    return not said
