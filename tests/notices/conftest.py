"""The group that these tests work with, and who follows and responds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.core.submission import Sender
from consulta.flow import journey
from consulta.notices.models import Follow
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


@pytest.fixture
def follow(consultation):
    """Have an address follow the consultation since yesterday, or what *changes* say."""

    def _follow(email, **changes):
        then = timezone.now() - timedelta(days=1)
        values = {"consultation": consultation, "confirmed_at": then, "language": "en"} | changes
        number = Follow.objects.count()
        return Follow.objects.create(email=email, token_hash=f"{number}", asked_at=then, **values)

    return _follow


@pytest.fixture
def respond(submission):
    """Have an address respond, confirmed or not."""

    def _respond(email, *, confirmed=True, **changes):
        sender = Sender(email, authenticated=confirmed)
        return journey.submission_arrives(submission(sender=sender, **changes))

    return _respond
