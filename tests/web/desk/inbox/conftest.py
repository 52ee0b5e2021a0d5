"""A desk with something held in it, and the account that works for the whole body."""

import pytest
from django.test import Client

from consulta.mailroom.models import OutgoingMail
from consulta.responses import moderation
from consulta.responses.models import Response
from consulta.responses.moderation import Because

UNLAWFUL = Because("unlawful", "To be looked at.")


@pytest.fixture
def held(accepted, officer):
    """A response that an officer held."""

    def _held(text: str = "Held.", **changes: object) -> Response:
        response = accepted(text, **changes)
        moderation.hold(response, UNLAWFUL, by=officer)
        return response

    return _held


@pytest.fixture
def whole_body(people, sign_in) -> Client:
    return sign_in(people["administrator"])


def failed(about: Response) -> OutgoingMail:
    """A mail about a response that could not be handed over."""
    mail = OutgoingMail.objects.filter(about=f"responses.response:{about.pk}").earliest("pk")
    mail.state, mail.last_error = OutgoingMail.State.FAILED, "550 no such user"
    mail.save()
    return mail
