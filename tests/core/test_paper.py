"""A paper is a value: it survives JSON, and refuses to contradict itself."""

import json
from dataclasses import fields

import pytest

from consulta.core.paper import (
    Bar,
    Chart,
    Heading,
    InvalidPaperError,
    Labels,
    NumberedList,
    Paper,
    PaperKind,
    Paragraph,
    PrintedAnswer,
    PrintedFile,
    ResponseBlock,
    Row,
    Span,
    Table,
    Words,
    direction,
    from_json,
    to_json,
)

BLOCKS = (
    Heading(1, Words("Question 1", "en"), "q1"),
    Paragraph((Span("It is said "), Span("[1]", "en", anchor="r-1", href="https://a.example/1"))),
    NumberedList(((Span("one"),), (Span("two", "fr"), Span("!")))),
    Table(Words("By group"), (Words("Group"), Words("n")), ((Words("A"), Words("1")),)),
    Chart(Words("By group"), "A 1", (Words("Group"), Words("n")), (Bar(Words("A"), 1),)),
    ResponseBlock(
        number="9001-000017",
        respondent=Words("منظمة", "ar"),
        language="ar",
        details=(Row("Country", Words("Tunisia")),),
        notes=("Late.",),
        answers=(PrintedAnswer(Words("Q"), Words("نعم", "ar")),),
        attachments=(PrintedFile("a.pdf", "1 kB", "ab" * 32),),
        anchor="r-1",
    ),
)


def paper(*blocks, **changes):
    words = Labels(**{field.name: field.name for field in fields(Labels)})
    return Paper(
        **{
            "kind": PaperKind.CONSOLIDATED,
            "language": "en",
            "title": "Report",
            "stem": "R-1-E",
            "dated": "2026-11-21",
            "running": "Body R-1-E",
            "labels": words,
            "blocks": blocks,
        }
        | changes
    )


def test_a_paper_goes_through_json_unchanged():
    whole = paper(*BLOCKS)
    assert from_json(json.loads(json.dumps(to_json(whole)))) == whole


def test_a_value_of_the_wrong_type_is_refused():
    data = to_json(paper(*BLOCKS))
    data["title"] = ["a", "list"]
    with pytest.raises(InvalidPaperError):
        from_json(data)


def test_an_anchor_stands_in_one_place_only():
    with pytest.raises(InvalidPaperError, match="q1"):
        paper(BLOCKS[0], BLOCKS[0])


@pytest.mark.parametrize("anchor", ["1a", "a b", 'a"onload=', "é"])
def test_an_anchor_is_a_plain_name(anchor):
    with pytest.raises(InvalidPaperError):
        paper(Heading(1, Words("x"), anchor))


@pytest.mark.parametrize("stem", ["", "../x", "a/b", ".hidden", "a\nb"])
def test_a_stem_cannot_lead_out_of_its_folder(stem):
    with pytest.raises(InvalidPaperError):
        paper(stem=stem)


@pytest.mark.parametrize("language", ["", "EN", 'en"', "english"])
def test_a_language_is_a_code(language):
    with pytest.raises(InvalidPaperError):
        paper(language=language)


def test_the_direction_follows_the_language():
    assert [direction(code) for code in ("ar", "ar-TN", "fa", "en", "zh", "")] == [
        "rtl",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
        "ltr",
    ]
    assert paper(language="ar").direction == "rtl"
