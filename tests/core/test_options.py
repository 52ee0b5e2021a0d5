"""Options of a question: what may be chosen of them, and how they are named in tables and letters."""

import pytest

from consulta.core import options
from consulta.core.options import OneOptionError, UnknownOptionError

OFFERED = ("support", "support-with-changes", "oppose")
NAMES = {"support": "support", "soutien": "support", "oppose": "oppose", "أؤيد": "support"}


def test_what_was_chosen_stands_in_the_order_in_which_it_is_offered_each_once():
    given = ["oppose", "support", "oppose", ""]

    assert options.chosen(given, OFFERED, several=True) == ("support", "oppose")


def test_an_option_that_is_not_offered_is_named():
    with pytest.raises(UnknownOptionError, match="maybe"):
        options.chosen(["support", "maybe"], OFFERED, several=True)


def test_where_one_may_be_chosen_two_are_refused():
    with pytest.raises(OneOptionError):
        options.chosen(["support", "oppose"], OFFERED, several=False)


@pytest.mark.parametrize("cell", ["Support", " SUPPORT. ", "soutien", "أؤيد", "☒ support"])
def test_a_cell_names_an_option_by_slug_or_label_in_any_language(cell):
    assert options.named(cell, NAMES, several=False) == ("support",)


def test_a_cell_may_name_several_divided_by_semicolons():
    assert options.named("Oppose; soutien", NAMES, several=True) == ("oppose", "support")


PARTED = {
    "yes": "yes",
    "no": "no",
    "yes; with changes": "changed",
    "a | b": "both",
    "oppose": "oppose",
}


@pytest.mark.parametrize(
    ("cell", "chosen"),
    [
        ("Yes; with changes", ("changed",)),
        ("oppose; Yes; with changes", ("oppose", "changed")),
        ("Yes; with changes; no", ("changed", "no")),
        ("yes；no", ("yes", "no")),
        ("A | B\nNo", ("both", "no")),
        (";; yes ;", ("yes",)),
    ],
)
def test_an_option_may_hold_the_sign_that_divides_options(cell, chosen):
    assert options.named(cell, PARTED, several=True) == chosen


def test_half_of_such_an_option_is_named_as_unknown():
    with pytest.raises(UnknownOptionError, match="with many changes"):
        options.named("Yes; with many changes", PARTED, several=True)


def test_a_cell_full_of_signs_is_read_in_time():
    assert options.named("yes;" * 50_000, PARTED, several=True) == ("yes",)


def test_a_cell_with_other_words_says_which():
    with pytest.raises(UnknownOptionError, match="We hesitate"):
        options.named("oppose; We hesitate", NAMES, several=True)


@pytest.mark.parametrize(
    ("text", "several", "chosen"),
    [
        ("Support\nBecause it is fair.", False, ("support",)),
        ("Support", False, ("support",)),
        ("We support this.", False, ()),
        ("Support\nOppose\nBoth.", False, ()),
        ("Support\nOppose\nBoth.", True, ("support", "oppose")),
        ("Because it is fair.\nSupport", False, ()),
    ],
)
def test_a_letter_chooses_only_by_the_exact_words_alone_on_its_first_lines(text, several, chosen):
    assert options.first_lines(text, NAMES, several=several) == chosen
