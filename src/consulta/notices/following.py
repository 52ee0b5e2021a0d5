"""Following: an address asks to be told of a consultation, of a group's or of all, and confirms by a button.

The link that ends it stands in every mail and never expires; it is signed, so that nothing needs to be
stored for it. The link that confirms is 128 random bits, stored hashed.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.core import addresses
from consulta.core.languages import django_code
from consulta.core.plaintext import one_line
from consulta.core.tokens import hashed, new_token
from consulta.groups import queries as group_queries
from consulta.groups.models import Group
from consulta.mailroom import outbox
from consulta.notices.models import Follow
from consulta.responses.models import Response

#: How long the button in the mail works.
CONFIRM_WITHIN = timedelta(days=30)
#: For how long asking once more mails nothing: the button that was mailed still works.
AGAIN_AFTER = timedelta(hours=1)
_SALT = "consulta.notices.following"
_RESPONDED = "r"  # begins the end token of who responded

#: What can be followed; None is everything.
Followed = Consultation | Group | None


class FollowUnknownError(Exception):
    """No link like this was given out, or its time is over."""


@transaction.atomic
def ask(what: Followed, *, email: str, language: str, now: datetime) -> Follow:
    """Note that *email* wants to be told of *what*, and mail the button: at most once an hour.

    Whoever follows already goes on following, in the language as before. Raises NotMailableError.
    """
    email = email.strip().lower()
    outbox.mailable(email)
    asked = {"token_hash": hashed(new_token()), "language": language, "asked_at": now}
    made, is_new = Follow.objects.get_or_create(email=email, **_scope(what), defaults=asked)
    follow = Follow.objects.select_for_update().get(pk=made.pk)
    if not is_new and follow.asked_at > now - AGAIN_AFTER:
        return follow
    token = new_token()
    follow.token_hash, follow.asked_at = hashed(token), now
    if not follow.is_told:
        follow.language = language
    follow.save()
    _mail_button(follow, token, language)
    return follow


def find(token: str, *, now: datetime) -> Follow:
    """The follow whose mailed button leads to *token*. Raises FollowUnknownError."""
    asked = Follow.objects.select_related("consultation", "group")
    follow = asked.filter(token_hash=hashed(token), asked_at__gt=now - CONFIRM_WITHIN).first()
    if follow is None:
        raise FollowUnknownError
    return follow


@transaction.atomic
def confirm(token: str, *, language: str = "", now: datetime) -> Follow:
    """From now on the address is told, in *language*. Twice changes nothing. Raises FollowUnknownError."""
    follow = find(token, now=now)
    if not follow.is_told:
        follow.confirmed_at, follow.ended_at = now, None
    follow.language = language or follow.language
    follow.save(update_fields=["confirmed_at", "ended_at", "language"])
    return follow


def end_token(follow: Follow) -> str:
    """The secret of the link that ends *follow*: for every mail that is sent to it."""
    return signing.Signer(salt=_SALT).sign(str(follow.pk))


def end_token_of_response(response: Response) -> str:
    """The secret of the link that ends the mails to who sent *response*."""
    return signing.Signer(salt=_SALT).sign(f"{_RESPONDED}{response.pk}")


def find_to_end(token: str) -> Follow:
    """The follow that *token* ends; of who responded, one that need not be saved yet.

    Raises FollowUnknownError.
    """
    try:
        named = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature as error:
        raise FollowUnknownError from error
    if named.startswith(_RESPONDED):
        return _of_response(int(named.removeprefix(_RESPONDED)))
    follow = Follow.objects.select_related("consultation", "group").filter(pk=int(named)).first()
    if follow is None:
        raise FollowUnknownError
    return follow


@transaction.atomic
def end(token: str, *, now: datetime) -> Follow:
    """The address is told no more. Twice changes nothing. Raises FollowUnknownError."""
    follow = find_to_end(token)
    if follow.ended_at is None:
        follow.ended_at = now
        follow.save()
    return follow


def end_path(follow: Follow) -> str:
    """The page with the button that ends *follow*."""
    return addresses.end_of_mails(end_token(follow), language=follow.language)


def _scope(what: Followed) -> dict[str, Consultation | Group | None]:
    return {
        "consultation": what if isinstance(what, Consultation) else None,
        "group": what if isinstance(what, Group) else None,
    }


def _of_response(pk: int) -> Follow:
    """What an address that responded has: a follow of the consultation, if only to end it."""
    response = Response.objects.select_related("respondent", "consultation").filter(pk=pk).first()
    if response is None or not response.respondent.email:
        raise FollowUnknownError
    email, what = response.respondent.email, response.consultation
    known = Follow.objects.select_related("consultation").filter(consultation=what, email=email)
    return known.first() or Follow(
        consultation=what,
        email=email,
        language=response.respondent.language,
        token_hash=hashed(new_token()),
        asked_at=timezone.now(),
    )


def _mail_button(follow: Follow, token: str, language: str) -> None:
    path = addresses.follow(token, language=language)
    context = {
        "consultation": follow.consultation,
        "group": follow.group,
        "topic": name(follow, language),
        "confirm_address": f"{settings.BASE_URL}{path}",
    }
    with translation.override(django_code(language)):
        text = render_to_string("notices/follow.txt", context)
    subject, _, body = text.strip().partition("\n")
    message = EmailMessage(
        subject=one_line(subject)[:200], body=body.lstrip("\n"), to=[follow.email]
    )
    outbox.send(message, secrets=[token], subject=follow)


def name(follow: Follow, language: str) -> str:
    """What is followed, in words: a topic, the name of a group, or that of the body."""
    if follow.consultation is not None:
        return consultation_queries.topic(follow.consultation, language).text
    if follow.group is not None:
        return group_queries.name(follow.group, language).text
    body = group_queries.body()
    return group_queries.name(body, language).text if body else "Consulta"
