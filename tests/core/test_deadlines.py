"""By which day documents are there is counted in calendar days by a rule with its source."""

from datetime import date

import pytest

from consulta.core import deadlines

MEETING = date(2027, 3, 17)


def test_the_council_has_12_and_7_calendar_days_and_says_that_nobody_checked_it():
    rule = deadlines.load("itu-council")
    assert rule.due_on(MEETING) == date(2027, 3, 5)
    assert rule.posted_by(MEETING) == date(2027, 3, 10)
    assert rule.verified is False
    assert "Decision 556" in rule.source


@pytest.mark.parametrize(
    ("on", "late"),
    [(date(2027, 3, 5), 0), (date(2027, 3, 6), 1), (date(2027, 3, 20), 15), (date(2026, 1, 1), 0)],
)
def test_what_comes_after_the_day_is_late_by_so_many_days(on, late):
    assert deadlines.load("itu-council").days_late(on, MEETING) == late


def test_what_the_rule_exempts_is_never_late():
    rule = deadlines.load("itu-council")
    assert rule.days_late(date(2027, 3, 20), MEETING, what="compilation") == 0


@pytest.mark.parametrize("slug", ["", "nothing", "../regions/m49"])
def test_a_rule_that_is_not_there_is_said_so(slug):
    with pytest.raises(deadlines.UnknownRuleError):
        deadlines.load(slug)


def test_every_rule_has_a_name_in_six_languages():
    for rule in deadlines.every():
        assert set(rule.names) == {"ar", "en", "es", "fr", "ru", "zh"}
