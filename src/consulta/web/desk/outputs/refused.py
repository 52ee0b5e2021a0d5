"""Why an act on a list or a sending was refused, in a sentence that says how to mend it."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consulta.mailroom.outbox import NotMailableError
from consulta.notices import addressing, disseminating, importing
from consulta.notices.importing import ImportRefusedError, RowSlip, Slip
from consulta.notices.outputs import OutputGoneError

_PLAIN: dict[type[Exception], Callable[[], str]] = {
    addressing.NameMissingError: lambda: _(
        "Write the name of the list in one language at least: it stands in the public record."
    ),
    addressing.ListedAlreadyError: lambda: _("This address is on the list already."),
    addressing.MemberMissingError: lambda: _(
        "Choose the member that the address belongs to: what is for members goes to nobody else."
    ),
    addressing.EndedItselfError: lambda: _(
        "The reader of this address ended the mails. Choose “confirmed by a mailed link”: the reader"
        " decides by a button."
    ),
    addressing.ListClosedError: lambda: _("The list is closed. Choose or make another one."),
    disseminating.NoListError: lambda: _("Choose at least one list."),
    disseminating.NotForThisListError: lambda: _(
        "This output is for members: it goes to lists of members alone. Take the other lists out."
    ),
    disseminating.NobodyMissedError: lambda: _("Everyone on the lists has it. Nothing was sent."),
    OutputGoneError: lambda: _(
        "It was withdrawn, or classified for the secretariat, meanwhile. Nothing was sent."
    ),
    NotMailableError: lambda: _("No mail can be sent to this address. Correct it."),
    importing.NoAddressColumnError: lambda: _(
        "No column is headed “email”. Name the columns in the first row: email, name, language, member."
    ),
    importing.TooManyRowsError: lambda: _(
        "The table has more than 5000 rows. Divide it into several."
    ),
}
_SLIPS: dict[Slip, Callable[[], str]] = {
    Slip.ADDRESS: lambda: _("Row %(row)s: “%(part)s” is no e-mail address."),
    Slip.TWICE: lambda: _("Row %(row)s: “%(part)s” stands twice in the table."),
    Slip.LISTED: lambda: _("Row %(row)s: “%(part)s” is on the list already."),
    Slip.LANGUAGE: lambda: _("Row %(row)s: “%(part)s” is no language that the body speaks."),
    Slip.MEMBER_UNKNOWN: lambda: _(
        "Row %(row)s: “%(part)s” is no member of the group today. Write the two letters of the state,"
        " or the name of the organisation."
    ),
    Slip.MEMBER_MISSING: lambda: _(
        "Row %(row)s: name the member that “%(part)s” belongs to, in a column “member”."
    ),
    Slip.ENDED_ITSELF: lambda: _(
        "Row %(row)s: the reader of “%(part)s” ended the mails; only a mailed link begins them again."
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
    return ""


def sentence(error: Exception) -> str:
    """Say what *error* means for the person at the desk."""
    return _PLAIN[type(error)]()


def rows(error: ImportRefusedError) -> list[str]:
    """What is wrong with each row, in words."""
    return [_row(slip) for slip in error.slips]


def _row(slip: RowSlip) -> str:
    return _SLIPS[slip.slip]() % {"row": slip.number, "part": slip.part}
