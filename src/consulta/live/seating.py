"""Places in the room: given out in the order of confirming; who waits moves up, and is told."""

from datetime import datetime

from django.db.models import QuerySet

from consulta.ledger import ledger
from consulta.live import registration_letters as letters
from consulta.live.models import Mode, Registration, RegistrationTerms

_STANDING = {"confirmed_at__isnull": False, "cancelled_at__isnull": True}


def seat(registration: Registration, terms: RegistrationTerms | None, *, now: datetime) -> None:
    """Give *registration* its place, or have it wait for one in the room, without saving it."""
    if registration.mode != Mode.IN_PERSON:
        registration.waiting_since = None
    elif terms is not None and free(terms, but=registration) == 0:
        registration.waiting_since = registration.waiting_since or now
    else:
        registration.waiting_since = None


def move_up(terms: RegistrationTerms, *, now: datetime) -> int:
    """Give free places to who waits, the first one first, and tell them; how many. Inside the act."""
    moved = 0
    if terms.meeting.cancelled_at is not None:
        return moved
    for registration in waiting(terms.meeting_id):
        if free(terms) == 0:
            break
        registration.waiting_since = None
        registration.save(update_fields=["waiting_since"])
        letters.seated(registration, now=now)
        ledger.record("registration_seated", registration, by="rules")
        moved += 1
    return moved


def free(terms: RegistrationTerms, *, but: Registration | None = None) -> int | None:
    """How many places the room has left, *but* that of one who is being placed; None: no limit."""
    if terms.room_capacity is None:
        return None
    seated = Registration.objects.filter(
        **_STANDING, meeting=terms.meeting_id, mode=Mode.IN_PERSON, waiting_since__isnull=True
    )
    if but is not None and but.pk:
        seated = seated.exclude(pk=but.pk)
    return max(0, terms.room_capacity - seated.count())


def place_in_line(registration: Registration) -> int:
    """At which place, from 1, *registration* waits; 0 where it does not."""
    if registration.waiting_since is None:
        return 0
    line = waiting(registration.meeting_id).values_list("pk", flat=True)
    return list(line).index(registration.pk) + 1 if registration.pk in line else 0


def waiting(meeting: int) -> QuerySet[Registration]:
    """Who waits for a place in the room of the meeting with this id, the first one first."""
    rows = Registration.objects.filter(
        **_STANDING, meeting=meeting, mode=Mode.IN_PERSON, waiting_since__isnull=False
    )
    return rows.select_related("meeting__group__body").order_by("waiting_since", "pk")
