"""What one text has that another has not, sentence by sentence, so that a shared text is printed once.

The shared text is cut into numbered sentences. Another text is then told as: these sentences stay,
these are left out, and here stand its own words. From the sentences and the pieces every word of the
other text is had back, in order; only spaces and line ends are not kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "own", "left_out"]
_END = re.compile(
    r"(?<=[.!?؟۔…;؛])[\"'”’»)\]]*\s+|[。！？；][”’」』）]*\s*|\n\s*"
)  # a sentence ends here; abbreviations cut too often, which does no harm
#: A line end that a mail program set: after a long line, before no other line end and no list.
_WRAP = re.compile(r"(?<=[^\n]{50})\n(?![\s•*\-–\d])")
_CJK = "\u3001-\u30ff\u3400-\u9fff\uff01-\uffe5"
#: Chinese has no spaces; where a line ends inside a sentence is nothing.
_BETWEEN = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_TOKEN = re.compile(r"[\u3005-\u30ff\u3400-\u9fff]|\w+|\s+|[^\w\s]")
#: Texts of more sentences than this are not compared: the whole of one is then its own words.
LONGEST = 4000
#: Sentences of more words and signs than this are marked as a whole.
_LONGEST_SENTENCE = 400
#: From this part of its words on, a sentence is a changed one, not another one.
_CHANGED = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text. *first* and *last* number sentences of the shared text, from 1.

    *same* and *left_out* name sentences from *first* to *last*; *own* has *text*, which stands after
    sentence *last* (0: before the first one).
    """

    kind: Kind
    first: int
    last: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a sentence; *own*: the sentence that they replace has them not."""

    text: str
    own: bool


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of *text* in order; joined by a space they hold every word of it."""
    found, start, text = [], 0, _WRAP.sub(" ", text)
    for end in _END.finditer(text):
        found.append(text[start : end.end()])
        start = end.end()
    found.append(text[start:])
    return tuple(plain for one in found if (plain := _plain(one)))


def pieces(shared: Sequence[str], text: str) -> tuple[Piece, ...]:
    """*text* told by the sentences of the *shared* text, in order."""
    mine = sentences(text)
    if len(mine) > LONGEST or len(shared) > LONGEST:
        return _apart(shared, mine)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, shared, mine)
    for tag, start, end, own_start, own_end in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece("same", start + 1, end))
        if end > start and tag != "equal":
            found.append(Piece("left_out", start + 1, end))
        if own_end > own_start and tag != "equal":
            found.append(Piece("own", start, start, " ".join(mine[own_start:own_end])))
    return tuple(found)


def rebuilt(shared: Sequence[str], found: Sequence[Piece]) -> str:
    """The words of the text that *found* tells, in order."""
    parts: list[str] = []
    for piece in found:
        if piece.kind == "same":
            parts += shared[piece.first - 1 : piece.last]
        elif piece.kind == "own":
            parts.append(piece.text)
    return " ".join(parts)


def own_words(found: Sequence[Piece]) -> tuple[str, ...]:
    """What the text has that the shared one has not, passage by passage."""
    return tuple(piece.text for piece in found if piece.kind == "own")


def runs(own: str, replaced: str) -> tuple[Run, ...]:
    """The words of *own*, marked where the sentence that it *replaced* differs."""
    mine, theirs = _TOKEN.findall(own), _TOKEN.findall(replaced)
    if not theirs or max(len(mine), len(theirs)) > _LONGEST_SENTENCE:
        return (Run(own, own=True),)
    matcher = SequenceMatcher(None, theirs, mine, autojunk=False)
    if matcher.ratio() < _CHANGED:
        return (Run(own, own=True),)
    return tuple(
        Run("".join(mine[start:end]), tag != "equal")
        for tag, _start, _end, start, end in matcher.get_opcodes()
        if end > start
    )


def _plain(sentence: str) -> str:
    return _BETWEEN.sub("", " ".join(sentence.split()))


def _apart(shared: Sequence[str], mine: Sequence[str]) -> tuple[Piece, ...]:
    if list(shared) == list(mine):
        return (Piece("same", 1, len(shared)),)
    gone = (Piece("left_out", 1, len(shared)),) if shared else ()
    return (*gone, Piece("own", 0, 0, " ".join(mine))) if mine else gone
