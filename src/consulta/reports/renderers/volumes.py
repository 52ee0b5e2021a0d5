"""Cuts a long paper into volumes that one process can lay out, with an index that leads into them.

A volume holds the same in every format: "volume 3" of the PDF is volume 3 of the DOCX and the HTML.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

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
)
from consulta.reports.renderers import pieces

#: Responses in a volume: 200 of two pages took 6-9 s and 400 MB, 2,000 at once 3.3 GB.
RESPONSES = 200
#: Characters in a volume, for responses that are longer, and for lists.
CHARACTERS = 1_500_000
#: In the address of a file beside this one it stands for the format: ``report-volume-2.*``.
ANY = ".*"


@dataclass(frozen=True, slots=True)
class Volume:
    """One file to be: what it holds, how its name ends, and its place ("Volume 2 of 5")."""

    paper: Paper
    suffix: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index says of one volume: its sections and its responses, each once."""

    headings: tuple[Words, ...]
    responses: tuple[tuple[Words, Words], ...]


def volumes(paper: Paper) -> list[Volume]:
    """Return *paper* as one volume, or as an index and numbered volumes where it is too long."""
    parts = list(cut(paper.blocks, paper.labels.continued))
    if len(parts) <= 1:
        return [Volume(paper)]
    total = len(parts)
    numbered = [
        Volume(replace(paper, blocks=part), suffix(number, total), place(paper, number, total))
        for number, part in enumerate(parts, 1)
    ]
    return [Volume(index(paper, list(map(entry, parts))), "-index"), *numbered]


def suffix(number: int, total: int) -> str:
    """Return how the name of volume *number* ends; 0 is the index."""
    return f"-volume-{number:0{len(str(total))}}" if number else "-index"


def place(paper: Paper, number: int, total: int) -> str:
    """Return "Volume 2 of 5" in the paper's words."""
    words = paper.labels.volume.replace("{volume}", str(number))
    return words.replace("{volumes}", str(total))


def cut(blocks: Iterable[Block], continued: str = "{title}") -> Iterator[tuple[Block, ...]]:
    """Yield the blocks of each volume; a new one begins under the headings where the last ended.

    Only one volume at a time is held; without blocks there is one, empty. *continued* names what
    goes on, with ``{title}`` in it.
    """
    part: list[Block] = []
    above: list[Heading] = []
    count = size = 0
    for block in pieces.manageable(blocks, continued):
        length, one = pieces.weight(block), int(isinstance(block, ResponseBlock))
        if size and (count + one > RESPONSES or size + length > CHARACTERS):
            yield tuple(part)
            part, count, size = [replace(heading, anchor="") for heading in above], 0, 0
        if isinstance(block, Heading):
            above = [heading for heading in above if heading.level < block.level] + [block]
        count, size = count + one, size + length
        part.append(block)
    yield tuple(part)


def entry(part: Sequence[Block]) -> Entry:
    """Return what the index says of the volume that holds *part*."""
    held = {block.number: block for block in reversed(part) if isinstance(block, ResponseBlock)}
    headings = [block.words for block in part if isinstance(block, Heading) and block.anchor]
    return Entry(
        tuple(headings),
        tuple(
            (Words(block.number, "en", anchor=block.anchor, href=block.href), block.respondent)
            for block in reversed(held.values())
        ),
    )


def index(paper: Paper, entries: Sequence[Entry]) -> Paper:
    """Return the paper that lists every volume and in which of them each response stands."""
    total = len(entries)
    blocks = [b for n, each in enumerate(entries, 1) for b in listed(paper, n, total, each)]
    return replace(paper, blocks=tuple(blocks))


def listed(paper: Paper, number: int, total: int, entry: Entry) -> Iterator[Block]:
    """Yield what the index says of volume *number*."""
    labels = paper.labels
    file = paper.stem + suffix(number, total)
    yield Heading(1, Words(place(paper, number, total)), anchor=f"volume-{number}")
    yield Paragraph((Span(file, "en", href=file + ANY),))
    if entry.headings:
        yield NumberedList(tuple((Span(w.text, w.language),) for w in entry.headings))
    if entry.responses:
        head = tuple(map(Words, (labels.number, labels.respondent)))
        caption = Words(f"{labels.responses}: {len(entry.responses)}")
        yield Table(caption, head, entry.responses, widths=(1, 3))


def beside(paper: Paper, kind: str) -> Paper:
    """Return *paper* with addresses of the volumes beside it as files of format *kind*.

    In HTML the numbers of an index lead into the volume; elsewhere they lead to the public page.
    """
    file, changed = "", []
    for block in paper.blocks:
        if isinstance(block, Paragraph) and any(s.href.endswith(ANY) for s in block.spans):
            block = replace(block, spans=tuple(_named(span, kind) for span in block.spans))
            file = block.spans[0].href
        elif isinstance(block, Table) and file and kind == "html":
            block = replace(block, rows=tuple(_leading(row, file) for row in block.rows))
        changed.append(block)
    return replace(paper, blocks=tuple(changed)) if file else paper


def _named(span: Span, kind: str) -> Span:
    return replace(span, href=f"{span.href.removesuffix(ANY)}.{kind}")


def _leading(row: tuple[Words, ...], file: str) -> tuple[Words, ...]:
    first = row[0]
    return (replace(first, href=f"{file}#{first.anchor}") if first.anchor else first, *row[1:])
