"""A number that a body's grammar writes is read back as the same number."""

from itertools import product

import pytest

from consulta.core.document_numbers import (
    DEFAULT_PATTERN,
    DocumentNumber,
    DocumentNumberMistypedError,
    Grammar,
    InvalidGrammarError,
)

ITU = Grammar("CWG-Internet-")
COUNCIL = Grammar("C")
UNITED_NATIONS = Grammar(
    "A/AC.1", "{body}/{meeting}/{seq}[/Add.{a}][/Rev.{r}][/Corr.{c}]", letters={}
)
SUFFIX_FIRST = Grammar("OPCWGINT", "{body}{meeting}/{seq}-{lang}[(Rev.{r})]")


@pytest.mark.parametrize(
    ("grammar", "written", "said"),
    [
        (COUNCIL, "C09/105-E", DocumentNumber("09", 105, language="en")),
        (COUNCIL, "C17/130(Rev.1)-E", DocumentNumber("17", 130, 1, language="en")),
        (COUNCIL, "C22/58-E", DocumentNumber("22", 58, language="en")),
        (ITU, "CWG-Internet-11/7-E", DocumentNumber("11", 7, language="en")),
        (ITU, "CWG-Internet-11/7(Rev.2)(Add.1)(Cor.3)-C", DocumentNumber("11", 7, 2, 1, 3, "zh")),
        (SUFFIX_FIRST, "OPCWGINT6/2-E(Rev.3)", DocumentNumber("6", 2, 3, language="en")),
        (UNITED_NATIONS, "A/AC.1/2026/5/Rev.1", DocumentNumber("2026", 5, 1)),
        (UNITED_NATIONS, "A/AC.1/2026/5/Add.2/Corr.1", DocumentNumber("2026", 5, 0, 2, 1)),
    ],
)
def test_numbers_seen_in_use_are_read_and_written(grammar, written, said):
    assert grammar.read(written) == said
    assert grammar.write(said) == written


@pytest.mark.parametrize("grammar", [ITU, COUNCIL, Grammar("G20"), Grammar("")])
def test_every_number_survives_the_round(grammar):
    for meeting, seq, r, a, c, language in product(
        ("1", "22", "2026", "sample-2"), (1, 58, 99999), (0, 1), (0, 12), (0, 3), ("en", "zh", "de")
    ):
        number = DocumentNumber(meeting, seq, r, a, c, language)
        assert grammar.read(grammar.write(number)) == number


def test_what_a_person_types_is_read_whatever_the_case_the_spaces_and_the_digits():
    said = DocumentNumber("17", 130, 1, language="en")
    assert COUNCIL.read("c17/130 (rev.1) – e") == said
    assert COUNCIL.read("C١٧/١٣٠(Rev.١)-E") == said


def test_language_versions_share_the_number_without_its_suffix():
    assert COUNCIL.write_base(DocumentNumber("17", 5, 1, language="fr")) == "C17/5(Rev.1)"
    assert UNITED_NATIONS.write_base(DocumentNumber("2026", 5)) == "A/AC.1/2026/5"


@pytest.mark.parametrize("typed", ["", "C17", "C17/0-E", "C17/05-E", "D17/5-E", "C17/5(Rev.0)-E"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(DocumentNumberMistypedError):
        COUNCIL.read(typed)


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{body}{meeting}{seq}", "runs_together"),
        ("{body}{meeting}-{seq}", "runs_together"),
        ("{body}{meeting}/{seq}[(Rev.{r})][(Rev.{a})]-{lang}", "parts_look_alike"),
        ("{body}{meeting}/{seq}[{r}]", "parts_look_alike"),
        ("{body}{meeting}/{seq}(Rev.{r})", "must_be_optional"),
        ("{body}[/{meeting}]/{seq}", "must_always_stand"),
        ("{body}/{seq}", "field_missing"),
        ("{body}{meeting}/{seq}/{seq}", "field_twice"),
        ("{body}{meeting}/{seq}-{tongue}", "unknown_field"),
        ("{body}{meeting}/{seq}[(Rev.{r})", "bracket_open"),
        ("{body}{meeting}/{seq}[a[{r}]]", "bracket_in_bracket"),
        ("{body}{meeting}/{seq}}", "brace_alone"),
        ("{body}{meeting}/{seq}[Rev]", "one_field_in_brackets"),
    ],
)
def test_a_pattern_that_could_be_read_in_two_ways_is_refused(pattern, code):
    with pytest.raises(InvalidGrammarError) as refused:
        Grammar("C", pattern)
    assert refused.value.code == code


def test_two_languages_with_one_letter_are_refused():
    with pytest.raises(InvalidGrammarError):
        Grammar("C", DEFAULT_PATTERN, letters={"es": "S", "sv": "s"})


def test_a_grammar_without_addenda_cannot_write_one():
    with pytest.raises(InvalidGrammarError):
        SUFFIX_FIRST.write(DocumentNumber("6", 2, addendum=1, language="en"))
