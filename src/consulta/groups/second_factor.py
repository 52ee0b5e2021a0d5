"""A second factor that somebody lost is taken off at the desk; the person sets up another one.

The act is on record and the person is told by mail, so that nobody does it unseen.
"""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from consulta.accounts.models import User
from consulta.core.languages import django_code, public_code
from consulta.core.plaintext import one_line
from consulta.groups import permissions
from consulta.groups.models import Appointment, Delegate, Group, Officeholder
from consulta.groups.permissions import Act, NotAllowedError
from consulta.ledger import ledger
from consulta.mailroom import outbox


class OwnFactorError(ValueError):
    """Nobody takes off the own second factor here: another officer does it."""


class NoFactorError(ValueError):
    """The account has no second factor."""


def has_one(user: User) -> bool:
    """Say whether *user* has a second factor."""
    return bool(Authenticator.objects.filter(user=user).exists())


@transaction.atomic
def take_off(user: User, *, by: User) -> None:
    """Take the second factor off the account of *user*, who is told and sets up another one.

    Whoever appoints in a group of the person may; that of an administrator only an administrator.
    Raises NotAllowedError, OwnFactorError, NoFactorError.
    """
    if user.pk == by.pk:
        raise OwnFactorError
    if not _may(user, by):
        raise NotAllowedError(Act.APPOINT)
    held = Authenticator.objects.filter(user=user)
    if not held.exists():
        raise NoFactorError
    held.delete()
    ledger.record("second_factor_taken_off", user, by=by)
    _tell(user)


def _may(user: User, by: User) -> bool:
    if permissions.may(by, Act.APPOINT, None):
        return by.is_administrator or not user.is_administrator
    if user.is_administrator:
        return False
    groups = _groups_of(user)
    return bool(groups) and all(permissions.may(by, Act.APPOINT, group) for group in groups)


def _groups_of(user: User) -> set[Group | None]:
    """Every group in which the person has a place, an office or an appointment; None: the whole body."""
    places = Delegate.objects.filter(user=user, ended_at__isnull=True)
    found: set[Group | None] = {
        place.membership.group for place in places.select_related("membership__group")
    }
    offices = Officeholder.objects.filter(user=user).select_related("group")
    held = Appointment.objects.filter(user=user, ended_at__isnull=True).select_related("group")
    return found | {office.group for office in offices} | {each.group for each in held}


def _tell(user: User) -> None:
    language = public_code(user.language)
    with translation.override(django_code(language)):
        text = render_to_string(
            "groups/letters/second_factor_taken_off.txt",
            {"address": f"{settings.BASE_URL}/{language}/account/2fa/"},
        )
    subject, _, body = text.strip().partition("\n")
    outbox.send(
        EmailMessage(one_line(subject)[:200], body.lstrip("\n"), to=[user.email]), subject=user
    )
