"""What is new is what came since the visit before this one."""

from datetime import UTC, datetime, timedelta

import pytest

from consulta.accounts import visiting
from consulta.accounts.models import User, Visit

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def person(db):
    return User.objects.create_user("delegate@example.org")


def test_the_first_visit_has_none_before_it(person):
    assert visiting.visit(person, now=MONDAY) is None
    assert visiting.visit(person, now=MONDAY + 30 * MINUTE) is None


def test_a_later_visit_says_when_the_one_before_ended(person):
    visiting.visit(person, now=MONDAY)
    visiting.visit(person, now=MONDAY + 40 * MINUTE)
    assert visiting.visit(person, now=MONDAY + DAY) == MONDAY + 40 * MINUTE
    assert visiting.visit(person, now=MONDAY + DAY + 20 * MINUTE) == MONDAY + 40 * MINUTE


def test_a_page_read_again_at_once_writes_nothing(person, django_assert_num_queries):
    visiting.visit(person, now=MONDAY)
    with django_assert_num_queries(1):
        visiting.visit(person, now=MONDAY + timedelta(seconds=20))
    assert Visit.objects.get().seen_at == MONDAY
