"""Cuts a long paper into volumes that one process can lay out, with an index that leads into them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from consulta.core.paper import Block, Heading, Paper, ResponseBlock, Table, Words
from consulta.reports.renderers.layout import responses

#: Responses in a volume: 200 of two pages took 6-9 s and 400 MB, 2,000 at once 3.3 GB.
RESPONSES = 200
#: Characters in a volume, for responses that are longer.
CHARACTERS = 1_500_000


@dataclass(frozen=True, slots=True)
class Volume:
    """One file to be: what it holds, how its name ends, and its place ("Volume 2 of 5")."""

    paper: Paper
    suffix: str = ""
    place: str = ""


def volumes(paper: Paper) -> list[Volume]:
    """Return *paper* as one volume, or as an index and numbered volumes where it is too long."""
    parts = list(_parts(paper.blocks))
    if len(parts) <= 1:
        return [Volume(paper)]
    width = len(str(len(parts)))
    numbered = [
        Volume(
            replace(paper, blocks=part),
            f"-volume-{number:0{width}}",
            _place(paper, number, len(parts)),
        )
        for number, part in enumerate(parts, 1)
    ]
    return [Volume(_index(paper, numbered), "-index"), *numbered]


def _place(paper: Paper, number: int, total: int) -> str:
    words = paper.labels.volume.replace("{volume}", str(number))
    return words.replace("{volumes}", str(total))


def _parts(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks of each volume; a new one begins under the headings where the last ended."""
    part: list[Block] = []
    above: list[Heading] = []
    count = size = 0
    for block in blocks:
        if isinstance(block, ResponseBlock):
            length = _length(block)
            if count and (count >= RESPONSES or size + length > CHARACTERS):
                yield tuple(part)
                part, count, size = [replace(heading, anchor="") for heading in above], 0, 0
            count, size = count + 1, size + length
        elif isinstance(block, Heading):
            above = [heading for heading in above if heading.level < block.level] + [block]
        part.append(block)
    if part:
        yield tuple(part)


def _length(block: ResponseBlock) -> int:
    return sum(len(answer.answer.text) for answer in block.answers)


def _index(paper: Paper, parts: list[Volume]) -> Paper:
    """Return the paper that lists every volume and in which of them each response stands."""
    labels = paper.labels
    head = tuple(map(Words, (labels.number, labels.respondent)))
    blocks: list[Block] = []
    for part in parts:
        held = responses(part.paper)
        rows = tuple((Words(block.number, "en"), block.respondent) for block in held)
        blocks.append(Heading(1, Words(part.place)))
        blocks.append(Table(Words(f"{labels.responses}: {len(held)}"), head, rows))
    return replace(paper, blocks=tuple(blocks))
