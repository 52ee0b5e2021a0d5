"""A long paper comes in volumes: nothing is lost, nothing twice, and the index leads into each."""

from dataclasses import replace

import pytest

from consulta.core.paper import (
    NumberedList,
    PrintedAnswer,
    PrintedFile,
    PrintedTranslation,
    ResponseBlock,
    Span,
    Table,
    Words,
)
from consulta.reports.renderers import pieces
from consulta.reports.renderers.html import html
from consulta.reports.renderers.volumes import CHARACTERS, RESPONSES, beside, cut, volumes
from tests.reports.renderers import specimens


def numbers(part):
    return [block.number for block in part.paper.blocks if isinstance(block, ResponseBlock)]


def index_of(paper):
    return volumes(paper)[0].paper


def tables(paper):
    return [block for block in paper.blocks if isinstance(block, Table)]


def test_a_paper_that_fits_is_one_volume():
    paper = specimens.compilation(RESPONSES)
    assert [(part.paper, part.suffix) for part in volumes(paper)] == [(paper, "")]


def test_a_long_paper_is_cut_and_every_response_stands_in_exactly_one_volume():
    paper = specimens.compilation(2 * RESPONSES + 1)
    index, *parts = volumes(paper)
    assert [part.suffix for part in parts] == ["-volume-1", "-volume-2", "-volume-3"]
    assert parts[2].place == "Volume 3 of 3"
    everything = [number for part in parts for number in numbers(part)]
    assert everything == [block.number for block in paper.blocks[1:]]
    listed = [row[0].text for table in tables(index.paper) for row in table.rows]
    assert listed == everything


def test_a_new_volume_begins_under_the_same_heading():
    _, first, second = volumes(specimens.compilation(RESPONSES + 1))
    assert second.paper.blocks[0].words == first.paper.blocks[0].words
    assert len(second.paper.blocks) == 2


def test_the_index_names_the_respondent_in_the_respondents_language():
    index = index_of(specimens.compilation(RESPONSES + 1))
    assert tables(index)[0].rows[0][1] == Words("Sample organisation 1", "en")


def test_the_index_leads_to_each_volume_beside_it_and_in_html_into_it():
    index = index_of(specimens.compilation(RESPONSES + 1))
    page = html(beside(index, "html"))
    assert '<a href="SAMPLE-1-1-E-volume-1.html"' in page
    assert '<a href="SAMPLE-1-1-E-volume-2.html#r-201"' in page
    printed = beside(index, "pdf")
    assert [span.href for block in printed.blocks if hasattr(block, "spans") for span in block.spans] == [
        "SAMPLE-1-1-E-volume-1.pdf", "SAMPLE-1-1-E-volume-2.pdf",
    ]  # fmt: skip
    assert tables(printed)[0].rows[0][0].href.startswith("https://consult.example/")


def test_only_one_volume_is_held_at_a_time():
    handed = []

    def blocks():
        for number in range(1, 3 * RESPONSES + 1):
            handed.append(number)
            yield specimens.response(number)

    parts = cut(blocks())
    next(parts)
    assert len(handed) == RESPONSES + 1


def test_a_table_of_ten_thousand_rows_is_cut_and_every_row_stands_once():
    rows = tuple((Words(str(number)), Words("x")) for number in range(10_000))
    table = Table(Words("Respondents"), (Words("Number"), Words("Name")), rows)
    made = list(pieces.manageable([table], "{title} (continued)"))
    assert [len(piece.rows) for piece in made] == [1000] * 10
    assert [piece.caption.text for piece in made[:2]] == ["Respondents", "Respondents (continued)"]
    assert tuple(row for piece in made for row in piece.rows) == rows


def test_a_list_that_is_cut_goes_on_counting():
    items = tuple((Span(str(number)),) for number in range(2500))
    made = list(pieces.manageable([NumberedList(items)], ""))
    assert [(piece.start, len(piece.items)) for piece in made] == [
        (1, 1000), (1001, 1000), (2001, 500),
    ]  # fmt: skip


@pytest.mark.parametrize("filler", ["word ", "网", "a line\n", "paragraph\n\n"])
def test_a_response_of_two_megabytes_is_printed_whole_in_pieces(filler):
    text = filler * (2_000_000 // len(filler))
    question = Words("What?", "en")
    translated = PrintedTranslation("Official translation", Words("Oui.", "fr"))
    answers = (PrintedAnswer(question, Words(text, "en"), translations=(translated,)),)
    file = PrintedFile(
        "a.pdf", "1 kB", "ab" * 32, title="a.pdf", extract=Words("y" * 100_000, "en")
    )
    block = replace(specimens.response(1), answers=answers, attachments=(file,) * 10)

    made = list(pieces.manageable([block], "{title} (continued)"))

    assert max(map(pieces.weight, made)) < CHARACTERS / 2 + 200_000
    assert "".join(a.answer.text for piece in made for a in piece.answers) == text
    assert [a.question for piece in made for a in piece.answers if a.question.text] == [question]
    assert sum(len(a.translations) for piece in made for a in piece.answers) == 1
    assert sum(len(piece.attachments) for piece in made) == 10
    assert [piece.anchor for piece in made if piece.anchor] == ["r-1"]
    assert made[1].respondent.text == "Sample organisation 1 (continued)"
    assert made[1].notes == made[1].details == ()


def test_the_index_names_a_response_in_pieces_once_in_each_volume():
    long = replace(
        specimens.response(1),
        answers=(PrintedAnswer(Words("What?"), Words("word " * 400_000, "en")),),
    )
    index, *parts = volumes(specimens.paper(long))
    assert len(parts) == 2
    assert [[row[0].text for row in table.rows] for table in tables(index.paper)] == [
        [long.number], [long.number],
    ]  # fmt: skip
