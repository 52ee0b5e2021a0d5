"""Outputs go to addressee lists (Resolution 1336 (Rev. 2019), instructs the Secretary-General).

The act puts on record what goes where; the worker puts the copies into the outbox, some at a time, and
asks again before each batch who may read the output. An address gets an output once, whoever presses
twice and on however many lists it stands.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from consulta.accounts.models import User
from consulta.groups import members, permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom import outbox
from consulta.mailroom.models import IncomingMail, OutgoingMail
from consulta.mailroom.outbox import NotMailableError
from consulta.meetings.models import Decision, Document
from consulta.notices import addressing, output_letter, outputs, recipients
from consulta.notices.models import (
    AddresseeList,
    Dissemination,
    DisseminationCopy,
    DisseminationTo,
)
from consulta.notices.outputs import Output, OutputGoneError
from consulta.notices.recipients import Recipient
from consulta.reports.models import Edition
from consulta.reports.models.group_reports import GroupReport

#: Copies put into the outbox in one transaction.
BATCH = 100
_ROWS = {Edition: "edition", GroupReport: "report", Decision: "decision", Document: "document"}
_log = logging.getLogger(__name__)


class NoListError(addressing.AddressingError):
    """Choose at least one list."""


class NotForThisListError(addressing.AddressingError):
    """What is for members goes to lists of members only. *list*: one that is none."""

    def __init__(self, kept: AddresseeList) -> None:
        super().__init__(str(kept))
        self.list = kept


class NobodyMissedError(addressing.AddressingError):
    """Everyone on the lists has it: there is nobody to whom it would go again."""


@transaction.atomic
def send(
    group: Group,
    output: Output,
    lists: Sequence[AddresseeList],
    *,
    notes: Mapping[str, str],
    now: datetime,
    by: User,
) -> Dissemination:
    """Put on record that *output* goes to *lists*, with a note by language; the worker mails it.

    Raises NotAllowedError, NoListError, NotForThisListError, ListClosedError.
    """
    permissions.require(by, Act.CONVENE, group)
    _check(group, output, lists)
    made = Dissemination(group=group, output=output.key, audience=output.audience)
    setattr(made, _ROWS[type(output.row)], output.row)
    made.notes = {code: said.strip() for code, said in notes.items() if said.strip()}
    made.begun_at, made.begun_by = now, by
    made.full_clean()
    made.save()
    for kept in lists:
        DisseminationTo.objects.create(dissemination=made, list=kept, names=kept.names)
    ledger.record("output_sent", made, by=by, shows=_shows(made))
    return made


@transaction.atomic
def send_again(sent: Dissemination, *, now: datetime, by: User) -> int:
    """Send to those missed: whose copy failed or came back, and who came to a list since.

    Return how many copies go once more; who got it gets nothing. Raises NotAllowedError,
    OutputGoneError, NobodyMissedError.
    """
    permissions.require(by, Act.CONVENE, sent.group)
    output = outputs.sent(sent)
    failed = missed(sent).filter(again_at__isnull=True)
    count = failed.update(again_at=now)
    lists = [to.list for to in sent.lists.select_related("list__group__body")]
    fresh = sum(len(one.gets) for one in recipients.reach(lists, output, now=now))
    if not count and not fresh:
        raise NobodyMissedError
    sent.lists.update(last_addressee=0, last_delegate=0)
    Dissemination.objects.filter(pk=sent.pk).update(queued_at=None)
    ledger.record("output_sent", sent, by=by, shows=_shows(sent))
    return count + fresh


def send_due(now: datetime) -> int:
    """Take every sending that is not wholly in the outbox one batch further; return how many copies."""
    waiting = Dissemination.objects.filter(queued_at__isnull=True).order_by("begun_at", "pk")
    again = DisseminationCopy.objects.filter(again_at__isnull=False)
    count = 0
    for pk in [*waiting.values_list("pk", flat=True)[:20]]:
        try:
            count += _further(pk, now)
        except IntegrityError:  # another worker wrote to the same address: the next look goes on
            _log.info("sending %s goes on at the next look", pk)
    return count + _once_more(list(again.values_list("pk", flat=True)[:BATCH]), now)


def missed(sent: Dissemination) -> QuerySet[DisseminationCopy]:
    """The copies that did not arrive: not mailable, refused for good, or come back for good."""
    came_back = IncomingMail.objects.filter(
        bounce_of=OuterRef("mail"), result__contains='"lasting": "yes"'
    )
    rows = DisseminationCopy.objects.filter(to__dissemination=sent)
    failed = Q(mail__isnull=True) | Q(mail__state=OutgoingMail.State.FAILED) | Exists(came_back)
    return rows.filter(failed).select_related("mail", "addressee", "to__list")


@transaction.atomic
def _further(pk: int, now: datetime) -> int:
    sent = Dissemination.objects.select_for_update().get(pk=pk)
    if sent.queued_at is not None:
        return 0
    count, done = 0, True
    try:
        output = outputs.sent(sent)
    except OutputGoneError:
        output = None  # withdrawn or classified meanwhile: it goes to nobody more
    for to in sent.lists.select_related("list__group__body", "dissemination__group__body"):
        if output is None or not recipients.is_open(to.list, output):
            continue
        written, finished = _to_list(to, output, now, room=BATCH - count)
        count, done = count + written, done and finished
    if done:
        sent.queued_at = now
        sent.save(update_fields=["queued_at"])
    return count


def _to_list(to: DisseminationTo, output: Output, now: datetime, *, room: int) -> tuple[int, bool]:
    """Write the next copies to a list; return how many, and whether the list is through."""
    if room <= 0:
        return 0, False
    kept, today = to.list, members.today(to.list.group.body, now)
    rows = recipients.entries(kept, now=now, after=to.last_addressee, limit=room)
    found = [recipients.of_entry(e) for e in rows if recipients.may_get(e, kept, on=today)]
    users = recipients.delegates(kept, now=now, after=to.last_delegate) if len(rows) < room else []
    users = users[: room - len(rows)]
    found += [recipients.of_user(user, kept.group.body) for user in users]
    count = _write(to, output, found, now)
    to.last_addressee = rows[-1].pk if rows else to.last_addressee
    to.last_delegate = users[-1].pk if users else to.last_delegate
    to.copies = F("copies") + count
    to.save(update_fields=["last_addressee", "last_delegate", "copies"])
    return count, len(rows) + len(users) < room


def _write(to: DisseminationTo, output: Output, found: Sequence[Recipient], now: datetime) -> int:
    """Write a copy for everyone in *found* who has none; return how many."""
    had = DisseminationCopy.objects.filter(output=output.key, email__in=[r.email for r in found])
    seen, count = set(had.values_list("email", flat=True)), 0
    for one in found:
        if one.email in seen:
            continue
        seen.add(one.email)
        DisseminationCopy.objects.create(
            to=to,
            output=output.key,
            email=one.email,
            addressee=one.addressee,
            mail=_mail(to, output, one),
            queued_at=now,
            language=one.language,
        )
        count += 1
    return count


def _mail(to: DisseminationTo, output: Output, one: Recipient) -> OutgoingMail | None:
    """Put one copy into the outbox; None where no mail can be sent to such an address."""
    message, secret = output_letter.write(to, output, one)
    try:
        return outbox.send(message, secrets=[secret], subject=to.dissemination)[0]
    except NotMailableError:
        _log.warning("sending %s: one address cannot be mailed", to.dissemination_id)
        return None


@transaction.atomic
def _once_more(pks: Sequence[int], now: datetime) -> int:
    """Write copies that were missed once more, to addresses that still stand on their lists."""
    rows = DisseminationCopy.objects.select_for_update(of=("self",)).filter(
        pk__in=pks, again_at__isnull=False
    )
    count = 0
    for copy in rows.select_related("to__list__group__body", "to__dissemination__group__body"):
        if (one := _still(copy, now)) is not None:
            copy.mail = _mail(copy.to, outputs.sent(copy.to.dissemination), one)
            copy.queued_at = now
            count += 1
        copy.again_at = None
        copy.save(update_fields=["mail", "queued_at", "again_at"])
    return count


def _still(copy: DisseminationCopy, now: datetime) -> Recipient | None:
    """Who is behind a copy, if the output may still go to the address; else None."""
    kept = copy.to.list
    try:
        output = outputs.sent(copy.to.dissemination)
    except OutputGoneError:
        return None
    if not recipients.is_open(kept, output):
        return None
    today = members.today(kept.group.body, now)
    if copy.addressee is None:
        people = recipients.delegates(kept, now=now)
        found = [recipients.of_user(user, kept.group.body) for user in people]
        return next((one for one in found if one.email == copy.email), None)
    rows = recipients.entries(kept, now=now, after=copy.addressee.pk - 1, limit=1)
    stands = [e for e in rows if e.pk == copy.addressee_id and e.email == copy.email]
    may = [recipients.of_entry(e) for e in stands if recipients.may_get(e, kept, on=today)]
    return may[0] if may else None


def _check(group: Group, output: Output, lists: Sequence[AddresseeList]) -> None:
    if not lists:
        raise NoListError
    for kept in lists:
        if kept.group_id != group.pk or kept.closed_at is not None:
            raise addressing.ListClosedError
        if not recipients.is_open(kept, output):
            raise NotForThisListError(kept)


def _shows(sent: Dissemination) -> str:
    """The public record has it where everyone may read the output."""
    return "pages" if sent.audience == outputs.PUBLIC else "none"
