"""Give a person a role in a group, and end it. The appointment itself stays on record."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import members, permissions
from consulta.groups.models import Appointment, Group, Role
from consulta.groups.permissions import Act
from consulta.ledger import ledger


class LastOfficerError(ValueError):
    """The group would be left without an officer and the instance without an administrator."""


class SpeaksForMemberError(ValueError):
    """Whoever speaks for a member of the group does not work for its secretariat."""


@transaction.atomic
def appoint(
    email: str, *, group: Group | None, role: Role, by: User, name: str = ""
) -> Appointment:
    """Give whoever signs in as *email* a *role* in *group* (None: in the whole body).

    The account is made if there is none. Someone who holds the role already keeps it.
    Raises NotAllowedError, SpeaksForMemberError, or ValidationError for what is no e-mail address.
    """
    permissions.require(by, Act.APPOINT, group)
    user = account_of(email, name=name)
    spoken_for = [place.membership.group for place in members.places(user)]
    if spoken_for and group in (None, *spoken_for):
        raise SpeaksForMemberError
    held = Appointment.objects.filter(user=user, group=group, role=role, ended_at__isnull=True)
    if standing := held.first():
        return standing
    appointment = Appointment(user=user, group=group, role=role, appointed_by=by)
    appointment.full_clean()
    appointment.save()
    ledger.record("officer_appointed", appointment, by=by)
    return appointment


@transaction.atomic
def dismiss(appointment: Appointment, *, by: User) -> None:
    """End an appointment. Raises NotAllowedError, LastOfficerError."""
    permissions.require(by, Act.APPOINT, appointment.group)
    if appointment.role == Role.OFFICER and not _another_remains(appointment):
        raise LastOfficerError(appointment.pk)
    appointment.ended_at = timezone.now()
    appointment.save(update_fields=["ended_at"])
    ledger.record("officer_dismissed", appointment, by=by)


def account_of(email: str, *, name: str = "", language: str = "en") -> User:
    """Return the account of *email*, made on the spot if there is none. Raises ValidationError.

    *name* and *language* are taken for a new account alone: whoever has one keeps their own.
    """
    address = User.objects.normalize_email(email.strip()).lower()
    if found := User.objects.filter(email=address).first():
        return found
    user = User(email=address, name=name.strip(), language=language)
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    return user


def _another_remains(appointment: Appointment) -> bool:
    others = Appointment.objects.filter(role=Role.OFFICER, ended_at__isnull=True)
    others = others.filter(group=appointment.group).exclude(pk=appointment.pk)
    return others.exists() or User.objects.filter(is_administrator=True, is_active=True).exists()
