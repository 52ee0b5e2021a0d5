"""Why an act on a report was refused, in a sentence that says how to mend it."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consulta.meetings import documents
from consulta.reports import errors, locking
from consulta.reports.models import Freezing, Lock
from consulta.web.ui.templatetags.ui import digits


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
    if isinstance(error, errors.LockedError):
        return locked(error.lock)
    if isinstance(error, errors.BeingFrozenError):
        return being_frozen(error.freezing)
    if isinstance(error, errors.UnreviewedError):
        return _(
            "No second officer approved these texts: %(places)s. Have them reviewed, or record below"
            " why the report is released without it."
        ) % {"places": ", ".join(place(position) for position in error.places)}
    known = PLAIN.get(type(error), PLAIN[errors.ReportError])
    return known()


def in_the_form(error: errors.ReportError) -> str:
    """The same in a paragraph's form, which says by itself who edits the question and until when."""
    if isinstance(error, errors.LockedError):
        return _("Nothing was saved. What you typed is kept, and stands in the form below.")
    return sentence(error)


def of_name(name: str) -> str:
    """Say why nothing was frozen, by the name of the rule as it was kept; empty where there is none."""
    if name == errors.EditedMeanwhileError.__name__:
        return _(
            "The text was saved again after it was asked for, and before it was drawn up. Freeze it"
            " again, as it is now."
        )
    known = {error.__name__: told for error, told in PLAIN.items()}
    return known[name]() if name in known else ""


def too_long(long: Sequence[tuple[int, str]]) -> str:
    """Which sentences are too long, each with why."""
    told = ((_("Sentence %(n)s") % {"n": digits(place)}, why) for place, why in long)
    return " ".join(f"{named}: {why}" for named, why in told)


def being_frozen(freezing: Freezing) -> str:
    """Who has the same document frozen, since when."""
    pressed = freezing.pressed_at.astimezone(ZoneInfo(freezing.consultation.timezone))
    return _(
        "This document is being frozen in this language already: %(name)s asked for it at %(time)s."
        " When that edition is there, freeze the next one."
    ) % {"name": str(freezing.pressed_by), "time": f"{pressed:%H:%M}"}


def place(position: int) -> str:
    """A question by its number; 0 is the introduction."""
    if position == 0:
        return _("Introduction")
    return _("Question %(number)s") % {"number": digits(position)}


def locked(lock: Lock) -> str:
    """Who edits a question, and until when if nothing more is heard."""
    ends = locking.runs_out(lock).astimezone(ZoneInfo(lock.consultation.timezone))
    return _(
        "%(name)s edits this question now. Unless more is saved or typed there, it is free at %(time)s."
        " What you typed is kept."
    ) % {"name": str(lock.holder), "time": f"{ends:%H:%M}"}


PLAIN: dict[type[Exception], Callable[[], str]] = {
    errors.ReportError: lambda: _(
        "This cannot be done with this document: responses that are not public go to the group alone."
    ),
    errors.EditedMeanwhileError: lambda: _(
        "Somebody else saved this paragraph meanwhile. Sentences that you had not touched say what was"
        " saved. Where both of you changed one, both wordings stand below: bring them together and"
        " save again."
    ),
    errors.WordsNotFoundError: lambda: _(
        "The answer does not say these words. Copy them from the answer as they stand there: only the"
        " very words can be cited or quoted."
    ),
    errors.AnswerTooLongError: lambda: _(
        "This answer is too long to be quoted whole. Select the words you mean in it, or copy them under"
        " “Only a passage”, then press again."
    ),
    errors.OwnTextError: lambda: _(
        "A second officer approves or returns this text: neither who wrote a sentence of it, nor who"
        " changed its citations or its order since it was last approved, nor who marked it ready."
    ),
    errors.NotUnderReviewError: lambda: _(
        "This text is not under review: it was changed or decided meanwhile. Look at it again."
    ),
    errors.RemarkMissingError: lambda: _(
        "Say what should change, of the whole or beside a sentence. Then return the text."
    ),
    errors.ErrataMissingError: lambda: _(
        "This is a later edition: say what changed since the one before. A list of the changes is"
        " below to start from."
    ),
    errors.NoSourceError: lambda: _(
        "The report has no text yet in the language from which it should be followed."
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
    errors.NumberedElsewhereError: lambda: _(
        "An edition carries the number of another meeting. Freeze and release a new edition for this"
        " meeting, then deliver."
    ),
    errors.ChangedMeanwhileError: lambda: _(
        "Responses were published or taken down after it was asked for: its figures would be those of"
        " another day. Freeze it again, as everything is now."
    ),
    errors.NumberTakenError: lambda: " ".join(
        (
            _("The document has this language already. A changed text is a revision."),
            f"({_('Freeze an edition')})",  # the part of the report's page that gives it its number
        )
    ),
    errors.RestrictedError: lambda: _(
        "This edition is restricted by law. Its redacted edition is being made; release that one."
    ),
    errors.NothingToDeliverError: lambda: _(
        "There is nothing to deliver yet: release the compilation and the consolidated report first,"
        " and set the group's next meeting."
    ),
}


def _withdrawn() -> str:
    return _(
        "The document before the group was withdrawn: nothing follows it. Post a new document under its"
        " own number, freeze an edition for it, then repeat this."
    )


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str = "") -> bool:
    """Do *act* and say *done*; say what stands in the way where the procedure refuses it."""
    try:
        act()
    except errors.ReportError as error:
        messages.error(request, sentence(error))
        return False
    except documents.WithdrawnError:
        messages.error(request, _withdrawn())
        return False
    if done:
        messages.success(request, done)
    return True
