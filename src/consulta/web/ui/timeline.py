"""A drawn timeline: from dated entries to the marks, bands and words of an SVG, as plain values.

Places along the axis are percentages of the track, so that words keep their size on every screen;
across it they are pixels. Everything is mirrored where the page is read from right to left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from unicodedata import east_asian_width

#: Pixels: height of the axis, of a line of words, of a track below the words, between rows.
AXIS, LINE, TRACK, GAP = 44, 20, 24, 14
#: How many narrow characters a line holds, of a name and of the words below it.
WIDE_LINE, NARROW_LINE = (25, 32), (34, 44)
#: Percent of the width: where the track begins in the wide drawing, and the least room of a month.
COLUMN, MONTH_WIDE, MONTH_NARROW = 34.0, 7.5, 13.0
WEEKS_UP_TO = 230  # days
#: How many beginnings of months are drawn at most; beyond, only those that are named.
MOST_TICKS = 60
#: Every so many months one is named, as there is room.
STEPS = (1, 2, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)))


class Kind(StrEnum):
    """What an entry is, which decides its mark."""

    MEETING = "meeting"
    PERIOD = "period"
    PROPOSED = "proposed"
    SET = "set"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a timeline, in words and days. Words are empty, days None, where there is nothing.

    *since* and *until*: what the rule allows; *opens_at* where it sets no first day but something
    comes before. *moved_from*: the day before it was moved.
    """

    label: str
    kind: Kind
    when: str = ""
    remark: str = ""
    allowed: str = ""
    on: date | None = None
    ends: date | None = None
    since: date | None = None
    until: date | None = None
    opens_at: date | None = None
    moved_from: date | None = None

    @property
    def days(self) -> list[date]:
        """Every day that the entry draws."""
        drawn = (self.on, self.ends, self.since, self.until, self.moved_from)
        return [day for day in drawn if day]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch along the axis, in percent; *first_edge* and *last_edge* where the rule ends it."""

    x: float
    width: float
    first_edge: bool = True
    last_edge: bool = True

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a month or a week; *label* and *year* are words, mostly empty for weeks."""

    x: float
    label: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words: *y* its baseline; *strong* for the name, *weak* for what is beside it."""

    y: int
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as it is drawn: its words, and its marks around the height *y*."""

    kind: Kind
    y: int
    words: tuple[Words, ...]
    mark: float | None = None
    bar: Span | None = None
    band: Span | None = None
    moved: float | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """One SVG: *wide* with the words beside the track, or narrow with the words above it."""

    wide: bool
    height: int
    axis: int
    track: Span
    words_at: float
    months: tuple[Tick, ...]
    weeks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    today: float | None
    today_anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What the component shows: two drawings of the same, and the same as a table."""

    key: str
    title: str
    description: str
    today: str
    entries: tuple[Entry, ...]
    drawings: tuple[Drawing, ...]

    @property
    def kinds(self) -> list[str]:
        """Which marks need to be explained."""
        drawn = {entry.kind for entry in self.entries if entry.on}
        kinds = [kind.value for kind in Kind if kind in drawn]
        allowed = any(entry.since or entry.until for entry in self.entries)
        moved = any(entry.moved_from for entry in self.entries)
        return [*kinds, *(["allowed"] if allowed else []), *(["moved"] if moved else [])]


@dataclass(frozen=True, slots=True)
class Scale:
    """From days to percent of the track."""

    first: date
    last: date
    mirrored: bool

    def at(self, day: date) -> float:
        """Where *day* begins."""
        share = 100 * (day - self.first).days / ((self.last - self.first).days or 1)
        return round(100 - share if self.mirrored else share, 2)

    def span(self, first: date, last: date) -> tuple[float, float]:
        """Where the days from *first* to *last* lie: start and width."""
        ends = sorted((self.at(first), self.at(last)))
        return ends[0], round(ends[1] - ends[0], 2)


def scale(entries: Sequence[Entry], *, today: date | None, mirrored: bool) -> Scale:
    """Choose the days that the axis spans: all that are drawn, with a little room around them."""
    days = [day for entry in entries for day in entry.days] + ([today] if today else [])
    room = timedelta(days=max(3, (max(days) - min(days)).days // 30))
    return Scale(min(days) - room, max(days) + room, mirrored)


def draw(
    entries: Sequence[Entry], along: Scale, *, wide: bool, today: date | None, months: Sequence[str]
) -> Drawing:
    """Lay *entries* out from top to bottom. *months*: the short names of the months, January first."""
    rows, y = [], AXIS
    for entry in entries:
        row, y = _row(entry, along, y, wide=wide)
        rows.append(row)
    here = along.at(today) if today else None
    share = (100 - COLUMN) if wide else 100.0
    start = 0.0 if along.mirrored or not wide else COLUMN
    on_the_right = here is not None and here > 50
    return Drawing(
        wide=wide,
        height=y + (LINE + GAP if today else 4),
        axis=AXIS - 12,
        track=Span(start, share),
        words_at=100.0 if along.mirrored else 0.0,
        months=tuple(_months(along, months, MONTH_WIDE if wide else MONTH_NARROW)),
        weeks=tuple(_weeks(along)) if wide else (),
        rows=tuple(rows),
        today=here,
        today_anchor="start" if on_the_right == along.mirrored else "end",
    )


def _row(entry: Entry, along: Scale, top: int, *, wide: bool) -> tuple[Row, int]:
    """Lay one entry out below *top*; return it with where the next one begins."""
    name, other = WIDE_LINE if wide else NARROW_LINE
    names = wrapped(entry.label, name)
    beside = [line for part in (entry.when, entry.remark) for line in wrapped(part, other)]
    lines = [(line, True) for line in names] + [(line, False) for line in beside]
    words = tuple(
        Words(top + LINE * n + 15, line, strong) for n, (line, strong) in enumerate(lines)
    )
    below = top + LINE * len(lines)
    y = (top + below) // 2 if wide else below + TRACK // 2
    end = (below if wide else below + TRACK) + GAP
    return Row(entry.kind, y, words, *_marks(entry, along)), end


def _marks(
    entry: Entry, along: Scale
) -> tuple[float | None, Span | None, Span | None, float | None]:
    """Return mark, bar, band and moved mark of an entry."""
    mark = along.at(entry.on) if entry.on else None
    bar = None
    if entry.on and entry.kind in (Kind.MEETING, Kind.PERIOD):
        bar = Span(*along.span(entry.on, entry.ends or entry.on))
    moved = along.at(entry.moved_from) if entry.moved_from else None
    return mark, bar, _band(entry, along), moved


def _band(entry: Entry, along: Scale) -> Span | None:
    """Return what the rule allows; open where it sets no limit."""
    if not (entry.since or entry.until):
        return None
    start = entry.since or entry.opens_at or along.first
    end = entry.until or along.last
    edges = (entry.since is not None, entry.until is not None)
    x, width = along.span(min(start, end), end)
    return Span(x, width, *(edges[::-1] if along.mirrored else edges))


def _months(along: Scale, names: Sequence[str], least: float) -> Iterator[Tick]:
    """Yield the beginnings of months, named as often as there is room, with the year where it begins."""
    starts = list(_month_starts(along))
    share = 100 * 30 / ((along.last - along.first).days or 1)
    step = next((n for n in STEPS if share * n >= least), STEPS[-1])
    fits = [day for day in starts if _room(along, day) >= least * 0.6]
    shown = [day for day in fits if (day.year * 12 + day.month - 1) % step == 0] or fits[:1]
    for day in starts if len(starts) <= MOST_TICKS else shown:
        named = day in shown
        first = named and (day.month == 1 or day == shown[0])
        year = str(day.year) if first else ""
        yield Tick(along.at(day), names[day.month - 1] if named else "", year)


def _room(along: Scale, day: date) -> float:
    """How much of the axis, in percent, is left for words that begin at *day*."""
    return along.at(day) if along.mirrored else 100 - along.at(day)


def _month_starts(along: Scale) -> Iterator[date]:
    day = along.first.replace(day=1)
    while day <= along.last:
        if day >= along.first:
            yield day
        day = (day + timedelta(days=32)).replace(day=1)


def _weeks(along: Scale) -> Iterator[Tick]:
    if (along.last - along.first).days > WEEKS_UP_TO:
        return
    day = along.first + timedelta(days=-along.first.weekday() % 7)
    while day <= along.last:
        yield Tick(along.at(day))
        day += timedelta(days=7)


def wrapped(text: str, longest: int) -> list[str]:
    """Break *text* into lines of at most *longest* narrow characters; a Chinese one counts double."""
    lines: list[str] = []
    for word in _pieces(text):
        if lines and _width(lines[-1] + word.rstrip()) <= longest:
            lines[-1] += word
        else:
            lines.append(word)
    return [line.strip() for line in lines if line.strip()]


def _pieces(text: str) -> list[str]:
    """Split at blanks; text written without blanks between any two characters."""
    if any(east_asian_width(character) in "WF" for character in text):
        return list(text)
    return [f"{word} " for word in text.split()]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
