"""Register for a meeting: asked on the web, confirmed by a button; by a delegation; or at the desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.crypto import salted_hmac

from consulta.accounts.models import User
from consulta.core.plaintext import one_line
from consulta.core.tokens import hashed, new_token
from consulta.groups import members, permissions
from consulta.groups.members import MemberAct
from consulta.groups.models import Delegate
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.live import needs, registration_days, registration_terms, seating
from consulta.live import registration_letters as letters
from consulta.live.models import PresentingWish, Registration, RegistrationTerms
from consulta.live.needs import Needs
from consulta.live.registration_errors import (
    AlreadyRegisteredError,
    Door,
    KindNotRegisteredError,
    LinkUnknownError,
    RegistrationClosedError,
)
from consulta.meetings.models import Meeting
from consulta.stakeholders import known
from consulta.stakeholders.models import Organisation, StakeholderGroup

#: How long the button in the mail works; afterwards what was typed is forgotten.
CONFIRM_WITHIN = timedelta(days=7)
#: For how long asking once more mails nothing: a double press, or one that reads the mail slowly.
AGAIN_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Wish:
    """To present the answer to *question* (0: all of it) of the response under *number*."""

    question: int
    number: str
    is_proved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who comes, for whom and how, as it was typed."""

    name: str
    mode: str
    email: str = ""
    language: str = "en"
    organisation: str = ""
    stakeholder_group: StakeholderGroup | None = None
    country: str = ""
    is_unlisted: bool = False
    needs: Needs | None = None
    wishes: tuple[Wish, ...] = ()


@transaction.atomic
def ask(
    meeting: Meeting, told: Told, *, now: datetime, account: User | None = None
) -> Registration:
    """Note that somebody wants to come to the open *meeting*, and mail the button that confirms.

    *account* has proved the address: it stands at once. Who stands already is mailed the private
    link, and nothing changes. Raises RegistrationClosedError, ModeNotOfferedError,
    UnlistedNotAllowedError, NotMailableError.
    """
    terms = registration_terms.taken(meeting, now=now)
    registration_terms.check(terms, mode=told.mode, is_unlisted=told.is_unlisted)
    standing = same(meeting, told.email, told.name)
    if standing is not None and standing.confirmed_at is not None:
        _mail(standing, now, lambda: letters.again(standing))
        return standing
    registration = standing or _new(meeting, now)
    registration.user = account
    _write(registration, told, now)
    if account is not None:
        _stand(registration, terms, by=account, now=now)
    else:
        _mail(registration, now, lambda: _button(registration))
    return registration


@transaction.atomic
def confirm(secret: str, *, now: datetime) -> Registration:
    """Let the registration behind the mailed button stand; twice changes nothing.

    Who asked in time may confirm after the close. Raises LinkUnknownError, RegistrationClosedError.
    """
    found = find_to_confirm(secret, now=now)
    terms = registration_terms.held(found.meeting)
    found.refresh_from_db()
    if found.confirmed_at is None:
        if terms is None or registration_days.is_over(found.meeting, now):
            door = Door.CANCELLED if found.meeting.cancelled_at else Door.CLOSED
            raise RegistrationClosedError(door, terms.closes_at if terms else None)
        _stand(found, terms, by=found, now=now)
    return found


def find_to_confirm(secret: str, *, now: datetime) -> Registration:
    """The registration whose mailed button leads to *secret*. Raises LinkUnknownError."""
    rows = Registration.objects.select_related("meeting__group__body")
    rows = rows.filter(token_hash=hashed(secret), asked_at__gt=now - CONFIRM_WITHIN)
    found = rows.filter(cancelled_at__isnull=True).first() if secret else None
    if found is None:
        raise LinkUnknownError
    return found


@transaction.atomic
def enter(meeting: Meeting, told: Told, *, role: str, by: User, now: datetime) -> Registration:
    """Enter somebody by hand: it stands at once, also before the opening and after the close.

    Raises NotAllowedError, AlreadyRegisteredError, NotMailableError, RegistrationClosedError.
    """
    permissions.require(by, Act.MOVE_MEETING, meeting.group)
    terms = registration_terms.held(meeting)
    if meeting.cancelled_at is not None:
        raise RegistrationClosedError(Door.CANCELLED)
    standing = same(meeting, told.email, told.name)
    if standing is not None and standing.confirmed_at is not None:
        raise AlreadyRegisteredError(standing)
    registration = standing or _new(meeting, now)
    registration.role, registration.entered_by = role, by
    _write(registration, told, now)
    _stand(registration, terms, by=by, now=now)
    return registration


