"""The hours of a meeting are shared by what was answered; nothing is lost overnight or at a clock change."""

from datetime import UTC, datetime, timedelta

from consulta.core.slots import Session, Slot, Wanted, overrun, share

MORNING = datetime(2027, 3, 1, 9, tzinfo=UTC)


def session(day=0, minutes=120):
    begins = MORNING + timedelta(days=day)
    return Session(begins, begins + timedelta(minutes=minutes))


def told(slots):
    return [
        (slot.key, (slot.begins - MORNING) // timedelta(minutes=1), slot.minutes) for slot in slots
    ]


def test_fixed_items_keep_their_time_and_the_rest_is_shared_by_weight():
    wanted = [Wanted(1, fixed=10), Wanted(2, weight=3), Wanted(3, weight=1), Wanted(4, fixed=20)]
    assert told(share([session()], wanted)) == [(1, 0, 10), (2, 10, 60), (3, 70, 25), (4, 95, 20)]


def test_nobody_answered_anything_so_all_get_the_same():
    assert told(share([session()], [Wanted(1), Wanted(2)])) == [(1, 0, 60), (2, 60, 60)]


def test_an_item_goes_on_the_next_day_and_one_that_would_barely_begin_waits_for_it():
    wanted = [Wanted(1, fixed=90), Wanted(2, fixed=60), Wanted(3, fixed=85), Wanted(4, fixed=30)]
    days = [session(0), session(1), session(2)]
    day = 24 * 60
    assert told(share(days, wanted)) == [
        (1, 0, 90),
        (2, 90, 60),  # thirty minutes of it on the second day
        (3, day + 30, 85),
        (4, 2 * day, 30),  # five minutes were left
    ]


def test_more_items_than_time_is_said_in_minutes():
    slots = share([session(minutes=30)], [Wanted(n) for n in range(5)])
    assert [slot.minutes for slot in slots] == [10] * 5
    assert overrun([session(minutes=30)], slots) == 20
    assert overrun([session()], [Slot(1, MORNING, 120)]) == 0


def test_a_meeting_without_hours_gives_no_slots():
    assert share([], [Wanted(1)]) == ()
