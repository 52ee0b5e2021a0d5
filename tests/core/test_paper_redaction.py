"""What the law took away is in no part of a redacted paper; everything else is as it was."""

import json
from dataclasses import replace

import pytest

from consulta.core import paper_redaction
from consulta.core.paper import (
    Cited,
    Heading,
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
    from_json,
    to_json,
)

GONE, STAYS = "11-000017", "11-000025"
SECRET = "Sample secret"


def cited(number, name, quote=""):
    text = f"“{quote}”" if quote else number
    return Span(text, anchor=f"r-{number}", sentence=name, cites=Cited(number, 1, quote))


def response(number, words):
    return ResponseBlock(
        number,
        Words(f"{words} organisation"),
        "en",
        details=(Row("Country", Words(words)),),
        answers=(PrintedAnswer(Words("1. Why?"), Words(words)),),
        attachments=(PrintedFile(f"{words}.pdf", "1 kB", "0" * 64),),
        anchor=f"r-{number}",
        href=f"https://example.org/{number}",
    )


@pytest.fixture
def paper():
    alone = (Span(f"{SECRET} paraphrased.", sentence="s-1"), cited(GONE, "s-1"))
    shared = (
        Span("Two agree.", sentence="s-2"),
        cited(GONE, "s-2", SECRET),
        cited(STAYS, "s-2"),
    )
    other = (Span("One differs.", sentence="s-3"), cited(STAYS, "s-3"))
    row = (Words(GONE, anchor=f"r-{GONE}"), Words(f"{SECRET} organisation"), Words(SECRET))
    return Paper(
        kind=PaperKind.CONSOLIDATED,
        language="en",
        title="Report",
        stem="report",
        dated="2026-11-21",
        running="Report",
        labels=Labels(*[""] * 17),
        blocks=(
            Heading(1, Words("1. Why?"), anchor="q-1"),
            Paragraph((*alone, *shared, *other)),
            NumberedList((alone,)),
            Table(Words("Who"), (Words("Number"), Words("Name"), Words("Words")), (row,)),
            response(GONE, SECRET),
            response(STAYS, "Open words"),
        ),
    )


def words(paper):
    return json.dumps(to_json(paper), ensure_ascii=False)


def test_no_word_of_an_erased_response_is_left_and_its_number_stays(paper):
    redacted = paper_redaction.without(paper, {GONE: "Erased."})
    assert SECRET in words(paper)
    assert SECRET not in words(redacted)
    assert redacted.blocks[4].number == GONE
    assert redacted.blocks[4].notes == ("Erased.",)
    assert [cell.text for cell in redacted.blocks[3].rows[0]] == [GONE, "Erased.", "—"]


def test_everything_else_is_as_it_was(paper):
    redacted = paper_redaction.without(paper, {GONE: "Erased."})
    assert redacted.blocks[5] == paper.blocks[5]
    text = "".join(span.text for span in redacted.blocks[1].spans)
    assert text == "[…] Two agree.[…]11-000025One differs.11-000025"
    assert replace(redacted, blocks=()) == replace(paper, blocks=())
    assert from_json(to_json(redacted)) == redacted


def test_every_sentence_that_cites_it_goes_where_that_was_ordered(paper):
    redacted = paper_redaction.without(paper, {GONE: "Erased."}, every=[GONE])
    text = "".join(span.text for span in redacted.blocks[1].spans)
    assert text == "[…] […] One differs.11-000025"


def test_a_paper_that_names_no_sentences_loses_the_whole_paragraph(paper):
    old = (Span(f"{SECRET}."), Span(GONE, anchor=f"r-{GONE}"))
    redacted = paper_redaction.without(replace(paper, blocks=(Paragraph(old),)), {GONE: "Erased."})
    assert SECRET not in words(redacted)


def test_a_paper_that_does_not_hold_it_stays_the_same(paper):
    assert paper_redaction.without(paper, {"11-000033": "Erased."}) == paper
