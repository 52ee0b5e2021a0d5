"""The shape of what is kept of captions: what arrived, and the events that were made of it."""

from dataclasses import dataclass

from consulta.core.caption_feed import Piece, Way
from consulta.core.captions import Event, Kind


@dataclass(frozen=True, slots=True)
class Arrival:
    """One piece as it came, for good. *source*: the captioner, or one window of the captioner's console."""

    sitting: int
    language: str
    source: str
    token: int
    piece: Piece
    speaker: str = ""
    item: str = ""
    is_automatic: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An event with its number: numbers grow in the order in which events were committed."""

    id: int
    sitting: int
    language: str
    event: Event


ARRIVALS = "sitting, language, source, token, seq, way, body, target, speaker, item, automatic, at"
EVENTS = "sitting, language, cue, kind, text, at, said, speaker, item, token, automatic"

#: The tables, with the type of a number that counts itself; only ever added to.
TABLES = (
    "CREATE TABLE IF NOT EXISTS caption_arrival (id {serial}, sitting BIGINT NOT NULL,"
    " language TEXT NOT NULL, source TEXT NOT NULL, token BIGINT NOT NULL, seq BIGINT,"
    " way TEXT NOT NULL, body TEXT NOT NULL, target TEXT NOT NULL, speaker TEXT NOT NULL,"
    " item TEXT NOT NULL, automatic INTEGER NOT NULL, at BIGINT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS caption_arrival_of ON caption_arrival (sitting, id)",
    "CREATE TABLE IF NOT EXISTS caption_event (id {serial}, sitting BIGINT NOT NULL,"
    " language TEXT NOT NULL, cue TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,"
    " at BIGINT NOT NULL, said BIGINT NOT NULL, speaker TEXT NOT NULL, item TEXT NOT NULL,"
    " token BIGINT NOT NULL, automatic INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS caption_event_of ON caption_event (sitting, language, id)",
)


def values_of(arrival: Arrival) -> tuple[object, ...]:
    """The columns of ARRIVALS."""
    piece = arrival.piece
    return (
        *(arrival.sitting, arrival.language, arrival.source, arrival.token, piece.seq),
        *(piece.way.value, piece.body, piece.target, arrival.speaker, arrival.item),
        *(int(arrival.is_automatic), piece.at),
    )


def event_values(sitting: int, language: str, event: Event) -> tuple[object, ...]:
    """The columns of EVENTS."""
    return (
        *(sitting, language, event.cue, event.kind.value, event.text, event.at, event.said),
        *(event.speaker, event.item, event.token, int(event.is_automatic)),
    )


def arrival_of(row: tuple[object, ...]) -> tuple[int, str, Piece]:
    """Number, source and piece of a row of `id, source, seq, way, body, target, at`."""
    number, source, seq, way, body, target, at = row
    counted = int(str(seq)) if seq is not None else None
    piece = Piece(str(body), int(str(at)), counted, Way(str(way)), str(target))
    return int(str(number)), str(source), piece


def row_of(row: tuple[object, ...]) -> Row:
    """An event of a row of `id` and EVENTS."""
    number, sitting, language, cue, kind, text, at, said, speaker, item, token, automatic = row
    event = Event(
        cue=str(cue),
        kind=Kind(str(kind)),
        text=str(text),
        at=int(str(at)),
        said=int(str(said)),
        speaker=str(speaker),
        item=str(item),
        token=int(str(token)),
        is_automatic=bool(automatic),
    )
    return Row(int(str(number)), int(str(sitting)), str(language), event)
