"""Headings and lists are read out of plain words; nothing that was typed is lost."""

from consulta.core.light_text import Block, Kind, blocks


def test_headings_lists_and_paragraphs():
    text = "# Background\nOne line\nand the next\n\nAnother.\n- one\n- two\n\n1. first\n2) second"
    assert blocks(text) == [
        Block(Kind.HEADING, ("Background",), 1),
        Block(Kind.PARAGRAPH, ("One line", "and the next")),
        Block(Kind.PARAGRAPH, ("Another.",)),
        Block(Kind.LIST, ("one", "two")),
        Block(Kind.NUMBERED, ("first", "second")),
    ]


def test_what_only_looks_like_mark_up_stays_words():
    text = "#1 issue\n-5 degrees\n2027. It began\n####"
    assert [block.kind for block in blocks(text)] == [Kind.PARAGRAPH]
    assert blocks(text)[0].lines == ("#1 issue", "-5 degrees", "2027. It began", "####")


def test_nothing_is_nothing():
    assert blocks(" \n\n") == []
