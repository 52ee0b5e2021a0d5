"""Mails at the desk: the shelves as tabs, a letter as a page shows it, and sorting it otherwise."""

from collections import Counter
from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from consulta.accounts import queries as account_queries
from consulta.consultations import queries as consultation_queries
from consulta.core.lifecycle import StepNotAllowedError
from consulta.flow.letters import sorting
from consulta.flow.letters.sorting import ConsultationMissingError, NotSortableError
from consulta.mailroom import incoming, letterbox, quotes, shelves
from consulta.mailroom import wording as mail_words
from consulta.mailroom.models import IncomingMail
from consulta.mailroom.post import Letter, UnreadableLetterError
from consulta.mailroom.quotes import Passage
from consulta.mailroom.reading.beside import Beside
from consulta.mailroom.spool import SpoolFullError
from consulta.responses import errors as responding
from consulta.responses.models import Response
from consulta.web.desk import page, refusals
from consulta.web.ui.parts import Link

#: Quotations of fewer lines are shown as they stand.
FOLDED = 3
TABS: dict[str, Promise] = {
    shelves.PERSON: pgettext_lazy("mails", "For a person"),
    "": pgettext_lazy("mails", "All"),
    IncomingMail.Kind.RESPONSE: pgettext_lazy("mails", "Responses"),
    IncomingMail.Kind.VERSION: pgettext_lazy("mails", "New versions"),
    IncomingMail.Kind.CONFIRMATION: pgettext_lazy("mails", "Confirmations"),
    IncomingMail.Kind.ENQUIRY: pgettext_lazy("mails", "Enquiries"),
    IncomingMail.Kind.POST: pgettext_lazy("mails", "Posts to lists"),
    IncomingMail.Kind.COMMAND: pgettext_lazy("mails", "Subscriptions"),
    IncomingMail.Kind.SPAM: pgettext_lazy("mails", "Spam"),
    IncomingMail.Kind.ROBOT: pgettext_lazy("mails", "From programs"),
    shelves.BOUNCED: pgettext_lazy("mails", "Came back"),
    shelves.REPEATED: pgettext_lazy("mails", "Sent twice"),
    shelves.WAITING: pgettext_lazy("mails", "Not opened yet"),
}
#: What a person can say that a mail is.
ACTS: dict[str, Promise] = {
    IncomingMail.Kind.RESPONSE: gettext_lazy("It is a response"),
    IncomingMail.Kind.ENQUIRY: gettext_lazy("It is an enquiry"),
    IncomingMail.Kind.SPAM: gettext_lazy("It is spam"),
    IncomingMail.Kind.ROBOT: gettext_lazy("A program sent it"),
}
REFUSED = (
    NotSortableError,
    ConsultationMissingError,
    StepNotAllowedError,
    SpoolFullError,
    UnreadableLetterError,
    letterbox.NotALetterError,
    OSError,
    responding.ResponseError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A letter as its page shows it: words in passages, and what to know before believing them."""

    passages: tuple[Passage, ...]
    files: tuple[tuple[str, int], ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: what a mail is to be sorted as; *confirm*: what a second press has to confirm."""

    to: str
    label: str
    confirm: str = ""


class ConsultationForm(forms.Form):
    """To which consultation a mail is a response, where its address names none."""

    number = forms.TypedChoiceField(label=gettext_lazy("Consultation"), coerce=int)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        found = consultation_queries.visible(timezone.now())[:200]
        self.fields["number"].choices = [  # type: ignore[attr-defined]
            (each.number, f"{each.number}: {page.topic(each)}")
            for each in found
            if not each.is_record
        ]


def tabs(chosen: str) -> list[Link]:
    """The shelves that hold something, with how many, and the chosen one."""
    counts = shelves.counts()
    return [
        Link(label=str(label), href=f"?kind={shelf}", current=shelf == chosen, count=counts[shelf])
        for shelf, label in TABS.items()
        if counts[shelf] or shelf in ("", shelves.PERSON, chosen)
    ]


def shown(letter: Letter) -> Shown:
    """What the page of *letter* shows of it."""
    return Shown(
        passages=tuple(_folded(quotes.passages(letter.text))) if letter.text else (),
        files=tuple((file.name, len(file.data)) for file in letter.enclosures),
        remarks=tuple(_remarks(letter)),
    )


def choices(mail: IncomingMail) -> list[Choice]:
    """What *mail* can be sorted as now; nothing while it waits, or where it belongs to a response."""
    waits = mail.state == IncomingMail.State.WAITING
    if waits or mail.kind not in (*sorting.KINDS, ""):
        return []
    taken_out = _(
        "It leaves the balance. Its number stays in the register, with the word that it is no"
        " response. You can undo this."
    )
    confirm = taken_out if mail.kind == IncomingMail.Kind.RESPONSE else ""
    others = (kind for kind in sorting.KINDS if kind != mail.kind)
    return [Choice(kind, str(ACTS[kind]), confirm) for kind in others]


def can_be_settled(mail: IncomingMail) -> bool:
    """Whether a person may say that *mail* has been taken care of."""
    return bool(mail.kind) and mail.state in incoming.FOR_A_PERSON


def needs_consultation(mail: IncomingMail, responses: list[Response]) -> bool:
    """Whether a person has to say to which consultation *mail* would be a response."""
    named = any(letterbox.consultation_number(to) for to in mail.envelope_recipients)
    return not named and not responses


def history(mail: IncomingMail) -> list[tuple[str, str, object]]:
    """What officers decided about *mail*: what it was taken for, by whom, when."""
    rows = list(mail.sortings.all())
    people = account_queries.named(_person(row.by) for row in rows)
    return [
        (str(mail_words.KINDS[row.after]), people.get(_person(row.by), ""), row.at) for row in rows
    ]


def refusal(error: Exception) -> str:
    """Say why a mail could not be sorted so, and what to do."""
    if isinstance(error, NotSortableError):
        return _("This mail stands otherwise by now; look at it again.")
    if isinstance(error, ConsultationMissingError):
        return _("Choose the consultation to which it is a response.")
    if isinstance(error, StepNotAllowedError):
        return _(
            "The response was decided or published already. Act on its own page; the mail stays"
            " what it is."
        )
    if isinstance(error, responding.NotByMailError):
        return _(
            "It is a response through a discussion list: decide it on the response's own page."
        )
    if isinstance(error, responding.ResponseError) and type(error) in refusals.SENTENCES:
        return refusals.sentence(error)
    if isinstance(error, responding.ResponseError):
        return _("The consultation takes no responses: it is not open yet, or was cancelled.")
    return _("The letter cannot be opened here. Download it, and enter the response at the desk.")


def _person(by: str) -> int:
    return int(by.removeprefix("user:"))


def _folded(passages: list[Passage]) -> list[Passage]:
    """Short quotations stand as they are."""
    return [Passage(p.text, p.quoted and p.lines >= FOLDED) for p in passages]


def _remarks(letter: Letter) -> list[str]:
    said = {
        _(
            "Its character set was not named, or named wrong, and was guessed: words may be wrong."
        ): (letter.guessed),
        _("Not all of it could be read. The letter as it came holds the rest."): letter.cut,
        _("It is encrypted: ask its sender for it in plain words."): letter.sealed,
        _("It was sent to many, so that it was not answered."): letter.bulk,
        _("A filter on its way called it spam."): letter.spam,
        _("It names several senders; none of them is believed."): letter.senders > 1,
        _(
            "It holds words that its reader may not see (hidden, without size, or in the colour beneath"
            " them). What surely is unseen was left out here; the letter as it came holds everything."
        ): letter.hidden,
    }
    return [sentence for sentence, holds in said.items() if holds] + _beside(letter)


def _beside(letter: Letter) -> list[str]:
    """What came with the letter and is no file of its sender's: it is not published."""
    counted = Counter(what for what, _name in letter.beside)
    found = {
        Beside.CALENDAR: ngettext(
            "%(n)s calendar entry came with it, which is not published; the letter as it came holds it.",
            "%(n)s calendar entries came with it, which are not published; the letter as it came holds"
            " them.",
            counted[Beside.CALENDAR],
        ),
        Beside.PICTURE: ngettext(
            "%(n)s small picture stands in its text, probably a logo, and is not published; the letter"
            " as it came holds it.",
            "%(n)s small pictures stand in its text, probably logos, and are not published; the letter"
            " as it came holds them.",
            counted[Beside.PICTURE],
        ),
    }
    return [said % {"n": counted[what]} for what, said in found.items() if counted[what]]
