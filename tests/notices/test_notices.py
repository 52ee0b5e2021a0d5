"""What was told: the newest first, whole pages with a constant number of queries."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consulta.notices import queries, telling
from consulta.notices.models import Follow
from consulta.notices.telling import Kind


def test_the_newest_notice_comes_first(running):
    now = timezone.now()
    telling.tell(running, Kind.OPENED, at=now - timedelta(days=1))
    telling.tell(running, Kind.CORRIGENDUM, at=now, text="Read: islands.")
    assert [notice.kind for notice in queries.latest()] == ["corrigendum", "opened"]


def test_a_feed_costs_the_same_queries_however_long(running):
    costs = set()
    for number in (1, 3, 300):
        for _ in range(number):
            telling.tell(running, Kind.CORRIGENDUM, at=timezone.now(), text="x")
        with CaptureQueriesContext(connection) as seen:
            for notice in queries.latest():
                assert notice.consultation.texts.all()
                assert notice.consultation.group.short_name
        costs.add(len(seen))
    assert len(costs) == 1
    assert len(queries.latest()) == queries.LATEST


def test_only_confirmed_followers_are_told(running):
    now = timezone.now()
    for name, confirmed, ended in (("a", now, None), ("b", None, None), ("c", now, now)):
        Follow.objects.create(
            consultation=running,
            email=f"{name}@example.org",
            language="en",
            token_hash=name,
            asked_at=now,
            confirmed_at=confirmed,
            ended_at=ended,
        )
    assert [follow.email for follow in queries.followers(running)] == ["a@example.org"]
