"""Who edits a question: what the pages show of its lock, and what this person may do about it."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.http import HttpRequest

from consulta.groups.permissions import Act
from consulta.reports import locking
from consulta.reports.models import Lock
from consulta.reports.places import Place
from consulta.web.desk.access import may, person


@dataclass(frozen=True, slots=True)
class Held:
    """A lock that stands. *is_mine*; *until* it lasts unless renewed, *minutes* from now, begun ones
    counted whole; *may_displace*: an officer."""

    name: str
    since: datetime
    until: datetime
    is_mine: bool
    may_displace: bool
    minutes: int


def of(request: HttpRequest, place: Place, now: datetime) -> Held | None:
    """The lock of one question; None where nobody edits it."""
    lock = locking.of(place, now)
    return None if lock is None else shown(request, lock, now)


def shown(request: HttpRequest, lock: Lock, now: datetime) -> Held:
    """One lock as this person sees it."""
    return Held(
        name=str(lock.holder),
        since=lock.taken_at,
        until=locking.runs_out(lock),
        is_mine=lock.holder_id == person(request).pk,
        may_displace=may(request, Act.RELEASE, lock.consultation.group),
        minutes=max(1, ceil((locking.runs_out(lock) - now).total_seconds() / 60)),
    )
