"""Following: an address asks to be told of a consultation, confirms by a button, ends it by another.

The link that ends it stands in every mail and never expires; it is signed, so that nothing needs to be
stored for it. The link that confirms is 128 random bits, stored hashed.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.core.languages import django_code
from consulta.core.plaintext import one_line
from consulta.core.tokens import hashed, new_token
from consulta.mailroom import outbox
from consulta.notices.models import Follow

#: How long the button in the mail works.
CONFIRM_WITHIN = timedelta(days=30)
_SALT = "consulta.notices.following"


class FollowUnknownError(Exception):
    """No link like this was given out, or its time is over."""


@transaction.atomic
def ask(consultation: Consultation, *, email: str, language: str, now: datetime) -> Follow:
    """Note that *email* wants to be told, and mail the button. Asked again, a new button is mailed.

    Whoever follows already goes on following. Raises NotMailableError.
    """
    token = new_token()
    follow, _new = Follow.objects.update_or_create(
        consultation=consultation,
        email=email.strip().lower(),
        defaults={"language": language, "token_hash": hashed(token), "asked_at": now},
    )
    _mail_button(follow, token)
    return follow


def find(token: str, *, now: datetime) -> Follow:
    """The follow whose mailed button leads to *token*. Raises FollowUnknownError."""
    follow = (
        Follow.objects.select_related("consultation")
        .filter(token_hash=hashed(token), asked_at__gt=now - CONFIRM_WITHIN)
        .first()
    )
    if follow is None:
        raise FollowUnknownError
    return follow


@transaction.atomic
def confirm(token: str, *, now: datetime) -> Follow:
    """From now on the address is told. Twice changes nothing. Raises FollowUnknownError."""
    follow = find(token, now=now)
    if follow.confirmed_at is None or follow.ended_at is not None:
        follow.confirmed_at, follow.ended_at = now, None
        follow.save(update_fields=["confirmed_at", "ended_at"])
    return follow


def end_token(follow: Follow) -> str:
    """The secret of the link that ends *follow*: for every mail that is sent to it."""
    return signing.Signer(salt=_SALT).sign(str(follow.pk))


def find_to_end(token: str) -> Follow:
    """The follow that *token* ends. Raises FollowUnknownError."""
    try:
        pk = int(signing.Signer(salt=_SALT).unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise FollowUnknownError from error
    follow = Follow.objects.select_related("consultation").filter(pk=pk).first()
    if follow is None:
        raise FollowUnknownError
    return follow


@transaction.atomic
def end(token: str, *, now: datetime) -> Follow:
    """The address is told no more. Twice changes nothing. Raises FollowUnknownError."""
    follow = find_to_end(token)
    if follow.ended_at is None:
        follow.ended_at = now
        follow.save(update_fields=["ended_at"])
    return follow


def end_path(follow: Follow) -> str:
    """The page with the button that ends *follow*."""
    return f"/{follow.language}/follow/{end_token(follow)}/end/"


def _mail_button(follow: Follow, token: str) -> None:
    path = f"/{follow.language}/follow/{token}/"
    context = {
        "topic": consultation_queries.topic(follow.consultation, follow.language).text,
        "confirm_address": f"{settings.BASE_URL}{path}",
    }
    with translation.override(django_code(follow.language)):
        text = render_to_string("notices/follow.txt", context)
    subject, _, body = text.strip().partition("\n")
    message = EmailMessage(
        subject=one_line(subject)[:200], body=body.lstrip("\n"), to=[follow.email]
    )
    outbox.send(message, secrets=[token], subject=follow)