@transaction.atomic
def delegate(
    meeting: Meeting, place: Delegate, told: Told, *, by: User, now: datetime
) -> Registration:
    """Register a delegate: the person alone, or whoever manages the delegation.

    Name, address, member and country are those of the place. Raises NotAllowedError,
    RegistrationClosedError, KindNotRegisteredError, ModeNotOfferedError, AlreadyRegisteredError.
    """
    act = MemberAct.SEE_MEMBERS if place.user_id == by.pk else MemberAct.MANAGE_DELEGATION
    members.require(by, act, place.membership)
    terms = registration_terms.taken(meeting, now=now)
    if place.membership.group_id != meeting.group_id or not registers(terms, place):
        raise KindNotRegisteredError(place.membership.kind)
    registration_terms.check(terms, mode=told.mode, is_unlisted=told.is_unlisted)
    rows = Registration.objects.filter(meeting=meeting, user=place.user, cancelled_at__isnull=True)
    if standing := rows.filter(membership=place.membership).first():
        raise AlreadyRegisteredError(standing)
    registration = _new(meeting, now)
    registration.user, registration.membership = place.user, place.membership
    registration.role = Registration.Role(place.membership.kind)
    registration.is_head = place.role == Delegate.Role.HEAD
    _write(registration, told, now)
    _stand(registration, terms, by=by, now=now)
    return registration


def registers(terms: RegistrationTerms, place: Delegate) -> bool:
    """Whether members of the kind of *place* register; where the terms name none, every kind does."""
    return not terms.kinds or place.membership.kind in terms.kinds


def same(meeting: Meeting, email: str, name: str) -> Registration | None:
    """Who stands, or asked, under this name and address: a second person may share the address."""
    rows = Registration.objects.filter(meeting=meeting, same_key=same_key(email, name))
    return rows.select_related("meeting__group__body").filter(cancelled_at__isnull=True).first()


def same_key(email: str, name: str) -> str:
    """What tells the same person again, without saying who it is."""
    told = f"{email.strip().lower()}|{one_line(name).casefold()}"
    return salted_hmac("consulta.live.same", told, algorithm="sha256").hexdigest()


def matched(name: str, country: str) -> Organisation | None:
    """The organisation that we know under this *name*, where exactly one is meant."""
    found = [one for one in known.named(name) if one.country in ("", country)]
    return found[0] if len(found) == 1 else None


def _new(meeting: Meeting, now: datetime) -> Registration:
    last = Registration.objects.filter(meeting=meeting).aggregate(last=Max("ordinal"))["last"] or 0
    is_open = meeting.kind == Meeting.Kind.OPEN
    role = Registration.Role.PARTICIPANT if is_open else Registration.Role.SECRETARIAT
    return Registration(meeting=meeting, ordinal=last + 1, role=role, asked_at=now)


def _write(registration: Registration, told: Told, now: datetime) -> None:
    """Put what was typed on *registration*, with needs and wishes."""
    registration.name = one_line(told.name)
    registration.email = told.email.strip().lower()
    registration.language, registration.mode = told.language, told.mode
    registration.organisation_name = one_line(told.organisation)
    registration.organisation = matched(told.organisation, told.country)
    registration.stakeholder_group, registration.country = told.stakeholder_group, told.country
    registration.is_unlisted = told.is_unlisted
    registration.same_key = same_key(told.email, told.name)
    registration.asked_at = now
    registration.full_clean(exclude=["email"] if not registration.email else [])
    registration.save()
    needs.keep(registration, told.needs or Needs(), now=now)
    registration.wishes.all().delete()
    PresentingWish.objects.bulk_create(
        PresentingWish(
            registration=registration,
            question=wish.question,
            response_number=wish.number,
            is_proved=wish.is_proved,
            asked_at=now,
        )
        for wish in told.wishes
    )


def _stand(
    registration: Registration,
    terms: RegistrationTerms | None,
    *,
    by: User | Registration,
    now: datetime,
) -> None:
    registration.confirmed_at = now
    seating.seat(registration, terms, now=now)
    registration.save()
    letters.registered(registration, now=now)
    ledger.record("registered", registration, by=by)


def _mail(registration: Registration, now: datetime, write: "letters.Act") -> None:
    """Mail a button or a link, unless that was done a moment ago."""
    last = registration.mailed_at
    if last is None or last <= now - AGAIN_AFTER:
        write()
        registration.mailed_at = now
        registration.save(update_fields=["mailed_at", "token_hash"])


def _button(registration: Registration) -> None:
    secret = new_token()
    registration.token_hash = hashed(secret)
    letters.button(registration, secret)
