"""On which terms one registers for a meeting: set at the desk, read from the clock, never by a job."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.ledger.acts import Shows
from consulta.live import registration_days, seating
from consulta.live.models import Mode, RegistrationTerms
from consulta.live.registration_errors import (
    ClosesBeforeItOpensError,
    Door,
    ListTooOpenError,
    ModeNotOfferedError,
    NoModeOfferedError,
    RegistrationClosedError,
    UnlistedNotAllowedError,
)
from consulta.meetings.models import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an officer sets. *room_capacity*: None takes as many as come, 0 nobody into the room."""

    opens_at: datetime
    closes_at: datetime
    audience: str
    takes_in_person: bool = True
    takes_remote: bool = True
    room_capacity: int | None = None
    may_be_unlisted: bool = False
    kinds: tuple[str, ...] = ()


@transaction.atomic
def settle(meeting: Meeting, told: Terms, *, by: User) -> RegistrationTerms:
    """Lay down or change on which terms one registers for *meeting*; who waits moves up where it can.

    Raises NotAllowedError, ClosesBeforeItOpensError, NoModeOfferedError, ListTooOpenError.
    """
    permissions.require(by, Act.MOVE_MEETING, meeting.group)
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if told.closes_at <= told.opens_at:
        raise ClosesBeforeItOpensError
    if not (told.takes_in_person or told.takes_remote):
        raise NoModeOfferedError
    is_public = meeting.kind == Meeting.Kind.OPEN
    if told.audience == RegistrationTerms.Audience.PUBLIC and not is_public:
        raise ListTooOpenError
    terms = of(meeting) or RegistrationTerms(meeting=meeting)
    for name, value in (asdict(told) | {"kinds": list(told.kinds)}).items():
        setattr(terms, name, value)
    terms.set_at, terms.set_by = timezone.now(), by
    terms.full_clean()
    terms.save()
    shows = Shows.PAGES if is_public else Shows.NONE
    ledger.record("registration_set", terms, by=by, shows=shows)
    seating.move_up(terms, now=terms.set_at)
    return terms


def of(meeting: Meeting) -> RegistrationTerms | None:
    """The terms of *meeting*; None where nobody has set any."""
    return RegistrationTerms.objects.filter(meeting=meeting).first()


def door(meeting: Meeting, terms: RegistrationTerms | None, now: datetime) -> Door:
    """Whether *meeting* takes registrations at the instant *now*; the closing instant is the last."""
    if terms is None:
        return Door.NONE
    if meeting.cancelled_at is not None:
        return Door.CANCELLED
    if now < terms.opens_at:
        return Door.EARLY
    if now > terms.closes_at or registration_days.is_over(meeting, now):
        return Door.CLOSED
    return Door.OPEN


def taken(meeting: Meeting, *, now: datetime) -> RegistrationTerms:
    """The terms of *meeting*, held until the act is done, so that seats are given out one by one.

    Call it inside the act. Raises RegistrationClosedError.
    """
    terms = held(meeting)
    found = door(meeting, terms, now)
    if terms is None or found is not Door.OPEN:
        if terms is None:
            raise RegistrationClosedError(found)
        at = terms.opens_at if found is Door.EARLY else terms.closes_at
        raise RegistrationClosedError(found, at)
    return terms


def held(meeting: Meeting) -> RegistrationTerms | None:
    """The terms of *meeting*, locked; call it inside an act, before anything of it is changed."""
    rows = RegistrationTerms.objects.select_for_update().filter(meeting=meeting)
    found = rows.first()
    if found is not None:
        found.meeting = meeting
    return found


def check(terms: RegistrationTerms, *, mode: str, is_unlisted: bool) -> None:
    """Refuse what the terms do not offer. Raises ModeNotOfferedError, UnlistedNotAllowedError."""
    offered = {Mode.IN_PERSON: terms.takes_in_person, Mode.REMOTE: terms.takes_remote}
    if not offered.get(Mode(mode), False):
        raise ModeNotOfferedError(mode)
    if is_unlisted and not terms.may_be_unlisted:
        raise UnlistedNotAllowedError
