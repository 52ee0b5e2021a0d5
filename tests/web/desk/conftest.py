"""A desk with people of every role, an open consultation of their group, and what came in."""

from collections.abc import Callable

import pytest
from django.test import Client

from consulta.accounts.models import User
from consulta.core.submission import Sender
from consulta.flow import journey
from consulta.responses import moderation, publication
from consulta.responses.models import Response
from consulta.responses.moderation import Because
from tests.rounds import (  # noqa: F401
    decided,
    draft,
    group,
    next_meeting,
    open_call,
    people,
    plan,
    running,
)

OFF_TOPIC = Because("off_topic", "It speaks of another matter.")


@pytest.fixture(autouse=True)
def _demo(settings):
    """Without a second factor, as in the demo; one test asks for it."""
    settings.DEMO = True


@pytest.fixture
def at_desk(consultation, group):  # noqa: F811
    """The open consultation, in the group of the people."""
    consultation.group = group
    consultation.save()
    return consultation


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    def _sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _sign_in


@pytest.fixture
def moderator(people, sign_in) -> Client:  # noqa: F811
    return sign_in(people["moderator"])


@pytest.fixture
def desk(people, sign_in) -> Client:  # noqa: F811
    """The desk as an officer of the group sees it."""
    return sign_in(people["officer"])


@pytest.fixture
def accepted(submission, at_desk) -> Callable[..., Response]:
    """A response of a confirmed sender, accepted by the rules."""

    def _accepted(text: str = "We agree.", **changes: object) -> Response:
        made = submission(text, **changes)
        sender = Sender(made.sender.address, authenticated=True)
        given = journey.submission_arrives(submission(text, **({"sender": sender} | changes)))
        return Response.objects.get(number=given.number)

    return _accepted


@pytest.fixture
def published(accepted, officer) -> Callable[..., Response]:
    def _published(text: str = "We agree.", **changes: object) -> Response:
        response = accepted(text, **changes)
        publication.publish(response, by=officer)
        return response

    return _published


@pytest.fixture
def declined(accepted, officer) -> Callable[..., Response]:
    def _declined(text: str = "Something else.") -> Response:
        response = accepted(text)
        moderation.decline(response, OFF_TOPIC, by=officer)
        return response

    return _declined
