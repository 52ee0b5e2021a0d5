"""The data of an edition: one shape, described in docs/documents.md and kept."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from consulta.core.paper import (
    BLOCKS,
    Bar,
    Chart,
    Cited,
    Facts,
    Folded,
    Heading,
    NumberedList,
    Origin,
    Paragraph,
    PrintedAnswer,
    PrintedFile,
    PrintedTranslation,
    ResponseBlock,
    Row,
    Span,
    Table,
    Words,
)
from consulta.reports.renderers import data as shapes
from consulta.reports.renderers.akn import akn
from consulta.reports.renderers.data import data, document
from tests.reports.renderers import hostile, specimens

DESCRIBED = Path(__file__).parents[3] / "docs" / "documents.md"
ADDRESS = "https://consult.example/en/responses/11-000017/"


def words(text, language="en", link=None):
    direction = "rtl" if language == "ar" else "ltr"
    return {"text": text, "language": language, "direction": direction, "link": link}


def block(*blocks):
    return document(specimens.paper(*blocks))["blocks"][-1]


def test_the_document_says_what_it_is():
    origin = Origin(
        body="sample-body", body_name="Sample body", consultation="sample-topic", number="11",
        document="SAMPLE-1/1-E", edition=2, address="https://consult.example/en/",
    )  # fmt: skip
    paper = replace(specimens.paper(language="ar"), origin=origin, header=(), note="")
    assert document(paper) == {
        "shape": "consulta-document/1",
        "kind": "compilation",
        "name": "SAMPLE-1-1-E",
        "dated": "2026-11-21",
        "language": "ar",
        "direction": "rtl",
        "title": paper.title,
        "subtitle": "Sample consultation on access to the Internet",
        "note": None,
        "body": {"slug": "sample-body", "name": "Sample body"},
        "consultation": {
            "slug": "sample-topic",
            "number": "11",
            "address": "https://consult.example/en/",
        },
        "document": "SAMPLE-1/1-E",
        "edition": 2,
        "header": [],
        "blocks": [],
        "left_out": [],
    }


def test_a_citation_is_a_number_a_version_and_where_it_names_them_the_words():
    whole = Cited("11-000017", 2)
    passage = Cited("11-000025", 1, "not yet connected", 3, 10, 27)
    spans = (
        Span("Two agree.", "en", sentence="s-7"), Span(" ["),
        Span("11-000017", "en", href=ADDRESS, sentence="s-7", cites=whole), Span(", "),
        Span("11-000025", "en", anchor="r-9", sentence="s-7", cites=passage), Span("] "),
        Span("وواحد لا.", "ar", sentence="s-8"),
    )  # fmt: skip
    assert block(replace(specimens.response(9), anchor="r-9"), Paragraph(spans)) == {
        "type": "paragraph",
        "mark": None,
        "text": "Two agree. [11-000017, 11-000025] وواحد لا.",
        "language": "en",
        "direction": "ltr",
        "sentences": [
            {
                "id": "s-7",
                "text": "Two agree.",
                "language": "en",
                "direction": "ltr",
                "citations": [
                    {
                        "number": "11-000017",
                        "version": 2,
                        "passage": None,
                        "id": None,
                        "address": ADDRESS,
                    },
                    {
                        "number": "11-000025",
                        "version": 1,
                        "passage": {
                            "question": 3,
                            "start": 10,
                            "end": 27,
                            "quote": "not yet connected",
                        },
                        "id": "r-9",
                        "address": None,
                    },
                ],
            },
            {
                "id": "s-8",
                "text": "وواحد لا.",
                "language": "ar",
                "direction": "rtl",
                "citations": [],
            },
        ],
        "links": [],
    }


def test_a_sentence_keeps_its_own_brackets_and_not_those_of_its_citations():
    cited = Cited("11-000017", 2)
    parts = ("They say “", "[sic]", "”", " ", "[")
    spans = tuple(Span(part, "en", sentence="s-7") for part in parts)
    numbers = (Span("11-000017", sentence="s-7", cites=cited), Span(", ", sentence="s-7"),
               Span("11-000025", sentence="s-7", cites=cited), Span("] ", sentence="s-7"))  # fmt: skip
    (sentence,) = block(Paragraph((*spans, *numbers)))["sentences"]

    assert sentence["text"] == "They say “[sic]”"
    assert len(sentence["citations"]) == 2


def test_figures_are_numbers():
    chart = Chart(Words("By group"), "Civil society 12.", (Words("Group"), Words("Responses")),
                  (Bar(Words("Civil society"), 1336),))  # fmt: skip
    assert block(chart) == {
        "type": "chart",
        "caption": words("By group"),
        "described": "Civil society 12.",
        "columns": [words("Group"), words("Responses")],
        "bars": [{"label": words("Civil society"), "value": 1336}],
    }
    table = Table(Words("Balance"), (Words("State"), Words("Responses")),
                  ((Words("Published"), Words("1,336")),),
                  figures=((1336,),), drawn="Published 1,336.")  # fmt: skip
    assert block(table) == {
        "type": "table",
        "caption": words("Balance"),
        "described": "Published 1,336.",
        "columns": [words("State"), words("Responses")],
        "rows": [[words("Published"), words("1,336")]],
        "figures": [[1336]],
    }


def test_a_response_is_whole():
    printed = PrintedAnswer(
        Words("1. What?", "en"),
        Words("Oui.", "fr"),
        position=1,
        chosen=Words("Yes", "en"),
        choices=("yes",),
        translations=(PrintedTranslation("English, by machine", Words("Yes.", "en"), "machine"),),
    )
    sent = ResponseBlock(
        number="11-000017",
        respondent=Words("Sample organisation", "en"),
        language="fr",
        details=(Row("Country", Words("Switzerland")),),
        notes=("Late.",),
        answers=(printed,),
        attachments=(
            PrintedFile(
                "a.pdf", "1 kB", "ab" * 32, ADDRESS, "a.pdf", "Read by machine.", Words("x")
            ),
        ),
        anchor="r-17",
        href=ADDRESS,
        facts=Facts(2, "2026-10-04T11:20:00+00:00", "CH", "civil-society", "web"),
    )
    assert block(sent) == {
        "type": "response",
        "id": "r-17",
        "number": "11-000017",
        "version": 2,
        "address": ADDRESS,
        "respondent": words("Sample organisation"),
        "language": "fr",
        "direction": "ltr",
        "received_at": "2026-10-04T11:20:00+00:00",
        "country": "CH",
        "stakeholder_group": "civil-society",
        "channel": "web",
        "details": [{"label": "Country", "value": words("Switzerland")}],
        "notes": ["Late."],
        "campaign": None,
        "answers": [
            {
                "question": 1,
                "question_text": words("1. What?"),
                "choices": ["yes"],
                "chosen": words("Yes"),
                "answer": words("Oui.", "fr"),
                "whole": None,
                "translations": [
                    {"status": "machine", "label": "English, by machine", **words("Yes.")}
                ],
            }
        ],
        "attachments": [
            {
                "name": "a.pdf",
                "size": "1 kB",
                "sha256": "ab" * 32,
                "address": ADDRESS,
                "note": "Read by machine.",
                "text": words("x"),
            }
        ],
    }


def test_headings_lists_and_links():
    listed = NumberedList(((Span("See "), Span("there", href=ADDRESS)),), start=4)
    heading = Heading(3, Words("Question 1", "en"), "q-1")
    made = document(specimens.paper(heading, listed))["blocks"]
    assert made == [
        {"type": "heading", "id": "q-1", "level": 1, **words("Question 1")},
        {
            "type": "list",
            "start": 4,
            "items": [
                {
                    "text": "See there",
                    "language": "en",
                    "direction": "ltr",
                    "sentences": [],
                    "links": [{"text": "there", "id": None, "address": ADDRESS}],
                }
            ],
        },
    ]


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_every_text_goes_in_and_comes_out_as_it_was_sent(name):
    text = hostile.TEXTS[name]
    made = json.loads(data(hostile.everywhere(text)))
    (sent,) = [each for each in made["blocks"] if each["type"] == "response"]
    kept = re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\U0010ffff]", "", text
    )
    if name != "separators":  # a line end of old terminals is kept
        assert sent["answers"][0]["answer"]["text"] == kept
    assert sent["address"] is None
    missing = {each["character"] for each in made["left_out"]}
    assert missing == {f"U+{ord(char):04X}" for char in set(text) - set(kept) - {"\x85"}}


def test_every_key_and_every_kind_of_block_is_described():
    paper = specimens.consolidated()
    keys = {key for each in walked(document(paper)) for key in each}
    described = set(re.findall(r"`([a-z_0-9]+)`", DESCRIBED.read_text(encoding="utf-8")))
    assert keys - described == set()
    assert set(BLOCKS) - described == set()
    assert set(BLOCKS.values()) == set(shapes._MAKE)


def walked(value):
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from walked(inner)


def test_the_same_paper_gives_the_same_bytes():
    assert data(specimens.consolidated()) == data(specimens.consolidated())


def test_an_answer_that_a_campaign_folds_has_every_word_where_the_shared_text_stands():
    told = PrintedAnswer(
        Words("1. What?"), Words("Of the shared text: sentence 2."), 1,
        folded=(Folded("left_out", 1, 1), Folded("same", 2, 2), Folded("own", 2, 2, "And we add.")),
    )  # fmt: skip
    sent = replace(specimens.response(1), answers=(told,), campaign="c-1")
    text = (
        Heading(2, Words("1. What?"), "c-1-q-1"),
        NumberedList(((Span("First."),), (Span("Second."),))),
    )
    assert block(*text, sent)["answers"][0]["whole"] == "Second. And we add."
    assert block(sent)["answers"][0]["whole"] is None
    made = akn(specimens.paper(*text, sent)).decode()
    assert re.search('name="whole".*?<p [^>]*>Second. And we add.</p>', made)
