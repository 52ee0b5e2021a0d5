"""Change or cancel a registration: by its private link, by its owner's account, or at the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from consulta.core.plaintext import one_line
from consulta.ledger import ledger
from consulta.live import needs, registering, registration_days, registration_terms, seating
from consulta.live import registration_letters as letters
from consulta.live.models import Registration
from consulta.live.needs import Needs
from consulta.live.registration_errors import AlreadyRegisteredError, NotStandingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What its owner may change; the address stays. *needs* None: as they were."""

    name: str
    mode: str
    organisation: str = ""
    language: str = "en"
    is_unlisted: bool = False
    needs: Needs | None = None


@transaction.atomic
def change(
    registration: Registration, told: Changed, *, by: Model | str, now: datetime
) -> Registration:
    """Change *registration*; a place that it leaves in the room goes to who waits.

    Raises NotStandingError, ModeNotOfferedError, UnlistedNotAllowedError, AlreadyRegisteredError.
    """
    terms = registration_terms.held(registration.meeting)
    registration = _standing(registration, now)
    if terms is not None and (told.mode, told.is_unlisted) != _chosen(registration):
        registration_terms.check(terms, mode=told.mode, is_unlisted=told.is_unlisted)
    other = registering.same(registration.meeting, registration.email, told.name)
    if other is not None and other.pk != registration.pk:
        raise AlreadyRegisteredError(other)
    registration.name, registration.mode = one_line(told.name), told.mode
    registration.organisation_name = one_line(told.organisation)
    registration.organisation = registering.matched(told.organisation, registration.country)
    registration.language, registration.is_unlisted = told.language, told.is_unlisted
    registration.same_key = registering.same_key(registration.email, told.name)
    seating.seat(registration, terms, now=now)
    registration.full_clean(exclude=["email"] if not registration.email else [])
    registration.save()
    if told.needs is not None:
        needs.keep(registration, told.needs, now=now)
    letters.changed(registration, now=now)
    ledger.record("registration_changed", registration, by=by)
    if terms is not None:
        seating.move_up(terms, now=now)
    return registration


@transaction.atomic
def cancel(registration: Registration, *, by: Model | str, now: datetime) -> Registration:
    """Cancel *registration*: its needs are deleted, its place goes to who waits. Twice changes nothing."""
    terms = registration_terms.held(registration.meeting)
    registration.refresh_from_db(
        from_queryset=Registration.objects.select_related("meeting__group__body")
    )
    if registration.cancelled_at is not None:
        return registration
    registration.cancelled_at, registration.waiting_since = now, None
    registration.save(update_fields=["cancelled_at", "waiting_since"])
    needs.forget([registration])
    registration.wishes.all().delete()
    letters.cancelled(registration, now=now)
    ledger.record("registration_cancelled", registration, by=by)
    if terms is not None:
        seating.move_up(terms, now=now)
    return registration


def _standing(registration: Registration, now: datetime) -> Registration:
    rows = Registration.objects.select_related("meeting__group__body")
    found = rows.get(pk=registration.pk)
    if not found.stands or registration_days.is_over(found.meeting, now):
        raise NotStandingError
    return found


def _chosen(registration: Registration) -> tuple[str, bool]:
    return registration.mode, registration.is_unlisted
