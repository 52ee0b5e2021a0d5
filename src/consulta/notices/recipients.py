"""Who gets an output: the addresses of its lists that may be written to, and what each may get.

Deny by default: what is for members goes to lists of members alone, and there to addresses whose member
has its place in the group today, and to its delegates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from consulta.accounts.models import User
from consulta.core.languages import public_code
from consulta.groups import members
from consulta.groups.models import Body
from consulta.notices.models import Addressee, AddresseeList, DisseminationCopy, MemberNotice
from consulta.notices.outputs import Output


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets a copy: by an entry of a list, or as a delegate."""

    email: str
    name: str
    language: str
    addressee: Addressee | None = None
    user: User | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an output would reach through one list: who gets it, who has it, why the others do not.

    *shut*: the list gets nothing of what is for members.
    """

    list: AddresseeList
    gets: Sequence[Recipient]
    has: int
    unconfirmed: int
    ended: int
    shut: bool = False

    def languages(self) -> dict[str, int]:
        """How many get it in each language."""
        found: dict[str, int] = {}
        for one in self.gets:
            found[one.language] = found.get(one.language, 0) + 1
        return dict(sorted(found.items()))


def is_open(kept: AddresseeList, output: Output) -> bool:
    """Say whether *output* may go to the list at all."""
    return kept.closed_at is None and (output.is_public or kept.sort == AddresseeList.Sort.MEMBERS)


def entries(
    kept: AddresseeList, *, now: datetime, after: int = 0, limit: int | None = None
) -> list[Addressee]:
    """Return the entries after the id *after* that may be written to, at most *limit* looked at.

    Whoever has not confirmed is not among them; nor, on a list of members, whose place has ended.
    """
    rows = Addressee.objects.filter(list=kept, pk__gt=after, ended_at__isnull=True)
    rows = rows.filter(confirmed_at__lte=now).select_related("membership__group__body")
    return list(rows.order_by("pk")[:limit])


def may_get(entry: Addressee, kept: AddresseeList, *, on: date) -> bool:
    """Say whether an entry gets anything today: of a member whose place has ended, it gets nothing."""
    if entry.membership is not None:
        return entry.membership.runs(on)
    return kept.sort != AddresseeList.Sort.MEMBERS


def delegates(kept: AddresseeList, *, now: datetime, after: int = 0) -> list[User]:
    """Return the delegates and officeholders with an id after *after* whom the list reaches."""
    if not kept.has_delegates:
        return []
    refused = MemberNotice.objects.filter(group=kept.group, choice=MemberNotice.Choice.NONE)
    no_mail = set(refused.values_list("user", flat=True))
    people = members.people_of(kept.group, now=now)
    return [user for user in people if user.pk > after and user.pk not in no_mail]


def of_entry(entry: Addressee) -> Recipient:
    """An entry as somebody who gets a copy."""
    return Recipient(entry.email, entry.name, entry.language, addressee=entry)


def of_user(user: User, body: Body) -> Recipient:
    """A delegate as somebody who gets a copy: in the own language if the body speaks it."""
    own, spoken = public_code(user.language), body.languages
    language = own if not spoken or own in spoken else str(spoken[0])
    return Recipient(user.email.lower(), user.name, language, user=user)


def reach(lists: Sequence[AddresseeList], output: Output, *, now: datetime) -> list[Reach]:
    """Return whom *output* would reach now, list by list; who stands on two is counted on the first."""
    had = DisseminationCopy.objects.filter(output=output.key)
    seen = set(had.values_list("email", flat=True))
    return [_reach(kept, output, seen, now) for kept in lists]


def _reach(kept: AddresseeList, output: Output, seen: set[str], now: datetime) -> Reach:
    """Whom it would reach through one list; adds them to *seen*."""
    rows = Addressee.objects.filter(list=kept)
    ended = rows.filter(ended_at__isnull=False).count()
    unconfirmed = rows.filter(ended_at__isnull=True, confirmed_at__isnull=True).count()
    if not is_open(kept, output):
        return Reach(kept, (), 0, unconfirmed, ended, shut=True)
    today = members.today(kept.group.body, now)
    found = [of_entry(e) for e in entries(kept, now=now) if may_get(e, kept, on=today)]
    found += [of_user(user, kept.group.body) for user in delegates(kept, now=now)]
    gets = {one.email: one for one in found if one.email not in seen}
    has = len({one.email for one in found}) - len(gets)
    seen.update(gets)
    return Reach(kept, list(gets.values()), has, unconfirmed, ended)
