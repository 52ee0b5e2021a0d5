"""Appoint somebody and tell them by mail how to come in."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from consulta.accounts.models import User
from consulta.core.languages import django_code
from consulta.core.plaintext import one_line
from consulta.groups import appointing, queries
from consulta.groups.models import Appointment, Group, Role
from consulta.mailroom import outbox


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom to appoint, as what, and where (None: in the whole body)."""

    email: str
    name: str
    role: Role
    group: Group | None


@transaction.atomic
def invite(invitation: Invitation, *, by: User, language: str) -> Appointment:
    """Appoint and write to them, in *language*; who holds the role already is not written to again.

    Raises NotAllowedError, ValidationError, NotMailableError.
    """
    held = {a.pk for a in queries.appointments(invitation.group)}
    appointment = appointing.appoint(
        invitation.email,
        group=invitation.group,
        role=invitation.role,
        by=by,
        name=invitation.name,
    )
    if appointment.pk not in held:
        outbox.send(_letter(appointment, language), subject=appointment)
    return appointment


def _letter(appointment: Appointment, language: str) -> EmailMessage:
    place = appointment.group or queries.body()
    with translation.override(django_code(language)):
        text = render_to_string(
            "groups/letters/appointed.txt",
            {
                "role": appointment.get_role_display(),
                "place": queries.name(place, language).text if place else "",
                "address": f"{settings.BASE_URL}/{language}/desk/",
            },
        )
    subject, _, body = text.strip().partition("\n")
    return EmailMessage(
        subject=one_line(subject)[:200], body=body.lstrip("\n"), to=[appointment.user.email]
    )
