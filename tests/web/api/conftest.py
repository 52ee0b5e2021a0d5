"""A consultation with responses in every state, as the API shows them."""

import pytest

from consulta.core.submission import Sender
from consulta.flow import journey
from consulta.responses import publication
from consulta.responses.models import Response


@pytest.fixture
def arrive(submission):
    """Register a response; *confirmed*: its sender is known."""

    def _arrive(text="We agree.", *, confirmed=True, **changes):
        address = changes.pop("address", f"r{Response.objects.count()}@example.org")
        sender = Sender(address, authenticated=confirmed)
        given = journey.submission_arrives(submission(text, sender=sender, **changes))
        return Response.objects.get(number=given.number)

    return _arrive


@pytest.fixture
def show(arrive, officer):
    """Register a response and publish it."""

    def _show(text="We agree.", **changes):
        response = arrive(text, **changes)
        publication.publish(response, by=officer)
        return response

    return _show
