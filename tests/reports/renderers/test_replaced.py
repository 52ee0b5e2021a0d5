"""What could not be printed as it was sent is listed: what, how often, what was done, where."""

from dataclasses import replace

import pytest

from consulta.core.paper import Heading, Paragraph, Span, Words
from consulta.reports.renderers import replaced
from consulta.reports.renderers.docx import docx
from consulta.reports.renderers.html import html
from tests.reports.renderers import specimens
from tests.reports.renderers.test_docx import texts
from tests.reports.renderers.test_html import Outline


def found(text, kind="pdf", index=1):
    answered = specimens.response(index, text=text)
    return replaced.of(specimens.paper(answered), kind)


def test_a_sign_without_a_glyph_is_listed_with_its_number_and_where_it_stood():
    assert found("Good 👍") == [
        {
            "sign": "[U+1F44D]",
            "name": "THUMBS UP SIGN",
            "times": 2,
            "done": "by_number",
            "where": ["9001-000017"],
            "under": [],
        }
    ]


def test_a_sign_in_the_documents_own_words_is_listed_with_its_heading():
    heading, said = Heading(1, Words("1. What next?", "en")), Paragraph((Span("Good 👍"),))
    paper = specimens.paper(heading, said)
    (line,) = replaced.of(paper, "pdf")
    labels = replace(paper.labels, own_words="here, under “{title}”", first_page="first page")
    printed = replaced.listed(replace(paper, labels=labels), [line, line | {"under": [""]}])

    assert (line["where"], line["under"]) == ([], ["1. What next?"])
    assert [row[-1].text for row in printed.blocks[-1].rows] == [
        "here, under “1. What next?”",
        "first page",
    ]
    assert replaced.listed(paper, [line]).blocks[-1].rows[0][-1].text == "—"  # frozen before


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
def test_what_is_left_out_is_listed_in_every_format(kind):
    listed = found("safe\u202egpj.exe\x00", kind)
    assert [(each["sign"], each["times"], each["done"]) for each in listed] == [
        ("[U+0000]", 2, "left_out"),
        ("[U+202E]", 2, "left_out"),
    ]


def test_html_and_docx_print_an_emoji_as_it_is():
    assert found("Good 👍", "html") == found("Good 👍", "docx") == []


def test_marks_piled_up_are_listed_by_how_many_were_left_out():
    (marks,) = found("a" + "\u0301" * 500)
    assert (marks["sign"], marks["times"], marks["done"]) == ("[U+0301]", 992, "left_out")


def test_a_word_that_was_made_breakable_is_listed_and_a_checksum_or_an_address_is_not():
    listed = found("w" * 20_000)
    assert [(each["sign"], each["done"]) for each in listed] == [("w" * 15 + "…", "made_breakable")]
    assert found("ab" * 32) == []
    assert found("https://consult.example/en/responses/9001-000017/files/123456/and/so/on/") == []


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_heading_that_no_bookmark_holds_is_listed_as_shortened(kind):
    paper = specimens.paper(Heading(1, Words("A title of many words. " * 60, "en")))
    assert [(each["sign"], each["done"]) for each in replaced.of(paper, kind)] == [
        ("A title of many…", "shortened")
    ]
    assert replaced.of(paper, "html") == []


def test_ordinary_words_in_six_languages_replace_nothing():
    assert replaced.of(specimens.consolidated("ar"), "pdf") == []


def test_the_list_stands_at_the_end_of_html_and_docx_too():
    paper = specimens.paper(specimens.response(1, text="a\u202eb"))
    for text in (html(paper), texts(docx(paper))):
        end = text[text.rindex("Characters that could not be printed") :]
        assert "[U+202E]" in end
        assert "RIGHT-TO-LEFT OVERRIDE" in end
        assert "Left out" in end
        assert "9001-000017" in end
    assert Outline(html(paper)).open == []
    assert replaced.ANCHOR not in html(specimens.paper(specimens.response(1)))


def test_a_response_of_nothing_else_does_not_fill_a_book():
    everything = " ".join(map(chr, range(0xE000, 0xE000 + 5000)))
    listed = found(everything)
    assert len(listed) == 5000
    assert len(replaced.listed(specimens.paper(), listed).blocks[-1].rows) == replaced.LINES
