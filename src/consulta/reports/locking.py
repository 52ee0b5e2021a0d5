"""Locking: a question is edited by one person at a time, and everyone sees by whom.

A lock lasts :data:`LASTS` from its last renewal: each save and each sign of life of the form renews
it. After that anybody may take the place; before, only an officer, who is told whom it displaces.
What the other had typed is kept (:mod:`consulta.reports.keeping`).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reports.errors import LockedError
from consulta.reports.models import Lock
from consulta.reports.places import Place

#: How long a lock stands after it was last renewed.
LASTS = timedelta(minutes=10)


@transaction.atomic
def take(place: Place, *, by: User) -> Lock:
    """Take *place* to edit it, or renew what *by* holds. Raises LockedError while another holds it.

    One that ran out is taken from whoever held it, which is recorded.
    """
    permissions.require(by, Act.EDIT_REPORT, place.consultation)
    now = timezone.now()
    lock = _locked(place)
    if lock is None:
        return _new(place, by, now)
    if lock.holder_id == by.pk:
        return _renew(lock, now)
    if stands(lock, now):
        raise LockedError(lock)
    return _hand_over(lock, by, now)


@transaction.atomic
def take_over(place: Place, *, by: User) -> Lock:
    """Take *place* from whoever holds it: what an officer may do also before the lock runs out.

    Raises NotAllowedError for anybody else while it stands.
    """
    permissions.require(by, Act.EDIT_REPORT, place.consultation)
    now = timezone.now()
    lock = _locked(place)
    if lock is None:
        return _new(place, by, now)
    if lock.holder_id == by.pk:
        return _renew(lock, now)
    if stands(lock, now):
        permissions.require(by, Act.RELEASE, place.consultation)
    return _hand_over(lock, by, now)


@transaction.atomic
def release(place: Place, *, by: User) -> None:
    """Let go of *place*, so that another can take it at once; somebody else's lock is left alone."""
    permissions.require(by, Act.EDIT_REPORT, place.consultation)
    Lock.objects.filter(place.is_here, holder=by).delete()


def stands(lock: Lock, now: datetime) -> bool:
    """Say whether *lock* still keeps others out."""
    return now < runs_out(lock)


def runs_out(lock: Lock) -> datetime:
    """When *lock* ends if it is not renewed."""
    return lock.renewed_at + LASTS


def of(place: Place, now: datetime) -> Lock | None:
    """The lock that stands on *place*, or None. One query."""
    lock = Lock.objects.filter(place.is_here).select_related("holder").first()
    return lock if lock is not None and stands(lock, now) else None


def standing(consultation: Consultation, language: str, now: datetime) -> dict[int | None, Lock]:
    """Who edits what in one language, by the question's id. One query for a whole outline."""
    rows = Lock.objects.filter(
        consultation=consultation, language=language, renewed_at__gt=now - LASTS
    )
    return {lock.question_id: lock for lock in rows.select_related("holder")}


def _locked(place: Place) -> Lock | None:
    """The row of *place*; the consultation's row is locked, so that two cannot take at once."""
    Consultation.objects.select_for_update().get(pk=place.consultation.pk)
    return Lock.objects.filter(place.is_here).select_related("holder").first()


def _new(place: Place, by: User, now: datetime) -> Lock:
    return Lock.objects.create(
        consultation=place.consultation,
        question=place.question,
        language=place.language,
        holder=by,
        taken_at=now,
        renewed_at=now,
    )


def _renew(lock: Lock, now: datetime) -> Lock:
    lock.renewed_at = now
    lock.save(update_fields=["renewed_at"])
    return lock


def _hand_over(lock: Lock, by: User, now: datetime) -> Lock:
    """*by* holds it from now on; who displaced whom is on record as two ids."""
    lock.holder, lock.taken_at, lock.renewed_at = by, now, now
    lock.save()
    ledger.record("report_lock_taken_over", lock, by=by)
    return lock
