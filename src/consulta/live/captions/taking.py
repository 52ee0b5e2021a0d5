"""Taking what captioners send: each piece once, as events that are committed before anything is said."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from consulta.core.caption_feed import Change, Feed, Piece, take
from consulta.core.captions import Event
from consulta.live.captions.rows import Arrival, arrival_of, event_values, values_of
from consulta.live.captions.store import ARRIVED, INSERT_ARRIVAL, INSERT_EVENT, Connection


@dataclass(slots=True)
class Board:
    """Where every captioner of one sitting stands, and up to which arrival that is known."""

    feeds: dict[str, Feed] = field(default_factory=dict)
    known: int = 0


class Taking:
    """Turns arrivals into events. Knows only what the store knows: another process may write too."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._boards: dict[int, Board] = {}

    def take(self, arrivals: Sequence[Arrival]) -> list[bool]:
        """Commit *arrivals* together; for each, whether it was new. Raises what the database raises."""
        try:
            with self._connection.writing():
                for sitting in {arrival.sitting for arrival in arrivals}:
                    self._catch_up(sitting)
                return [self._take(arrival) for arrival in arrivals]
        except BaseException:
            self._boards.clear()  # what was not committed is not known
            raise

    def _catch_up(self, sitting: int) -> None:
        """Read what other processes took since; all of a sitting the first time."""
        board = self._boards.setdefault(sitting, Board())
        for row in self._connection.execute(ARRIVED, (sitting, board.known)).fetchall():
            board.known, source, piece = arrival_of(row)
            self._follow(board, source, piece)

    def _follow(self, board: Board, source: str, piece: Piece) -> tuple[Change, ...] | None:
        taken = take(board.feeds.get(source, Feed()), piece)
        if taken is None:
            return None
        board.feeds[source], changes = taken
        return changes

    def _take(self, arrival: Arrival) -> bool:
        board = self._boards[arrival.sitting]
        changes = self._follow(board, arrival.source, arrival.piece)
        if changes is None:
            return False
        execute = self._connection.execute
        (number,) = execute(f"{INSERT_ARRIVAL} RETURNING id", values_of(arrival)).fetchone()
        board.known = int(number)
        for change in changes:
            event = _event(arrival, change)
            execute(INSERT_EVENT, event_values(arrival.sitting, arrival.language, event))
        return True


def _event(arrival: Arrival, change: Change) -> Event:
    return Event(
        cue=change.target or (f"{arrival.source}.{change.number}" if change.number else ""),
        kind=change.kind,
        text=change.text,
        at=arrival.piece.at,
        said=change.said,
        speaker=arrival.speaker,
        item=arrival.item,
        token=arrival.token,
        is_automatic=arrival.is_automatic,
    )
