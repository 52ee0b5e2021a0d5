"""Captions made into a transcript: paragraphs by item and speaker, each with both texts.

The words are those of the captions as they read now; what was delivered is kept beside them. Instants
are milliseconds since 1970, UTC.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from consulta.core.captions import Cue

#: After so long a silence a new paragraph begins (milliseconds).
PAUSE = 6_000
#: A paragraph of so many characters ends with its sentence.
LONG = 700
#: Scripts that put no space between words: lines are joined without one.
_CLOSE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_ENDS = re.compile(r"[.!?…。！？؟][»”’\")\]]*$")


@dataclass(frozen=True, slots=True)
class Turn:
    """Who had the floor from when to when. *key*: the intervention; *item*: the item dealt with."""

    key: int
    began: int
    ended: int
    item: str = ""


@dataclass(slots=True)
class Paragraph:
    """A few sentences of one speaker on one item.

    *speaker*: the captioner's key of the speaker, else empty; *turn*: the intervention, else 0.
    """

    number: int
    began: int
    ended: int
    speaker: str
    turn: int
    item: str
    texts: list[str] = field(default_factory=list)
    delivered_texts: list[str] = field(default_factory=list)
    is_automatic: bool = False

    @property
    def text(self) -> str:
        """The words as they read now."""
        return joined(self.texts)

    @property
    def delivered(self) -> str:
        """The words as the audience had them."""
        return joined(self.delivered_texts)


def paragraphs(cues: Iterable[Cue], turns: Sequence[Turn] = ()) -> list[Paragraph]:
    """Return *cues*, in the order of time, as paragraphs numbered from 1.

    A speaker or an item that captioners named counts; else who had the floor, and its item.
    """
    found: list[Paragraph] = []
    item = ""
    for cue in sorted(cues, key=lambda cue: cue.began):
        turn = _turn(turns, cue.began)
        item = cue.item or (turn.item if turn else "") or item
        last = found[-1] if found else None
        key = (cue.speaker, turn.key if turn and not cue.speaker else 0, item)
        if last is None or _begins(last, cue, key):
            last = Paragraph(len(found) + 1, cue.began, cue.ended, *key)
            found.append(last)
        last.texts.append(cue.text)
        last.delivered_texts.append(cue.delivered)
        last.ended = max(last.ended, cue.ended)
        last.is_automatic = last.is_automatic or cue.is_automatic
    return found


def joined(lines: Iterable[str]) -> str:
    """Return *lines* as running text: with a space between them, but in scripts that have none."""
    text = ""
    for line in (" ".join(line.split()) for line in lines):
        close = text and line and _CLOSE.match(text[-1]) and _CLOSE.match(line[0])
        text += line if not text or close else f" {line}"
    return text.strip()


def _begins(last: Paragraph, cue: Cue, key: tuple[str, int, str]) -> bool:
    if (last.speaker, last.turn, last.item) != key or cue.began - last.ended > PAUSE:
        return True
    return len(last.text) >= LONG and bool(_ENDS.search(last.text))


def _turn(turns: Sequence[Turn], at: int) -> Turn | None:
    """Who had the floor at the instant *at*; the last one where two overlap."""
    return next((turn for turn in reversed(turns) if turn.began <= at < turn.ended), None)
