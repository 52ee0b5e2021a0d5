"""Prepares a paper for laying out: heading levels without gaps, links that lead somewhere."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import zip_longest
from typing import Any

from consulta.core.paper import (
    Block,
    Heading,
    NumberedList,
    Paper,
    Paragraph,
    ResponseBlock,
    Span,
    Table,
    Words,
    anchors,
)
from consulta.reports.renderers.plain import link

_OUTLINED = 2  # levels in the table of contents
_HEADING_LENGTH = 1000  # a bookmark of PDF/A holds 32,767 bytes


def known_anchors(paper: Paper) -> frozenset[str]:
    """Return every anchor that exists in this paper."""
    return frozenset(anchors(paper.blocks))


def levelled(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, int]]:
    """Yield each block with its heading level: no level is skipped, a response stands one below."""
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            level = max(1, min(block.level, level + 1))
            yield block, level
        else:
            yield block, level + 1


def leading(blocks: tuple[Block, ...]) -> Iterator[bool]:
    """Say of each block whether it is a numbered paragraph that leads a list: it stays with what follows."""
    for block, after in zip_longest(blocks, blocks[1:]):
        both = isinstance(block, Paragraph) and isinstance(after, Paragraph)
        yield both and bool(block.mark) and block.depth < after.depth  # type: ignore[union-attr]


def contents(paper: Paper) -> list[tuple[int, Heading]]:
    """Return the headings of the table of contents, with their level."""
    return [
        (level, block)
        for block, level in levelled(paper.blocks)
        if isinstance(block, Heading) and level <= _OUTLINED
    ]


def short(text: str) -> str:
    """Return a heading's text on one line, cut where a bookmark could not hold it."""
    line = " ".join(text.split())
    return line if len(line) <= _HEADING_LENGTH else line[:_HEADING_LENGTH] + "…"


def lead(spans: tuple[Span, ...]) -> str:
    """Return the language that a paragraph runs in: that of its longest part that is no citation."""
    written = [span for span in spans if not (span.anchor or span.href)] or list(spans)
    return max(written, key=lambda span: len(span.text)).language if written else ""


def with_targets(paper: Paper, data: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON of *paper* with a level on every block and a *target* on every citation."""
    known = known_anchors(paper)
    blocks = [
        printed | {"level": level, "leads": leads} | _linked(block, known)
        for (block, level), leads, printed in zip(
            levelled(paper.blocks), leading(paper.blocks), data["blocks"], strict=True
        )
    ]
    return data | {"blocks": blocks}


def _linked(block: Block, known: frozenset[str]) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return _spans(block.spans, known)
    if isinstance(block, NumberedList):
        return {"items": [_spans(item, known) for item in block.items]}
    if isinstance(block, Table):
        return {"rows": [[_cell(words, known) for words in row] for row in block.rows]}
    if isinstance(block, ResponseBlock):
        files = [asdict(f) | {"target": link("", f.href, known)} for f in block.attachments]
        return {"target": link("", block.href, known), "attachments": files}
    return {}


def _cell(words: Words, known: frozenset[str]) -> dict[str, str]:
    target = link(words.anchor, words.href, known)
    return {"text": words.text, "language": words.language, "target": target}


def _spans(spans: tuple[Span, ...], known: frozenset[str]) -> dict[str, Any]:
    parts = [
        {"text": s.text, "language": s.language, "target": link(s.anchor, s.href, known)}
        for s in spans
    ]
    return {"spans": parts, "language": lead(spans)}


def responses(paper: Paper) -> list[ResponseBlock]:
    """Return the responses that the paper prints, in order."""
    return [block for block in paper.blocks if isinstance(block, ResponseBlock)]
