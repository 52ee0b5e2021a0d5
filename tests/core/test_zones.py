"""When clocks jump, and which ones show the same."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from consulta.core import zones

HOUR = timedelta(hours=1)


def test_the_clock_of_zurich_jumps_at_one_in_utc():
    found = list(zones.jumps("Europe/Zurich", date(2026, 1, 1), date(2026, 12, 31)))

    assert [(jump.at, jump.before, jump.after, jump.name, jump.is_summer) for jump in found] == [
        (datetime(2026, 1, 1, tzinfo=UTC), HOUR, HOUR, "CET", False),
        (datetime(2026, 3, 29, 1, tzinfo=UTC), HOUR, 2 * HOUR, "CEST", True),
        (datetime(2026, 10, 25, 1, tzinfo=UTC), 2 * HOUR, HOUR, "CET", False),
    ]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "Africa/Nairobi"])
def test_a_clock_that_never_jumps_is_told_once(zone):
    assert len(list(zones.jumps(zone, date(2020, 1, 1), date(2026, 12, 31)))) == 1


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Australia/Lord_Howe", "America/Santiago"])
def test_between_two_jumps_the_offset_is_what_the_last_one_said(zone):
    found = list(zones.jumps(zone, date(2025, 1, 1), date(2027, 12, 31)))
    assert len(found) > 4
    for jump, following in pairwise(found):
        for at in (jump.at, following.at - timedelta(seconds=1)):
            assert at.astimezone(ZoneInfo(zone)).utcoffset() == jump.after


def test_places_whose_clocks_show_the_same_stand_together_from_west_to_east():
    at = datetime(2027, 1, 4, 22, 59, tzinfo=UTC)

    found = zones.at_places(at, ["America/Santiago", "Pacific/Easter", "America/Punta_Arenas"])

    assert [(f"{there.at:%d %H:%M}", there.zones) for there in found] == [
        ("04 17:59", ("Pacific/Easter",)),
        ("04 19:59", ("America/Santiago", "America/Punta_Arenas")),
    ]
