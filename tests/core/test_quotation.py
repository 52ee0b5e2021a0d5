"""Quoted words are found word for word, and nothing is guessed."""

import pytest

from consulta.core import quotation


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("We agree.\nOn one thing.", "agree. On one", (3, 16)),
        ("نحن نوافق على هذا.", "نوافق على", (4, 13)),
        ("We agree.", "We disagree.", None),
        ("We agree.", " \n", None),
        ("a (b) c", "(b)", (2, 5)),
    ],
)
def test_words_are_found_whatever_the_line_breaks(text, words, found):
    assert quotation.find(text, words) == found


def test_every_place_of_a_quote_is_told_apart_and_the_longest_wins():
    said = "“One.” and “One. Two.” and “One.”"

    assert quotation.split(said, ("One.", "One. Two.")) == [
        ("“", None), ("One.", 0), ("” and “", None), ("One. Two.", 1),
        ("” and “", None), ("One.", 0), ("”", None),
    ]  # fmt: skip


def test_marks_are_those_of_the_language_around():
    assert quotation.marked("Oui", "fr") == "«\u00a0Oui\u00a0»"
    assert quotation.marked("Oui", "en") == "“Oui”"


@pytest.mark.parametrize(
    ("text", "quotes", "left"),
    [
        ("“No”, they said in November.", ["No"], "“[…]”, they said in November."),
        ("We agree on\none thing here.", ["agree on one thing"], "We […] here."),
        ("agree on fees, agree", ["agree", "agree on fees"], "[…], […]"),
        ("他们同意了。", ["同意"], "他们[…]了。"),
        ("ونوافق على هذا الأمر", ["نوافق على هذا"], "و[…] الأمر"),
        ("We agree.", ["", " "], "We agree."),
        ("a (b) c", ["(b)"], "a […] c"),
    ],
)
def test_quoted_words_are_left_out_wherever_they_stand(text, quotes, left):
    assert quotation.without(text, quotes) == left
