"""Passages: the sentences and figures of a frozen paper, each under a name that never changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from consulta.core.paper import Block, Chart, Heading, Paper, Paragraph, Span, Table, Words


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, chart or table. *block* is its place among the paper's blocks.

    *key* names it (``12-0``: the first part of block 12): the frozen content never changes, so
    neither does what the key leads to. *heading* is what stands above it.
    """

    key: str
    text: str
    language: str
    block: int
    heading: str
    heading_language: str
    is_figure: bool = False


def passages(paper: Paper) -> Iterator[Passage]:
    """Yield the passages of *paper* in their order."""
    above = Heading(1, Words(""))
    for place, block in enumerate(paper.blocks):
        if isinstance(block, Heading):
            above = block
        yield from _of_block(block, place, above, paper)


def find(paper: Paper, key: str) -> Passage | None:
    """Return the passage named *key*; None where the paper has none of that name."""
    return next((passage for passage in passages(paper) if passage.key == key), None)


def _of_block(block: Block, place: int, above: Heading, paper: Paper) -> Iterator[Passage]:
    under = (above.words.text, above.words.language or paper.language)
    if isinstance(block, Paragraph):
        for number, (text, language) in enumerate(_sentences(block)):
            yield Passage(f"{place}-{number}", text, language or paper.language, place, *under)
    elif isinstance(block, Chart | Table):
        said = block.caption
        language = said.language or paper.language
        yield Passage(f"{place}-0", said.text, language, place, *under, is_figure=True)


def _sentences(block: Paragraph) -> Iterator[tuple[str, str]]:
    """Yield the words of each sentence: a span of its own, without the citations after it."""
    for span in block.spans:
        if _is_words(span):
            yield span.text.strip(), span.language


def _is_words(span: Span) -> bool:
    return not (span.href or span.anchor) and any(letter.isalnum() for letter in span.text)
