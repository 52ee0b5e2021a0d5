"""Marks of confidential passages and names of confidential files, in six languages."""

import pytest

from consulta.core import confidential


def found(text):
    return [text[p.start : p.end] for p in confidential.passages(text)]


def test_a_passage_between_the_marks_is_found_with_its_marks_in_every_language():
    for language in confidential.WORDS:
        opens, closes = confidential.marks(language)
        assert found(f"We agree. {opens}It costs 3.{closes} Thanks.") == [
            f"{opens}It costs 3.{closes}"
        ]
    assert found("a [ Confidentiel ] b [/CONFIDENTIAL] c 【保密】d【／保密】e") == [
        "[ Confidentiel ] b [/CONFIDENTIAL]",
        "【保密】d【／保密】",
    ]


def test_a_passage_never_closed_goes_on_to_the_end_and_a_closing_mark_alone_means_nothing():
    assert found("We agree. [confidential] It costs 3.") == ["[confidential] It costs 3."]
    assert found("We agree. [/confidential] It costs 3. This is confidential.") == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Confidential annex.pdf", True),
        ("CONFIDENTIAL_costs.docx", True),
        ("confidentielle.pdf", True),
        ("[Конфиденциально] расчет.pdf", True),
        ("سري الملحق.pdf", True),
        ("保密附件.pdf", True),
        ("Non-confidential version.pdf", False),
        ("Public version of the confidential annex.pdf", False),
        ("Confidentiality policy.pdf", False),
        ("سريع.pdf", False),
    ],
)
def test_a_file_is_confidential_whose_name_begins_with_the_word(name, kept):
    assert confidential.is_named(name) is kept
