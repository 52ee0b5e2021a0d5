"""Sorting: an officer takes a mail for something else than it was taken for. Each can be undone."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions as consultation_permissions
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.flow import journey
from consulta.flow.letters import responding
from consulta.flow.letters.opened import Opened
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom import incoming, letterbox
from consulta.mailroom.models import IncomingMail, MailSorting
from consulta.responses import sorting
from consulta.responses.models import Response

Kind = IncomingMail.Kind
#: What a mail can be sorted as; confirmations and versions belong to a response already.
KINDS = (Kind.RESPONSE, Kind.ENQUIRY, Kind.SPAM, Kind.ROBOT)
_SORTABLE = frozenset({*KINDS, ""})


class NotSortableError(Exception):
    """This mail is not opened yet, or belongs to a response already, or is that already."""


class ConsultationMissingError(Exception):
    """To become a response, a mail needs a consultation that takes responses."""


@transaction.atomic
def sort(
    mail: IncomingMail,
    *,
    to: str,
    by: User,
    opened: Opened | None = None,
    number: int | None = None,
) -> MailSorting:
    """Take *mail* for what *to* says. To become a response it has to be *opened*.

    *number*: of the consultation, where the mail's own address names none. Raises NotSortableError,
    ConsultationMissingError, and what moving or registering the response raises.
    """
    permissions.require(by, Act.SEE_POST, None)
    mail = IncomingMail.objects.select_for_update().get(pk=mail.pk)
    waits = mail.state == IncomingMail.State.WAITING
    if waits or mail.kind not in _SORTABLE or to not in KINDS or mail.kind == to:
        raise NotSortableError(mail.kind)
    if mail.state == IncomingMail.State.REPEATED:
        opened = _by_itself(mail, opened)
    before, response = mail.kind, None
    if to == Kind.RESPONSE:
        response = _become(mail, opened, by=by, number=number)
    elif before == Kind.RESPONSE:
        response = _cease(mail, by=by)
    return _note(mail, to, response, by=by)


@transaction.atomic
def taken_care_of(mail: IncomingMail, *, by: User) -> MailSorting:
    """Note that nobody has to look at *mail* any more: it is what it was taken for, and was answered.

    Raises NotSortableError for one that waits for nobody, or of which nobody said what it is.
    """
    permissions.require(by, Act.SEE_POST, None)
    mail = IncomingMail.objects.select_for_update().get(pk=mail.pk)
    if mail.state not in incoming.FOR_A_PERSON or not mail.kind:
        raise NotSortableError(mail.kind)
    return _note(mail, mail.kind, None, by=by)


def responses_of(mail: IncomingMail) -> list[Response]:
    """What this mail became, or was before it was set aside; one for each consultation."""
    source = f"mailroom.incomingmail:{mail.pk}"
    rows = Response.objects.filter(source_id=source).select_related("consultation", "respondent")
    return list(rows.order_by("pk"))


def last(mail: IncomingMail) -> MailSorting | None:
    """What an officer decided last about *mail*, to be undone; None where nobody did."""
    return mail.sortings.order_by("pk").last()


def _by_itself(mail: IncomingMail, opened: Opened | None) -> Opened | None:
    """A letter that was taken for one sent twice is no other's: it counts by itself."""
    incoming.count_by_itself(mail)
    if opened is None:
        return None
    return replace(opened, mail=mail, letter=replace(opened.letter, key=mail.key))


def _cease(mail: IncomingMail, *, by: User) -> Response | None:
    """Every response that the mail became is set aside."""
    found = [each for each in responses_of(mail) if each.state != State.SET_ASIDE]
    for response in found:
        sorting.set_aside(response, by=by)
    return found[0] if found else None


def _become(mail: IncomingMail, opened: Opened | None, *, by: User, number: int | None) -> Response:
    """The response that the mail was before, else a new one from the instant of its arrival."""
    earlier = [each for each in responses_of(mail) if each.state == State.SET_ASIDE]
    for response in earlier:
        sorting.take_back(response, by=by)
    if earlier:
        return earlier[0]
    consultation = _consultation(mail, number)
    if consultation is None or opened is None:
        raise ConsultationMissingError
    consultation_permissions.require(by, Act.MODERATE, consultation)
    made = responding.submission(opened, consultation)
    given = journey.submission_arrives(made, by_mail=responding.answerable(opened, made.sender))
    odd = responding.reasons_to_look(opened, consultation)
    responding.hold(given.number, (reason for reason in odd if reason == responding.UNLISTED))
    return Response.objects.get(number=given.number)


def _consultation(mail: IncomingMail, number: int | None) -> Consultation | None:
    named = [number, *map(letterbox.consultation_number, mail.envelope_recipients)]
    found = (consultations.by_number(each) for each in named if each)
    return next((each for each in found if each is not None), None)


def _note(mail: IncomingMail, to: str, response: Response | None, *, by: User) -> MailSorting:
    """Write it down, and that nobody has to look at the mail any more."""
    noted = MailSorting.objects.create(
        mail=mail,
        before=mail.kind,
        after=to,
        number=response.number if response else "",
        at=timezone.now(),
        by=f"user:{by.pk}",
    )
    mail.kind, mail.state = to, IncomingMail.State.PROCESSED
    mail.save(update_fields=["kind", "state", "key"])
    ledger.record("mail_sorted", mail, by=by)
    return noted
