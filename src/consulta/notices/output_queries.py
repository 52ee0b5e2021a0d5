"""What is asked about lists of addressees and what went to them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from consulta.groups.models import Group
from consulta.mailroom.models import OutgoingMail
from consulta.notices import disseminating, outputs
from consulta.notices.models import (
    Addressee,
    AddresseeList,
    Dissemination,
    DisseminationCopy,
    DisseminationTo,
)

#: Addresses and copies that a page shows.
PAGE = 300


@dataclass(frozen=True, slots=True)
class Kept:
    """A list with how many stand on it, and how many of them have not confirmed."""

    list: AddresseeList
    standing: int
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class Copies:
    """How many copies of a sending there are, how many wait, and which did not arrive."""

    total: int
    waiting: int
    missed: Sequence[DisseminationCopy]


def lists(group: Group, *, closed: bool = False) -> list[Kept]:
    """Return the lists of *group* with their counts; closed ones only if asked for. One query."""
    rows = AddresseeList.objects.filter(group=group).select_related("group__body")
    rows = rows if closed else rows.filter(closed_at__isnull=True)
    standing = Q(entries__ended_at__isnull=True, entries__isnull=False)
    counted = rows.annotate(
        standing=Count("entries", filter=standing),
        waiting=Count("entries", filter=standing & Q(entries__confirmed_at__isnull=True)),
    )
    return [Kept(row, row.standing, row.waiting) for row in counted]


def one_list(pk: int) -> AddresseeList:
    """Return a list with its group. Raises AddresseeList.DoesNotExist."""
    return AddresseeList.objects.select_related("group__body").get(pk=pk)


def entries(kept: AddresseeList) -> list[Addressee]:
    """Return the addresses of a list, those that stand first, at most PAGE. Two queries."""
    rows = Addressee.objects.filter(list=kept)
    rows = rows.select_related("membership__state", "membership__organisation", "list__group__body")
    return list(rows.order_by("ended_at", "email")[:PAGE])


def entry(pk: int) -> Addressee:
    """Return one address with its list. Raises Addressee.DoesNotExist."""
    return Addressee.objects.select_related("list__group__body").get(pk=pk)


def sendings(group: Group, shown: Collection[str]) -> list[Dissemination]:
    """Return what *group* sent out and readers of *shown* may know of, the latest first. Four queries."""
    lists_of = DisseminationTo.objects.select_related("list")
    rows = Dissemination.objects.filter(group=group, audience__in=shown)
    rows = rows.select_related("edition__consultation", "report__document", "decision__meeting")
    rows = rows.select_related("document__meeting", "group__body").defer("edition__content")
    return list(rows.prefetch_related(Prefetch("lists", lists_of), "report__heads"))


def sending(pk: int) -> Dissemination:
    """Return one sending with its lists. Raises Dissemination.DoesNotExist."""
    rows = Dissemination.objects.select_related("group__body", "begun_by").prefetch_related("lists")
    return rows.get(pk=pk)


def copies(sent: Dissemination) -> Copies:
    """Return what became of the copies of a sending. Three queries."""
    rows = DisseminationCopy.objects.filter(to__dissemination=sent)
    waiting = rows.filter(mail__state=OutgoingMail.State.QUEUED).count()
    missed = list(disseminating.missed(sent)[:PAGE])
    return Copies(rows.count(), waiting, missed)


def is_shown(sent: Dissemination) -> bool:
    """Say whether the output is still for whom it was sent: else its title is left out of the record."""
    try:
        return outputs.sent(sent).audience in (sent.audience, outputs.PUBLIC)
    except outputs.OutputGoneError:
        return False
