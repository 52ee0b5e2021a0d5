"""Who speaks next."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consulta.core import floor
from consulta.core.floor import Ask, Asked, From

NOON = datetime(2026, 9, 21, 12, tzinfo=UTC)
OPEN, MEMBERS = floor.load("open-meeting"), floor.load("members-first")


def asked(key, where=From.ROOM, role="participant", **changes):
    return Asked(key=key, at=NOON + timedelta(seconds=key), role=role, where=where, **changes)


def keys(queue):
    return [one.key for one in queue]


def test_room_and_remote_speak_in_turn_as_long_as_there_are_both():
    waiting = [asked(1), asked(2), asked(3), asked(4, From.REMOTE), asked(5, From.REMOTE)]

    assert keys(OPEN.queue(waiting)) == [1, 4, 2, 5, 3]
    assert keys(OPEN.queue(waiting, last=From.ROOM)) == [4, 1, 5, 2, 3]


def test_those_who_have_not_spoken_come_first():
    waiting = [asked(1, turns=2), asked(2, turns=1), asked(3)]

    assert keys(OPEN.queue(waiting)) == [3, 2, 1]


def test_members_come_before_observers_and_a_role_that_no_rule_names_comes_last():
    waiting = [asked(1, role="guest"), asked(2, role="observer"), asked(3, role="member")]

    assert keys(MEMBERS.queue(waiting)) == [3, 2, 1]


def test_a_point_of_order_comes_before_everything_and_does_not_turn_the_sides():
    waiting = [asked(1), asked(2, From.REMOTE), asked(9, ask=Ask.POINT_OF_ORDER)]

    assert keys(OPEN.queue(waiting, last=From.ROOM)) == [9, 2, 1]


def test_who_may_ask_for_what():
    assert MEMBERS.may(Ask.POINT_OF_ORDER, role="member", where=From.REMOTE)
    assert not MEMBERS.may(Ask.POINT_OF_ORDER, role="observer", where=From.ROOM)
    assert MEMBERS.may(Ask.STATEMENT, role="observer", where=From.ROOM)


def test_how_long_one_speaks_goes_by_what_was_asked_before_the_role():
    assert MEMBERS.limit(Ask.STATEMENT, role="member") == timedelta(minutes=5)
    assert MEMBERS.limit(Ask.STATEMENT, role="observer") == timedelta(minutes=3)
    assert MEMBERS.limit(Ask.POINT_OF_ORDER, role="member") == timedelta(minutes=2)


def test_every_rule_has_a_name_in_six_languages_and_a_source():
    for rule in floor.every():
        assert set(rule.names) == {"ar", "en", "es", "fr", "ru", "zh"}
        assert rule.source
        assert all(floor.SHORTEST <= n <= floor.LONGEST for n in rule.seconds.values())


def test_a_rule_outside_the_folder_is_not_found():
    with pytest.raises(floor.UnknownFloorRuleError):
        floor.load("../deadlines/itu-council")


waiting = st.lists(
    st.builds(
        asked,
        st.integers(0, 999),
        st.sampled_from(From),
        st.sampled_from(["member", "observer", "guest"]),
        ask=st.sampled_from(Ask),
        turns=st.integers(0, 3),
    ),
    max_size=30,
    unique_by=lambda one: one.key,
)


@given(waiting, st.sampled_from([None, *From]), st.sampled_from(floor.every()))
def test_nobody_is_lost_and_each_side_keeps_its_order(some, last, rule):
    queue = rule.queue(some, last=last)

    assert sorted(keys(queue)) == sorted(keys(some))
    for where in From:
        for band in {rule._band(one) for one in queue}:
            side = [
                one.key
                for one in queue
                if one.where is where and rule._band(one) == band and one.ask is Ask.STATEMENT
            ]
            assert side == sorted(side)
