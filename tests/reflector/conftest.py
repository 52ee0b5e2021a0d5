"""A list with one space, and somebody who gets it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from consulta.core.submission import Sender
from consulta.groups.models import Group
from consulta.reflector import lists, posting, subscribing
from consulta.reflector.models import List, Post, Space, Subscription
from consulta.reflector.posting import Written
from consulta.reflector.subscribing import Wish

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def group(body) -> Group:
    return Group.objects.create(
        body=body, slug="sample-group", short_name="SG", names={"en": "Sample Group"}
    )


@pytest.fixture
def space(consultation, group) -> Space:
    consultation.group = group
    consultation.save()
    return lists.space(consultation, now=NOW)


@pytest.fixture
def home(space) -> List:
    return space.list


@pytest.fixture
def subscribe(home, space) -> Callable[..., Subscription]:
    """Subscribe an address to the list, or to *place*; it confirmed."""

    def _subscribe(email: str, *, place: Any = None, mode: str = "each", language: str = "en"):
        found = subscribing.ask(place or home, Wish(email, language, mode), now=NOW)
        Subscription.objects.filter(pk=found.pk).update(confirmed_at=NOW, asked_at=NOW)
        found.refresh_from_db()
        return found

    return _subscribe


@pytest.fixture
def write(space) -> Callable[..., Post]:
    """Post discussion; every call is another one."""
    made = iter(range(1_000_000))

    def _write(text: str = "A word on this.", **changes: Any) -> Post:
        values: dict[str, Any] = {
            "place": space,
            "sender": Sender("ana@example.org", "Ana Sample", authenticated=True),
            "subject": "A matter",
            "text": text,
            "language": "en",
            "arrived_at": NOW,
            "key": f"test-{next(made)}",
        }
        return posting.discuss(Written(**(values | changes)))

    return _write


@pytest.fixture
def shown(write) -> Post:
    """A post that everyone can read, so that its author is known."""
    post = write()
    posting.show(post, now=NOW, by="rules")
    post.refresh_from_db()
    return post
