"""What is looked for is found however it is written."""

import pytest

from consulta.core.finding import found, terms


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("internet", "The INTERNET of islands"),
        ("résumé", "Resume of the meeting"),
        ("resume", "Le résumé"),
        ("عربية", "العَرَبِيَّة"),
        ("السلام", "الســـلام"),
        ("ёлка", "Елка"),
        ("１２", "Document 12"),
        ("strasse", "Straße"),
        ("islands internet", "The Internet of the islands"),
        ("互联网", "扩大互联网连接"),
    ],
)
def test_words_are_found_whatever_case_accents_or_order(words, text):
    assert found(terms(words), [text])


def test_every_word_must_stand_somewhere():
    assert found(terms("islands cable"), ["Islands", "a cable"])
    assert not found(terms("islands satellite"), ["Islands", "a cable"])


def test_nothing_looked_for_finds_nothing():
    assert not found(terms("   "), ["anything"])
