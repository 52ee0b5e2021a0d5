"""What the law took away is left out of a paper that was frozen; everything else stays as it was.

The number of a response stays, since the register keeps it; name, words, files and what a report
quotes of it go. A sentence that rests on such responses alone goes whole, or every one that cites
them where that was ordered.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from consulta.core import quotation
from consulta.core.paper import (
    Block,
    Cited,
    Heading,
    NumberedList,
    Paper,
    Paragraph,
    ResponseBlock,
    Span,
    Table,
    Words,
)
from consulta.core.redaction import OMISSION

NOTHING = "—"


def without(paper: Paper, gone: Mapping[str, str], *, every: Iterable[str] = ()) -> Paper:
    """Return *paper* without what it held of the responses *gone*.

    *gone*: number -> what stands in their place, in the paper's language; *every*: those of them
    whose every sentence goes, also one that rests on others.
    """
    order = _Order(gone, frozenset(every))
    return replace(paper, blocks=tuple(order.block(block) for block in paper.blocks))


def without_sections(paper: Paper, gone: Mapping[str, str]) -> Paper:
    """Return *paper* without what stands under the headings whose anchors are in *gone*.

    *gone*: anchor -> what stands there instead. The headings stay, and so does the number of blocks,
    since passages are named by their place.
    """
    return replace(paper, blocks=tuple(_without_sections(paper.blocks, gone)))


def _without_sections(blocks: Iterable[Block], gone: Mapping[str, str]) -> Iterator[Block]:
    said: str | None = None  # what the next block of a section says instead; None: outside of one
    for block in blocks:
        if isinstance(block, Heading):
            said = gone.get(block.anchor) if block.anchor else None
            yield block
        elif said is None:
            yield block
        else:
            yield Paragraph((Span(said),))
            said = OMISSION


class _Order:
    """What is to be left out, applied block by block."""

    def __init__(self, gone: Mapping[str, str], every: frozenset[str]) -> None:
        self.gone = gone
        self.every = every

    def block(self, block: Block) -> Block:
        """*block* without what is gone."""
        if isinstance(block, ResponseBlock):
            return self._response(block)
        if isinstance(block, Table):
            return replace(block, rows=tuple(self._row(row) for row in block.rows))
        if isinstance(block, Paragraph):
            return replace(block, spans=self._spans(block.spans))
        if isinstance(block, NumberedList):
            return replace(block, items=tuple(self._spans(item) for item in block.items))
        return block

    def _response(self, block: ResponseBlock) -> ResponseBlock:
        if block.number not in self.gone:
            return block
        return ResponseBlock(
            number=block.number,
            respondent=Words(NOTHING),
            language="",
            notes=(self.gone[block.number],),
            anchor=block.anchor,
            href=block.href,
        )

    def _row(self, row: tuple[Words, ...]) -> tuple[Words, ...]:
        """A line of a table about a response: its number, and why there is nothing else."""
        number = next((cell.text for cell in row if cell.text in self.gone), "")
        if not number:
            return row
        said = iter([self.gone[number]])
        return tuple(cell if cell.text == number else Words(next(said, NOTHING)) for cell in row)

    def _spans(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        if not any(_number(span) in self.gone for span in spans):
            return spans
        if not any(span.sentence for span in spans):  # of a release that named no sentences
            return (Span(OMISSION),)
        parts = groupby(spans, key=lambda span: span.sentence)
        return tuple(span for name, part in parts for span in self._sentence(name, list(part)))

    def _sentence(self, name: str, spans: list[Span]) -> Iterator[Span]:
        cited = {number for span in spans if (number := _number(span))}
        here = cited & set(self.gone)
        if here and (here == cited or here & self.every):
            yield Span(f"{OMISSION} ", sentence=name)
            return
        taken = [span.cites for span in spans if span.cites and _number(span) in self.gone]
        quotes = tuple(cites.quote for cites in taken if cites.quote)
        for span in spans:
            own = replace(span, text=quotation.without(span.text, quotes))
            yield self._span(span) if _number(span) in self.gone else own

    def _span(self, span: Span) -> Span:
        """A citation of what is gone: its number may stand, words of it may not."""
        number = _number(span)
        cites = Cited(number, span.cites.version) if span.cites else None
        text = span.text if _is_only_number(span.text, number) else OMISSION
        return replace(span, text=text, cites=cites)


def _number(span: Span) -> str:
    """The response that *span* cites, empty for none."""
    if span.cites is not None:
        return span.cites.number
    return span.anchor.removeprefix("r-") if span.anchor.startswith("r-") else ""


def _is_only_number(text: str, number: str) -> bool:
    return not any(letter.isalpha() for letter in text.replace(number, ""))
