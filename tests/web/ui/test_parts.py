"""The bar of the balance: its lines are in order, touch each other, and none that counts is invisible."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from consulta.web.ui import parts

COUNTS = st.fixed_dictionaries({line: st.integers(0, 200_000) for line in parts.LINES})


@given(COUNTS)
def test_the_lines_touch_and_stay_on_the_bar(counts: dict[str, int]) -> None:
    laid = parts.segments(counts)
    assert [segment.line for segment in laid] == list(parts.LINES)
    for before, after in pairwise(laid):
        assert after.start == before.start + before.width
    assert laid[-1].start + laid[-1].width <= parts.BAR_WIDTH


@given(COUNTS)
def test_a_line_with_a_response_can_be_seen_and_one_without_cannot(counts: dict[str, int]) -> None:
    for segment in parts.segments(counts):
        assert (segment.width > 0) == (segment.count > 0)


def test_an_empty_register_has_an_empty_bar() -> None:
    assert {segment.width for segment in parts.segments({"received": 0})} == {0}
