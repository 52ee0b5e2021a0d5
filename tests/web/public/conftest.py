"""Published responses and released editions, made by the acts that make them."""

from collections.abc import Callable
from typing import Any

import pytest

from consulta.core.submission import Sender, SubmittedAnswer
from consulta.flow import journey
from consulta.responses import publication
from consulta.responses.models import Response
from tests.rounds import group, next_meeting  # noqa: F401


@pytest.fixture
def received(submission) -> Callable[..., Response]:
    """Take in a response of a confirmed sender; it is accepted by the rules."""

    def receive(text: str = "We agree.", **changes: Any) -> Response:
        made = submission(text, **changes)
        changes.setdefault("sender", Sender(made.sender.address, authenticated=True))
        changes.setdefault(
            "answers", (SubmittedAnswer(1, text), SubmittedAnswer(2, f"Second: {text}"))
        )
        given = journey.submission_arrives(submission(text, **changes))
        return Response.objects.get(number=given.number)

    return receive


@pytest.fixture
def published(received, officer) -> Callable[..., Response]:
    """Take in a response and show it."""

    def publish(text: str = "We agree.", **changes: Any) -> Response:
        response = received(text, **changes)
        publication.publish(response, by=officer)
        return response

    return publish
