"""What one captioner sends, piece by piece, made into lines.

Tools differ: some send whole captions, some word by word with backspaces (U+0008) that reach back
over earlier pieces; all of them retry, restart at 1 and overtake themselves. A feed takes each piece
once, puts late ones where they belong, and says what that changes.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from consulta.core.caption_words import youtube
from consulta.core.captions import Kind

#: The same number with the same words within this time is a retry (milliseconds).
WINDOW = 30_000
#: A number that was overtaken is waited for so long; afterwards the tool has begun anew.
LATE = 5_000
#: By how many numbers a piece may be overtaken.
REACH = 10
#: After this silence a piece that begins with a space begins a line of its own.
IDLE = 10_000
#: A line that grows word by word ends at the next space after so many characters.
LONGEST = 200
#: How many lines back a backspace reaches, and how many pieces are remembered.
LINES, PIECES = 30, 64


class Way(StrEnum):
    """How a piece is to be read."""

    AUTO = "auto"  # whole captions, or words, as the spaces say
    WORDS = "words"  # always a part of the running text
    LINES = "lines"  # always a whole caption
    YOUTUBE = "youtube"
    TYPING = "typing"  # from the console: the line being written, as it reads so far
    LINE = "line"  # from the console: the line is written
    REVISE = "revise"
    DROP = "drop"
    TURN = "turn"


#: Ways of the console: pieces come one by one and in order, so an old number is a retry for ever.
STRICT = frozenset({Way.TYPING, Way.LINE, Way.REVISE, Way.DROP, Way.TURN})


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that arrived. *target*: the cue that a correction means."""

    body: str
    at: int  # milliseconds since 1970
    seq: int | None = None
    way: Way = Way.AUTO
    target: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line so far. *breaks*: how many line ends follow it (a backspace takes those away first)."""

    number: int
    text: str
    is_open: bool = True
    breaks: int = 0
    said: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What a piece changed: of the line *number* of this feed, or of the cue *target* of any."""

    kind: Kind
    text: str
    number: int = 0
    target: str = ""
    said: int = 0


Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A piece that was taken, and what stood before it."""

    piece: Piece
    run: int
    lines: Lines
    following: int


@dataclass(frozen=True, slots=True)
class Feed:
    """All that has to be known of one captioner to take the next piece."""

    lines: Lines = ()
    following: int = 1  # the number of the next line
    last: int | None = None  # the highest seq of this run
    run: int = 0  # counted up when the tool begins anew
    first: int = 0
    began: int = 0
    recent: tuple[Taken, ...] = ()


def take(feed: Feed, piece: Piece) -> tuple[Feed, tuple[Change, ...]] | None:
    """The feed after *piece*, and what that changes; None where the piece was taken before."""
    feed = replace(feed, recent=_remembered(feed, piece.at))
    if _is_repeated(feed, piece):
        return None
    if piece.way in (Way.REVISE, Way.DROP, Way.TURN):
        kind = Kind(piece.way.value)
        change = Change(
            kind, "" if kind != Kind.REVISE else piece.body.strip(), target=piece.target
        )
        return replace(feed, last=piece.seq), (change,)
    overtaken = _overtaken_by(feed, piece)
    if overtaken is not None:
        after = _replayed(feed, piece, overtaken)
    else:
        after = _typed(_numbered(feed, piece), piece)
    return after, _changes(feed.lines, after.lines)


def _remembered(feed: Feed, now: int) -> tuple[Taken, ...]:
    return tuple(t for t in feed.recent if now - t.piece.at <= WINDOW)[-PIECES:]


def _is_repeated(feed: Feed, piece: Piece) -> bool:
    if piece.seq is None:
        return False
    if piece.way in STRICT:
        return feed.last is not None and piece.seq <= feed.last
    return any((t.piece.seq, t.piece.body) == (piece.seq, piece.body) for t in feed.recent)


def _overtaken_by(feed: Feed, piece: Piece) -> int | None:
    """The place in *recent* of the first piece that should have come after this one; None: in order."""
    seq, last = piece.seq, feed.last
    if seq is None or last is None or piece.way in STRICT or not last - REACH <= seq < last:
        return None
    known = {t.piece.seq for t in feed.recent if t.run == feed.run}
    at_its_start = feed.first - seq <= 3 and piece.at - feed.began <= LATE
    if seq in known or (seq <= feed.first and not at_its_start):
        return None
    later = (i for i, t in enumerate(feed.recent) if t.run == feed.run and (t.piece.seq or 0) > seq)
    place = next(later, None)
    if place is None or piece.at - feed.recent[place].piece.at > LATE:
        return None
    return place


def _numbered(feed: Feed, piece: Piece) -> Feed:
    """The feed with the number of *piece* noted; a lower one begins a new run."""
    if piece.seq is None:
        return feed
    if feed.last is None or piece.seq <= feed.last:
        return replace(feed, last=piece.seq, first=piece.seq, began=piece.at, run=feed.run + 1)
    return replace(feed, last=piece.seq)


def _replayed(feed: Feed, piece: Piece, place: int) -> Feed:
    """The feed as if *piece* had come before the one at *place*."""
    later = feed.recent[place:]
    base = replace(
        feed,
        lines=later[0].lines,
        following=later[0].following,
        recent=feed.recent[:place],
        first=min(feed.first, piece.seq or 0),
    )
    for each in (piece, *(t.piece for t in later)):
        base = _typed(base, each)
    return base


def _typed(feed: Feed, piece: Piece) -> Feed:
    """The feed with the words of *piece*."""
    note = Taken(piece, feed.run, feed.lines, feed.following)
    page = _Page(list(feed.lines), feed.following)
    quiet = bool(feed.recent) and piece.at - feed.recent[-1].piece.at > IDLE
    page.put(piece, quiet=quiet or not feed.recent)
    return replace(
        feed,
        lines=tuple(page.lines[-LINES:]),
        following=page.following,
        recent=(*feed.recent, note)[-PIECES:],
    )


@dataclass(slots=True)
class _Page:
    """The lines while one piece is put on them."""

    lines: list[Line]
    following: int

    def put(self, piece: Piece, *, quiet: bool) -> None:
        """Put *piece* on the page; *quiet*: nothing came for a while."""
        if piece.way == Way.YOUTUBE:
            for one in youtube(piece.body):
                self.whole(one.text, said=one.at)
        elif piece.way in (Way.TYPING, Way.LINE):
            self.rewrite(piece.body.strip(), is_open=piece.way == Way.TYPING)
        elif piece.way == Way.WORDS or (piece.way == Way.LINES and "\b" in piece.body):
            self.type(piece.body)
        elif piece.way == Way.LINES:
            self.whole(piece.body)
        else:
            self.guess(piece.body, quiet=quiet)

    def guess(self, body: str, *, quiet: bool) -> None:
        """A body that begins with a space or a backspace goes on; one that ends with a space is not over."""
        ahead = bool(self.lines) and not self.lines[-1].breaks
        open_ = ahead and self.lines[-1].is_open
        joins = body.startswith("\b") or (ahead and not quiet and (open_ or body[:1] == " "))
        if not joins and not body.endswith(" ") and "\b" not in body:
            self.whole(body, breaks=1 if body.endswith("\n") else 0)
            return
        if joins:
            self.reopen()
        else:
            self.close()
        self.type(body)
        if not body.endswith((" ", "\b")):
            self.close()

    def whole(self, text: str, *, said: int = 0, breaks: int = 1) -> None:
        """One caption, complete; it may have several lines."""
        self.close()
        if words := text.strip():
            self.begin(words, is_open=False, breaks=breaks, said=said)

    def rewrite(self, text: str, *, is_open: bool) -> None:
        """The line being written reads *text* now."""
        if self.lines and self.lines[-1].is_open:
            self.lines[-1] = replace(self.lines[-1], text=text, is_open=is_open)
            if not text:
                self.lines.pop()
        elif text:
            self.begin(text, is_open=is_open, breaks=0)

    def type(self, text: str) -> None:
        """Character by character, as on a typewriter that can go back."""
        for sign in text:
            if sign == "\b":
                self.back()
            elif sign == "\n":
                self.end_line()
            else:
                self.add(sign)

    def add(self, sign: str) -> None:
        """One more character; a line that is long enough ends at a space."""
        if not self.lines or not self.lines[-1].is_open:
            self.begin(sign, is_open=True, breaks=0)
            return
        line = self.lines[-1]
        is_over = sign == " " and len(line.text) >= LONGEST
        self.lines[-1] = replace(line, text=line.text + sign, is_open=not is_over)

    def end_line(self) -> None:
        """A line end; before anything is written it means nothing."""
        if self.lines:
            line = self.lines[-1]
            self.lines[-1] = replace(line, is_open=False, breaks=line.breaks + 1)

    def back(self) -> None:
        """Take the last character back, be it a line end, or a letter of a line that was over."""
        if not self.lines:
            return
        line = self.lines[-1]
        if line.breaks:
            fewer = line.breaks - 1
            self.lines[-1] = replace(line, breaks=fewer, is_open=fewer == 0)
        elif len(line.text) > 1:
            self.lines[-1] = replace(line, text=line.text[:-1], is_open=True)
        else:
            self.lines.pop()

    def reopen(self) -> None:
        """Go on in the last line, unless a line end follows it."""
        if self.lines and not self.lines[-1].breaks:
            self.lines[-1] = replace(self.lines[-1], is_open=True)

    def close(self) -> None:
        """Whatever comes next is a new line."""
        if self.lines and self.lines[-1].is_open:
            self.lines[-1] = replace(self.lines[-1], is_open=False)

    def begin(self, text: str, *, is_open: bool, breaks: int, said: int = 0) -> None:
        """A new line."""
        self.lines.append(Line(self.following, text, is_open, breaks, said))
        self.following += 1


def _changes(before: Lines, after: Lines) -> tuple[Change, ...]:
    """What has to be told so that who had *before* has *after*; a line that only ended says nothing new."""
    had = {line.number: line for line in before}
    has = {line.number for line in after}
    first = after[0].number if len(after) == LINES else 0  # older ones were only forgotten
    gone = [line.number for line in before if line.number not in has and line.number >= first]
    changes = [Change(Kind.DROP, "", number) for number in gone]
    for line in after:
        old = had.get(line.number)
        text = line.text.strip()
        ended_typing = old is not None and old.is_open and not line.is_open
        if old is None or old.text.strip() != text or ended_typing:
            kind = Kind.SET if line.is_open else Kind.FINAL
            if text or old is not None:
                changes.append(Change(kind, text, line.number, said=line.said))
    return tuple(changes)


def text_of(lines: Lines) -> str:
    """Everything on the page as one text, as a typewriter would show it."""
    return "".join(line.text + "\n" * line.breaks for line in lines)
