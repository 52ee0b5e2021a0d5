"""The transcript of a sitting in one language: its captions as paragraphs by item and speaker.

It is made of the captions whenever it is asked for, so it is ready when the sitting ends, and a
correction of a caption stands in it at once; the words as delivered are kept beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from consulta.core import transcripts
from consulta.core.multilingual import NOTHING, Text, choose
from consulta.core.transcripts import Paragraph, Turn
from consulta.live.captions import reading, speakers
from consulta.live.floor import queries as floor
from consulta.live.models import Intervention, Sitting, SpeakerKey
from consulta.meetings import agenda
from consulta.meetings.models import AgendaItem


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke; *name* empty: nobody named the speaker. *withdrawn*: the speaker took the name off."""

    name: str = ""
    organisation: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One paragraph of a transcript. *anchor*: its address on the page, the same for good.

    *delivered*: what the audience had, empty where nobody corrected it. *begins_item*: the item is
    another one than before.
    """

    anchor: str
    at: datetime
    speaker: Speaker
    item: str
    title: Text
    text: str
    delivered: str
    is_automatic: bool
    begins_item: bool
    begins_speaker: bool


def of(sitting: Sitting, language: str, *, everything: bool = False) -> list[Said]:
    """The transcript of *sitting* in *language*, empty where nothing was captioned.

    *everything*: items that members alone have are named too.
    """
    rows = floor.interventions(sitting)
    cues = reading.whole(sitting, language)
    made = transcripts.paragraphs(cues, _turns(sitting, rows))
    keys = {str(key.position): key for key in speakers.of(sitting)}
    turns = {row.pk: row for row in rows}
    items = {item.number: item for item in agenda.items(sitting.meeting)}
    is_public = sitting.audience == Sitting.Audience.PUBLIC and not everything
    titled = {n: item for n, item in items.items() if not (is_public and item.audience)}
    found: list[Said] = []
    for one in made:
        who = _speaker(one, keys, turns)
        found.append(_said(one, who, titled, language, found[-1] if found else None, sitting))
    return found


def _said(
    one: Paragraph,
    who: Speaker,
    items: dict[str, AgendaItem],
    language: str,
    before: Said | None,
    sitting: Sitting,
) -> Said:
    item = items.get(one.item)
    number = item.number if item else ""
    return Said(
        anchor=f"s{sitting.ordinal}-{language}-{one.began}",
        at=datetime.fromtimestamp(one.began / 1000, UTC),
        speaker=who,
        item=number,
        title=choose(item.titles, language) if item else NOTHING,
        text=one.text,
        delivered=one.delivered if one.delivered != one.text else "",
        is_automatic=one.is_automatic,
        begins_item=bool(number) and (before is None or before.item != number),
        begins_speaker=who != Speaker() and (before is None or before.speaker != who),
    )


def _speaker(
    one: Paragraph, keys: dict[str, SpeakerKey], turns: dict[int, Intervention]
) -> Speaker:
    """Whom the captioner named, else who had the floor."""
    if one.speaker:
        key = keys.get(one.speaker)
        return Speaker(key.name, withdrawn=key.withdrawn_at is not None) if key else Speaker()
    row = turns.get(one.turn)
    if row is None:
        return Speaker()
    return Speaker(row.name, row.organisation_name, row.name_withdrawn_at is not None)


def _turns(sitting: Sitting, rows: Sequence[Intervention]) -> list[Turn]:
    """Who had the floor when, in the order of time; who has it still has it for ever."""
    spoken = [row for row in rows if row.kind == Intervention.Kind.SPOKEN]
    return [
        Turn(
            key=row.pk,
            began=_milliseconds(row.began_at),
            ended=_milliseconds(
                row.ended_at or sitting.ended_at or datetime.max.replace(tzinfo=UTC)
            ),
            item=row.item.number if row.item else "",
        )
        for row in spoken
    ]


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
