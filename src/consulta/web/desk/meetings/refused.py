"""Why an act on a meeting or its agenda was refused, in a sentence that says how to mend it."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consulta.flow import agenda as flow_agenda
from consulta.flow import agenda_open, agenda_paper
from consulta.mailroom import spool
from consulta.meetings import agenda, describing, matters, slots
from consulta.meetings.moving import MoveNeedsReasonError
from consulta.reports.renderers.render import LayoutFailedError
from consulta.web.ui.templatetags.ui import written

_PLAIN: dict[type[Exception], Callable[[], str]] = {
    agenda.ItemNumberError: lambda: _("Write a number such as 3 or 3.1."),
    agenda.ItemNumberTakenError: lambda: _(
        "Another item of this agenda has that number. Choose another one."
    ),
    agenda.TitleMissingError: lambda: _("Write a title in one language at least."),
    agenda.ReasonForChangeError: lambda: _("The agenda is published: say why it is changed."),
    agenda.PublishedError: lambda: _(
        "The agenda is published. Change its items one by one; each change stays on record."
    ),
    matters.LeftOutWithoutReasonError: lambda: _(
        "Say why the matter is left out: members of the group read it."
    ),
    matters.OnTheAgendaError: lambda: _(
        "The matter stands on the agenda. Take its item off first."
    ),
    flow_agenda.NotDueError: lambda: _(
        "The record changed meanwhile: this matter does not come back to the meeting any more."
    ),
    slots.NoHoursError: lambda: _(
        "Say first on which days and from when until when the meeting sits: under Particulars."
    ),
    agenda_open.NothingToDraftError: lambda: _(
        "No consultation comes to this meeting, or each of its questions has an item already."
    ),
    agenda_paper.NotPublishedError: lambda: _(
        "Publish the agenda first. Then it can be posted as a document."
    ),
    LayoutFailedError: lambda: _("The file could not be laid out. Its number is kept; try again."),
    spool.SpoolFullError: lambda: _(
        "There is no room left on the disk. Tell whoever runs this installation."
    ),
    agenda.NothingToPublishError: lambda: _("The agenda has no item yet. Add one first."),
    agenda.ChangedMeanwhileError: lambda: _(
        "Somebody else changed this item while you wrote. What you typed still stands here; compare"
        " it with the item as it is now, below, and save again."
    ),
    describing.CancelledError: lambda: _("The meeting was cancelled. Convene another one."),
    describing.EndsBeforeItBeginsError: lambda: _(
        "The last hour comes before the first. Correct one of them."
    ),
    describing.UnknownZoneError: lambda: _(
        "There is no time zone of this name. Write such as Europe/Zurich or Asia/Dubai."
    ),
    MoveNeedsReasonError: lambda: _("Say why: the reason stays on record."),
}
REFUSED: tuple[type[Exception], ...] = (
    *(*_PLAIN, describing.PartTooEarlyError, agenda_paper.StandsAlreadyError),
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
    if isinstance(error, agenda_paper.StandsAlreadyError):
        said = _("The agenda stands in this language already, as %(number)s.")
        return said % {"number": error.number}
    if isinstance(error, describing.PartTooEarlyError):
        if error.after is None:
            return _("The meeting has no dates yet. Set them before it is split.")
        day = {"day": written(error.after, True)}
        return _("The part before lasts until %(day)s. Choose a later first day.") % day
    return _PLAIN[type(error)]()
