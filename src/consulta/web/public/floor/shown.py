"""What pages show of the floor: who speaks until when, who waits in which order, what was said."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from consulta.core.multilingual import NOTHING, Text, choose
from consulta.live import registration_days
from consulta.live.floor import queries
from consulta.live.models import FloorRequest, Intervention, Sitting
from consulta.meetings.models import AgendaItem
from consulta.web.ui.languages import current


@dataclass(frozen=True, slots=True)
class Said:
    """One intervention. *item*: its number and title, empty where the reader does not have it."""

    row: Intervention
    number: str
    item: str
    title: Text
    seconds: int | None
    ends_at: datetime | None

    @property
    def until(self) -> str:
        """When the time runs out, by the clock of the meeting's place; empty without a limit."""
        zone = ZoneInfo(registration_days.zone(self.row.sitting.meeting))
        return f"{self.ends_at.astimezone(zone):%H:%M:%S}" if self.ends_at else ""

    @property
    def minutes(self) -> str:
        """How long it took, such as 2:05; empty for what was written or goes on."""
        return "" if self.seconds is None else f"{self.seconds // 60}:{self.seconds % 60:02}"

    @property
    def is_over_time(self) -> bool:
        """Whether its time has run out."""
        return self.ends_at is not None and self.ends_at < timezone.now()


def state(sitting: Sitting, *, everything: bool = False) -> dict[str, Any]:
    """How the floor stands, as context. *everything*: for who conducts the meeting."""
    found = queries.standing(sitting)
    item = found.floor.item if found.floor else None
    return {
        "sitting": sitting,
        "floor": found.floor,
        "rule": found.rule and choose(found.rule.names, current()),
        "item_number": _number(item, sitting),
        "item_title": _title(item, sitting),
        "speaking": found.speaking and said(found.speaking, sitting),
        "queue": [_waiting(request, found.turns) for request in found.queue],
        "written": [said(row, sitting) for row in written(sitting, everything=everything)],
        "running": sitting.begun_at is not None and sitting.ended_at is None,
    }


def written(sitting: Sitting, *, everything: bool) -> list[Intervention]:
    """What was handed in and is shown, the latest first; all of it for who conducts."""
    rows = queries.interventions(sitting) if everything else queries.shown(sitting)
    return [row for row in reversed(rows) if row.kind != Intervention.Kind.SPOKEN]


def said(row: Intervention, sitting: Sitting) -> Said:
    """One intervention as pages show it."""
    row.sitting = sitting
    ended = row.ended_at or sitting.ended_at
    seconds = int((ended - row.began_at).total_seconds()) if ended else None
    return Said(
        row=row,
        number=f"{sitting.ordinal}.{row.ordinal}",
        item=_number(row.item, sitting),
        title=_title(row.item, sitting),
        seconds=seconds if row.kind == Intervention.Kind.SPOKEN else None,
        ends_at=row.began_at + timedelta(seconds=row.limit) if row.limit and not ended else None,
    )


def _waiting(request: FloorRequest, turns: dict[int, int]) -> dict[str, Any]:
    return {"row": request, "turns": turns.get(request.pk, 0)}


def _is_hidden(item: AgendaItem | None, sitting: Sitting) -> bool:
    """An item that members alone have is not named where everyone follows."""
    is_public = sitting.audience == Sitting.Audience.PUBLIC
    return item is None or (is_public and bool(item.audience))


def _number(item: AgendaItem | None, sitting: Sitting) -> str:
    return "" if item is None or _is_hidden(item, sitting) else item.number


def _title(item: AgendaItem | None, sitting: Sitting) -> Text:
    return NOTHING if item is None or _is_hidden(item, sitting) else choose(item.titles, current())
