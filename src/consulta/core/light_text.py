"""Light text: plain words with headings and lists, as people type them, without any mark-up to learn.

A line that begins with `# ` or `## ` is a heading, lines that begin with `- ` are items of a list, those
that begin with `1. ` of a numbered one; an empty line ends a paragraph. Everything else is words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_HEADING = re.compile(r"(#{1,3})\s+(\S.*)")
_BULLET = re.compile(r"[-*•]\s+(\S.*)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+(\S.*)")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Block:
    """A block: *lines* are its words, one line for each item of a list. *level*: of a heading, from 1."""

    kind: Kind
    lines: tuple[str, ...]
    level: int = 0


def blocks(text: str) -> list[Block]:
    """Return the blocks of *text*."""
    found: list[Block] = []
    for block, is_new in _lines(text):
        last = found[-1] if found else None
        if last is not None and not is_new and last.kind == block.kind != Kind.HEADING:
            found[-1] = Block(last.kind, last.lines + block.lines)
        else:
            found.append(block)
    return found


def _lines(text: str) -> Iterator[tuple[Block, bool]]:
    """Yield each line as a block, and whether an empty line stood before it."""
    is_new = True
    for line in text.splitlines():
        plain = line.strip()
        if plain:
            yield _block(plain), is_new
        is_new = not plain


def _block(line: str) -> Block:
    if found := _HEADING.fullmatch(line):
        return Block(Kind.HEADING, (found[2],), len(found[1]))
    if found := _BULLET.fullmatch(line):
        return Block(Kind.LIST, (found[1],))
    if found := _NUMBERED.fullmatch(line):
        return Block(Kind.NUMBERED, (found[1],))
    return Block(Kind.PARAGRAPH, (line,))
