"""Gives an answer that a campaign folds its words back: files for machines hold every word."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from consulta.core.differences import Piece, rebuilt
from consulta.core.paper import Block, Heading, NumberedList, PrintedAnswer

#: The sentences of each shared text, by the anchor of the question under which it stands.
Shared = Mapping[str, Sequence[str]]


def shared(blocks: Sequence[Block]) -> Shared:
    """Return the shared texts that stand in *blocks*."""
    return {
        heading.anchor: ["".join(span.text for span in item) for item in block.items]
        for heading, block in pairwise(blocks)
        if isinstance(heading, Heading) and isinstance(block, NumberedList) and heading.anchor
    }


def whole(printed: PrintedAnswer, campaign: str, texts: Shared) -> str:
    """Return every word of *printed*; empty where it is not folded, or the text is in another file."""
    sentences = texts.get(f"{campaign}-q-{printed.position}")
    if not printed.folded or sentences is None:
        return ""
    pieces = (Piece(each.kind, each.first, each.last, each.text) for each in printed.folded)  # type: ignore[arg-type]
    return rebuilt(sentences, list(pieces))
