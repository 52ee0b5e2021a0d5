"""Why an act on a decision or a follow-up was refused, in a sentence that says how to mend it."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consulta.mailroom.outbox import NotMailableError
from consulta.meetings import asking, deciding
from consulta.web.desk import refusals

_PLAIN: dict[type[Exception], Callable[[], str]] = {
    deciding.WordsMissingError: lambda: _("Write it in one language at least."),
    deciding.ChangeNeedsReasonError: lambda: _(
        "Say why the decision is amended or reversed: the reason stays on record."
    ),
    deciding.ChangedAlreadyError: lambda: _(
        "A later decision changed this one already. Change the later one."
    ),
    deciding.OtherGroupError: lambda: _(
        "This belongs to another group. Choose a meeting of the group that decided."
    ),
    deciding.SettledProposalError: lambda: _(
        "A proposal was settled or withdrawn meanwhile. Load the page again and look at the list."
    ),
    deciding.ViewsNeedDisagreementError: lambda: _(
        "Views are set out where there was no consensus. Choose “No consensus”, or empty the views."
    ),
    asking.NobodyAskedError: lambda: _("Choose at least one office."),
    asking.InvitationDueError: lambda: _(
        "An invitation is never due. Leave the day empty, or choose “requested”."
    ),
    asking.TwoDuesError: lambda: _("Choose a day, or the next report; not both."),
    asking.NoteMissingError: lambda: _("Say in the note what was done, or why it was not done."),
    asking.NotAboutReportError: lambda: _("This follow-up asks for nothing in a report."),
    asking.SourceMissingError: lambda: _(
        "Name the instrument and the paragraph that lay the duty down."
    ),
    deciding.MeetingOverError: lambda: _("This meeting is over or cancelled. Choose another one."),
    deciding.NotItsContributionError: lambda: _("Choose a contribution of the member itself."),
    asking.ParagraphMissingError: lambda: _("Name the paragraph of the report that covers it."),
    NotMailableError: lambda: _(
        "An office has an address to which no mail can be sent. Correct it in the list of offices."
    ),
}


def refusal(act: Callable[[], object]) -> str:
    """Do *act*; return empty, or the sentence that says why it was refused and how to mend it."""
    try:
        act()
    except ValidationError as error:
        return " ".join(error.messages)
    except tuple(_PLAIN) as error:
        return _PLAIN[type(error)]()
    except refusals.REFUSED as error:
        return refusals.sentence(error)
    return ""
