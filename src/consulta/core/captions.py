"""Captions as they are shown: events are only ever added, and what a reader sees is their sum.

An event says that a cue reads so far (`set`), reads so for good (`final`), was taken back (`drop`), or
was corrected (`revise`). What was delivered and what was corrected are both kept, for the transcript.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """What an event says of a cue; `turn` says who captions from now on, and of no cue."""

    SET = "set"
    FINAL = "final"
    DROP = "drop"
    REVISE = "revise"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one cue. Instants are milliseconds since 1970, UTC."""

    cue: str  # the source and its running number, such as "12.57"
    kind: Kind
    text: str
    at: int  # when it arrived
    said: int = 0  # when it was spoken, where the captioner's tool says so; else 0
    speaker: str = ""
    item: str = ""
    token: int = 0
    is_automatic: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A few words at one moment: as delivered, and as they read now."""

    key: str
    text: str
    delivered: str
    began: int
    ended: int
    speaker: str = ""
    item: str = ""
    token: int = 0
    is_automatic: bool = False
    is_final: bool = False
    is_dropped: bool = False
    revision: int = 0  # how often it was corrected after it was delivered


#: A tool whose clock is wrong by more than this (milliseconds) is not believed.
BELIEVED = 3_600_000


def after(cue: Cue | None, event: Event) -> Cue | None:
    """What *cue* is after *event*; None where the event is of no cue, or of one that never was."""
    if event.kind == Kind.TURN:
        return None
    if cue is None:
        return None if event.kind in (Kind.DROP, Kind.REVISE) else _begun(event)
    if event.kind == Kind.DROP:
        return replace(cue, is_dropped=True)
    if event.kind == Kind.REVISE:
        return replace(
            _named(cue, event), text=event.text, revision=cue.revision + 1, is_dropped=False
        )
    return replace(
        _named(cue, event),
        text=event.text,
        delivered=event.text,
        ended=max(cue.ended, spoken_at(event)),
        is_final=event.kind == Kind.FINAL,
        is_dropped=False,
    )


def _named(cue: Cue, event: Event) -> Cue:
    """The cue with the speaker and the item that *event* names, if it names any."""
    return replace(cue, speaker=event.speaker or cue.speaker, item=event.item or cue.item)


def _begun(event: Event) -> Cue:
    began = spoken_at(event)
    return Cue(
        key=event.cue,
        text=event.text,
        delivered=event.text,
        began=began,
        ended=began,
        speaker=event.speaker,
        item=event.item,
        token=event.token,
        is_automatic=event.is_automatic,
        is_final=event.kind == Kind.FINAL,
    )


def spoken_at(event: Event) -> int:
    """When the words of *event* were said: by the tool's clock where it can be believed."""
    return event.said if event.said and abs(event.said - event.at) <= BELIEVED else event.at


def apply(cues: dict[str, Cue], event: Event) -> None:
    """Have *cues*, in the order in which they were first heard of, follow *event*."""
    changed = after(cues.get(event.cue), event)
    if changed is not None:
        cues[event.cue] = changed


def fold(events: Iterable[Event]) -> list[Cue]:
    """All cues that *events* leave, in the order in which they were begun; dropped ones are left out."""
    cues: dict[str, Cue] = {}
    for event in events:
        apply(cues, event)
    return standing(cues)


def standing(cues: Mapping[str, Cue]) -> list[Cue]:
    """Those of *cues* that have words."""
    return [cue for cue in cues.values() if not cue.is_dropped and cue.text.strip()]


def as_delivered(events: Iterable[Event]) -> list[Cue]:
    """The cues as the audience had them, before anybody corrected them."""
    return fold(event for event in events if event.kind != Kind.REVISE)
