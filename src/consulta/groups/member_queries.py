"""What is asked about members: who they are, who acts for them, who holds which office, on which norms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from consulta.groups.models import (
    Delegate,
    Group,
    Instrument,
    MandateBasis,
    Membership,
    Officeholder,
)
from consulta.stakeholders.models import Organisation


def of_group(group: Group) -> Sequence[Membership]:
    """Return every membership of *group*, ended ones too, with names of states. Two queries."""
    rows = Membership.objects.filter(group=group).select_related(
        "group__body", "state", "organisation"
    )
    return list(rows.prefetch_related("state__entered_names"))


def running(group: Group, *, on: date) -> list[Membership]:
    """Return the memberships of *group* that run on the day *on*. Two queries."""
    return [membership for membership in of_group(group) if membership.runs(on)]


def membership(pk: int) -> Membership:
    """Return one membership, ended or not, with its group and body. Raises Membership.DoesNotExist."""
    rows = Membership.objects.select_related("group__body", "state", "organisation")
    return rows.prefetch_related("state__entered_names").get(pk=pk)


def membership_of(group: Group, pk: int) -> Membership:
    """Return one membership of *group*. Raises Membership.DoesNotExist."""
    found = membership(pk)
    if found.group_id != group.pk:
        raise Membership.DoesNotExist(pk)
    return found


def delegates(membership: Membership) -> Sequence[Delegate]:
    """Return everyone who ever acted for *membership*, with their accounts, the latest last."""
    rows = Delegate.objects.filter(membership=membership).select_related("user", "invited_by")
    found = list(rows)
    for row in found:
        row.membership = membership
    return found


def delegate_of(membership: Membership, pk: int) -> Delegate:
    """Return one place in the delegation of *membership*. Raises Delegate.DoesNotExist."""
    found = Delegate.objects.select_related("user").get(membership=membership, pk=pk)
    found.membership = membership
    return found


@dataclass(frozen=True, slots=True)
class Count:
    """How many act for a member today, and how many of them manage the delegation."""

    delegates: int = 0
    administrators: int = 0


def have_places(organisations: Iterable[Organisation]) -> bool:
    """Say whether one of *organisations* has, or had, a place in a group."""
    return Membership.objects.filter(organisation__in=[each.pk for each in organisations]).exists()


def counts(memberships: Iterable[Membership], *, on: date) -> dict[int, Count]:
    """Return for each of *memberships* how many act for it on the day *on*, by its id. One query."""
    known = {membership.pk: membership for membership in memberships}
    found = {pk: Count() for pk in known}
    for row in Delegate.objects.filter(membership__in=known, ended_at__isnull=True):
        row.membership = known[row.membership_id]
        if row.runs(on):
            before = found[row.membership_id]
            manages = row.role == Delegate.Role.ADMINISTRATOR
            found[row.membership_id] = Count(
                before.delegates + 1, before.administrators + int(manages)
            )
    return found


def officeholders(group: Group) -> Sequence[Officeholder]:
    """Return everyone who holds or held an office of *group*: chair first, each office by its terms."""
    order = {office: place for place, office in enumerate(Officeholder.Office.values)}
    rows = Officeholder.objects.filter(group=group).select_related("state", "user", "group")
    held = list(rows.prefetch_related("state__entered_names"))
    return sorted(held, key=lambda row: (order[row.office], row.since_on or date.min, row.pk))


def officeholder(group: Group, pk: int) -> Officeholder:
    """Return one term of an office of *group*. Raises Officeholder.DoesNotExist."""
    return Officeholder.objects.select_related("group").get(group=group, pk=pk)


def bases(group: Group) -> list[tuple[MandateBasis, list[Instrument]]]:
    """Return the instruments on which the mandate stands, each with all editions of its norm, newest first.

    Two queries.
    """
    rows = list(MandateBasis.objects.filter(group=group).select_related("instrument"))
    norms = {row.instrument.norm for row in rows if row.instrument.norm}
    editions: dict[str, list[Instrument]] = {}
    known = Instrument.objects.filter(body=group.body_id, norm__in=norms).order_by("-position")
    for edition in known:
        editions.setdefault(edition.norm, []).append(edition)
    return [
        (row, editions.get(row.instrument.norm, [row.instrument]) or [row.instrument])
        for row in rows
    ]


def boundaries(now: datetime) -> list[datetime]:
    """Return the midnights, a year around *now*, at which a public page of a group changes by itself.

    A membership, a term of an office or a mandate begins or has ended on that day.
    """
    found: set[datetime] = set()
    for group in Group.objects.select_related("body"):
        days = [(group.mandate_begins_on, group.mandate_ends_on)]
        for rows in (Membership.objects, Officeholder.objects):
            days += rows.filter(group=group).values_list("since_on", "until_on").distinct()
        zone = ZoneInfo(group.body.timezone)
        for first, last in days:
            turning = (first, last + timedelta(days=1) if last else None)
            midnights = (datetime.combine(day, time(), zone) for day in turning if day)
            found.update(one for one in midnights if abs(one - now) < timedelta(days=366))
    return sorted(found)
