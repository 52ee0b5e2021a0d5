"""A consultation is judged by one edition of its norm; whether that was in force is said."""

from datetime import date

import pytest

from consulta.consultations import norm_wording, norms
from consulta.consultations.norms import Standing
from consulta.core import procedure as procedures

RULES = procedures.load("itu-res-1336-2019")


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (date(2021, 9, 23), Standing.IN_FORCE),
        (date(2019, 9, 20), Standing.NOT_KNOWN),
        (date(2018, 5, 1), Standing.ANOTHER),
        (None, Standing.NOT_KNOWN),
    ],
)
def test_the_edition_was_in_force_or_not_or_nobody_can_tell(on, standing):
    norm = norms.on_day(RULES, on)
    assert norm is not None
    assert (norm.name, norm.standing) == ("Resolution 1336 (Rev. 2019)", standing)


def test_a_procedure_without_a_norm_is_judged_by_none():
    assert norms.on_day(procedures.load("open-call"), date(2026, 1, 1)) is None
    assert norm_wording.warning(None) == ""


def test_only_the_wrong_edition_is_warned_of():
    told = {
        day: norm_wording.warning(norms.on_day(RULES, day))
        for day in (date(2021, 9, 23), date(2018, 5, 1))
    }
    assert told[date(2021, 9, 23)] == ""
    assert "was not in force on the day of the decision" in told[date(2018, 5, 1)]
    assert "Choose the procedure of the edition that was." in told[date(2018, 5, 1)]
