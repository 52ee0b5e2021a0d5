"""What is asked about registrations: who comes, who is there, who wishes to present, how many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from consulta.core.numbering import western
from consulta.groups.models import Membership
from consulta.live.models import (
    Attendance,
    Mode,
    PresentingWish,
    Registration,
    RegistrationTerms,
)
from consulta.meetings.models import Meeting

_MOMENT = timedelta(microseconds=1)
STANDING = Q(confirmed_at__isnull=False, cancelled_at__isnull=True, reduced_at__isnull=True)
SEATED = STANDING & Q(waiting_since__isnull=True)
_KEPT = Q(cancelled_at__isnull=True, reduced_at__isnull=True)
#: How a registration stands, for filters; where none is asked for, all but the cancelled ones.
STATES: Mapping[str, Q] = {
    "seated": SEATED,
    "waiting": STANDING & Q(waiting_since__isnull=False),
    "unconfirmed": Q(confirmed_at__isnull=True, cancelled_at__isnull=True, reduced_at__isnull=True),
    "cancelled": Q(cancelled_at__isnull=False, reduced_at__isnull=True),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which registrations: words of name, organisation or address, or a number; *presence*: there, absent."""

    words: str = ""
    state: str = ""
    mode: str = ""
    group: str = ""
    presence: str = ""


@dataclass(frozen=True, slots=True)
class Wishing:
    """Who wishes to present the answer to *question* (0: all) of the response *number*.

    *is_proved*: the response came from the same address.
    """

    registration: Registration
    question: int
    number: str
    is_proved: bool


def of_meeting(meeting: Meeting, asked: Filters | None = None) -> Sequence[Registration]:
    """Return the registrations of *meeting* that are *asked* for, each with ``is_present``, by name."""
    asked = asked or Filters()
    rows = _rows(meeting).filter(STATES.get(asked.state, _KEPT))
    rows = rows.filter(_words(asked.words))
    if asked.mode:
        rows = rows.filter(mode=asked.mode)
    if asked.group:
        rows = rows.filter(stakeholder_group__slug=asked.group)
    if asked.presence:
        rows = rows.filter(is_present=asked.presence == "there")
    return list(rows)


def one(meeting: Meeting, ordinal: int) -> Registration:
    """Return the registration under this number at *meeting*. Raises Registration.DoesNotExist."""
    found: Registration = _rows(meeting).get(ordinal=ordinal, reduced_at__isnull=True)
    return found


def to_mark(meeting: Meeting, typed: str) -> Sequence[Registration]:
    """Return whom a clerk at the door may mean by *typed*: a number is one person, words may be several."""
    if not typed.strip():
        return []
    rows = _rows(meeting).filter(cancelled_at__isnull=True, reduced_at__isnull=True)
    return list(rows.filter(_words(typed))[:20])


def listed(meeting: Meeting) -> tuple[Sequence[Registration], int]:
    """Return who is named in the list of *meeting*, by name, and how many asked not to be."""
    seated = _rows(meeting).filter(SEATED)
    return list(seated.filter(is_unlisted=False)), seated.filter(is_unlisted=True).count()


def counts(meeting: Meeting) -> dict[str, int]:
    """Return how many stand in each state of STATES, in the room and remotely, and are there. One query."""
    rows = _rows(meeting).order_by()
    wanted = {name: Count("pk", filter=which) for name, which in STATES.items()}
    wanted["in_person"] = Count("pk", filter=SEATED & Q(mode=Mode.IN_PERSON))
    wanted["remote"] = Count("pk", filter=SEATED & Q(mode=Mode.REMOTE))
    wanted["there"] = Count("pk", filter=Q(is_present=True))
    return dict(rows.aggregate(**wanted))


def of_memberships(
    meeting: Meeting, memberships: Iterable[Membership]
) -> dict[int, list[Registration]]:
    """Return who of *memberships* is registered for *meeting*, by the membership's id. One query."""
    found: dict[int, list[Registration]] = {one.pk: [] for one in memberships}
    for row in _rows(meeting).filter(STANDING, membership__in=found):
        found[row.membership_id or 0].append(row)
    return found


def registered_of(meetings: Iterable[Meeting], memberships: Iterable[Membership]) -> dict[int, int]:
    """Return how many of *memberships* are registered for each of *meetings*, by its id. One query."""
    rows = Registration.objects.filter(
        STANDING, meeting__in=list(meetings), membership__in=list(memberships)
    )
    counted = rows.order_by().values_list("meeting").annotate(count=Count("pk"))
    return dict(counted)


def with_terms(meetings: Iterable[Meeting]) -> set[int]:
    """Return the ids of those of *meetings* for which one registers. One query."""
    rows = RegistrationTerms.objects.filter(meeting__in=list(meetings))
    return set(rows.values_list("meeting_id", flat=True))


def wishing_to_present(meeting: Meeting) -> Sequence[Wishing]:
    """Return who of those who stand wishes to present at *meeting*, by question, the first to ask first."""
    rows = PresentingWish.objects.filter(
        registration__meeting=meeting,
        registration__confirmed_at__isnull=False,
        registration__cancelled_at__isnull=True,
    ).select_related("registration__stakeholder_group", "registration__organisation")
    return [
        Wishing(row.registration, row.question, row.response_number, row.is_proved)
        for row in rows.order_by("question", "asked_at", "pk")
    ]


def boundaries(now: datetime) -> list[datetime]:
    """Return the instants, a year around *now*, at which registration opens or has closed."""
    rows = RegistrationTerms.objects.values_list("opens_at", "closes_at")
    turning = (at for opens, closes in rows for at in (opens, closes + _MOMENT))
    return sorted(at for at in turning if abs(at - now) < timedelta(days=366))


def _rows(meeting: Meeting) -> Any:
    there = Attendance.objects.filter(registration=OuterRef("pk"), taken_back_at__isnull=True)
    rows = Registration.objects.filter(meeting=meeting).annotate(is_present=Exists(there))
    return rows.select_related(
        *("stakeholder_group", "organisation", "membership__state", "membership__organisation"),
        *("meeting__group__body", "user"),
    ).order_by("name", "ordinal")


def _words(typed: str) -> Q:
    """A number, in the digits of any script, is that registration; words are all looked for."""
    number = western(typed.strip())
    if number.isascii() and number.isdigit() and len(number) < 10:
        return Q(ordinal=int(number))
    found = Q()
    for word in typed.split():
        found &= (
            Q(name__icontains=word)
            | Q(organisation_name__icontains=word)
            | Q(email__icontains=word)
        )
    return found
