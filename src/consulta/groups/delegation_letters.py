"""The letters to delegates, each in the person's own language: invited, ended."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from consulta.core.languages import LANGUAGES, django_code, public_code
from consulta.core.plaintext import one_line
from consulta.groups import membership, queries
from consulta.groups.models import Delegate
from consulta.mailroom import outbox


def tell_invited(delegate: Delegate) -> None:
    """Write to somebody who was given a place: for whom, as what, until when, how to come in."""
    _send(delegate, "delegate_invited.txt")


def tell_ended(delegate: Delegate) -> None:
    """Write to somebody whose place has ended, and whom to ask."""
    _send(delegate, "delegate_ended.txt")


def _send(delegate: Delegate, template: str) -> None:
    language = _language(delegate)
    group = delegate.membership.group
    with translation.override(django_code(language)):
        text = render_to_string(
            f"groups/letters/{template}",
            {
                "member": membership.name(delegate.membership, language).text,
                "group": queries.name(group, language).text,
                "role": delegate.get_role_display(),
                "until": delegate.until_on.isoformat() if delegate.until_on else "",
                "address": f"{settings.BASE_URL}/{language}/members/",
                "manages": delegate.role == Delegate.Role.ADMINISTRATOR,
                "second_factor": group.body.members_need_second_factor,
            },
        )
    subject, _, body = text.strip().partition("\n")
    outbox.send(
        EmailMessage(
            subject=one_line(subject)[:200], body=body.lstrip("\n"), to=[delegate.user.email]
        ),
        subject=delegate,
    )


def _language(delegate: Delegate) -> str:
    """The person's language if the body speaks it, else the body's first."""
    own, spoken = public_code(delegate.user.language), delegate.membership.group.body.languages
    if own in LANGUAGES and (not spoken or own in spoken):
        return own
    return str(spoken[0]) if spoken else "en"
