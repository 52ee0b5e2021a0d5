"""Whether a reader sees anything of a text."""

import pytest

from consulta.core.plaintext import says_something


@pytest.mark.parametrize("text", ["a", "٣", "是", "👍", "?", "\u202eno", "\ufeffYes", "€"])
def test_letters_digits_and_signs_are_seen(text):
    assert says_something(text)


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\x00\x07", "\u200b\u200e\u2060", "\u3164", "\u2800", "\ufe0f", "\ud800"]
)
def test_controls_fillers_and_marks_alone_are_not(text):
    assert not says_something(text)
