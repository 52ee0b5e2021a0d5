"""Cuts what is too long for one volume into pieces: a table, a list, a response.

The words stay as they are, and all of them stay; only the machine formats keep such a response whole.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from consulta.core.paper import (
    Block,
    NumberedList,
    PrintedAnswer,
    PrintedFile,
    ResponseBlock,
    Table,
    Words,
)

#: Rows of a table, items of a list in one piece.
ROWS = 1000
#: Characters of a response in one piece; a volume holds two of them.
CHARACTERS = 700_000
#: What a row or a response costs beside its letters, in letters: lines, edges, headings.
ROW, RESPONSE = 200, 500
T = TypeVar("T")


def weight(block: Block) -> int:
    """Return how much work *block* is to lay out, in letters of plain text."""
    if isinstance(block, ResponseBlock):
        return (
            RESPONSE + sum(map(_of_answer, block.answers)) + sum(map(_of_file, block.attachments))
        )
    if isinstance(block, Table):
        return sum(ROW + sum(len(words.text) for words in row) for row in block.rows)
    if isinstance(block, NumberedList):
        return sum(ROW + sum(len(span.text) for span in item) for item in block.items)
    return 0


def manageable(blocks: Iterable[Block], continued: str) -> Iterator[Block]:
    """Yield *blocks*, long ones in pieces. *continued* names a later piece, with ``{title}`` in it."""
    for block in blocks:
        if isinstance(block, Table) and len(block.rows) > ROWS:
            yield from _tables(block, continued)
        elif isinstance(block, NumberedList) and len(block.items) > ROWS:
            yield from _lists(block)
        elif isinstance(block, ResponseBlock) and weight(block) > CHARACTERS:
            yield from _responses(block, continued)
        else:
            yield block


def _tables(table: Table, continued: str) -> Iterator[Table]:
    for start in range(0, len(table.rows), ROWS):
        caption = _continued(table.caption, continued) if start else table.caption
        rows, figures = table.rows[start : start + ROWS], table.figures[start : start + ROWS]
        yield replace(table, caption=caption, rows=rows, figures=figures)


def _lists(listed: NumberedList) -> Iterator[NumberedList]:
    for start in range(0, len(listed.items), ROWS):
        items = listed.items[start : start + ROWS]
        yield replace(listed, items=items, start=listed.start + start)


def _responses(block: ResponseBlock, continued: str) -> Iterator[ResponseBlock]:
    """Yield the response in pieces; the head stands over the first, its anchor too."""
    answers = [piece for answer in block.answers for piece in _answers(answer)]
    first = replace(block, answers=(), attachments=())
    later = replace(
        first, respondent=_continued(block.respondent, continued), details=(), notes=(), anchor=""
    )
    shares: list[ResponseBlock] = []
    for some in _shared(answers, _of_answer):
        shares.append(replace(later if shares else first, answers=tuple(some)))
    for files in _shared(block.attachments, _of_file):
        shares.append(replace(later if shares else first, attachments=tuple(files)))
    yield from shares


def _answers(answer: PrintedAnswer) -> Iterator[PrintedAnswer]:
    """Yield one answer in pieces, cut between paragraphs or lines where there are any."""
    texts = list(_texts(answer.answer.text))
    for number, text in enumerate(texts):
        yield replace(
            answer,
            question=answer.question if number == 0 else Words(""),
            answer=replace(answer.answer, text=text),
            chosen=answer.chosen if number == 0 else Words(""),
            choices=answer.choices if number == 0 else (),
            translations=answer.translations if number == len(texts) - 1 else (),
        )


def _texts(text: str) -> Iterator[str]:
    while len(text) > CHARACTERS:
        ends = [text.rfind(end, CHARACTERS // 2, CHARACTERS) for end in ("\n\n", "\n", " ")]
        at = next((end for end in ends if end > 0), CHARACTERS)
        yield text[:at]
        text = text[at:]
    yield text


def _shared(items: Sequence[T], of: Callable[[T], int]) -> Iterator[list[T]]:
    share: list[T] = []
    size = 0
    for item in items:
        if share and size + of(item) > CHARACTERS:
            yield share
            share, size = [], 0
        share.append(item)
        size += of(item)
    if share:
        yield share


def _continued(words: Words, continued: str) -> Words:
    return replace(words, text=continued.replace("{title}", words.text))


def _of_answer(answer: PrintedAnswer) -> int:
    return len(answer.answer.text) + sum(len(each.text.text) for each in answer.translations)


def _of_file(file: PrintedFile) -> int:
    return ROW + len(file.extract.text)
