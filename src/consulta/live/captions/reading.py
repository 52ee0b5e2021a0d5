"""What pages read of the captions of a sitting, each thread on a connection of its own."""

import threading

from consulta.core.captions import Cue, Kind, as_delivered, fold
from consulta.live.captions import place, store
from consulta.live.captions.rows import Row
from consulta.live.captions.store import Connection
from consulta.live.models import Sitting

#: Events from which the latest cues are made; a cue that grew word by word takes many.
WINDOW = 400
_own = threading.local()


def latest(sitting: Sitting, language: str, *, count: int) -> tuple[list[Cue], int]:
    """The last *count* cues as they read now, and the number of the last event: where to go on."""
    rows = store.latest(_connection(), sitting.pk, language, limit=WINDOW)
    cues = fold(row.event for row in rows)
    return cues[-count:], rows[-1].id if rows else 0


def turn(sitting: Sitting, language: str) -> int:
    """The id of the captioner who took the turn last; 0: nobody did, lately."""
    rows = store.latest(_connection(), sitting.pk, language, limit=WINDOW)
    return next((r.event.token for r in reversed(rows) if r.event.kind == Kind.TURN), 0)


def whole(sitting: Sitting, language: str) -> list[Cue]:
    """All cues as they read now."""
    return fold(row.event for row in _rows(sitting, language))


def delivered(sitting: Sitting, language: str) -> list[Cue]:
    """All cues as the audience had them, before anybody corrected them."""
    return as_delivered(row.event for row in _rows(sitting, language))


def _rows(sitting: Sitting, language: str) -> list[Row]:
    return store.of_sitting(_connection(), sitting.pk, language)


def _connection() -> Connection:
    """This thread's connection to the store that is set now."""
    chosen = place.store()
    if getattr(_own, "chosen", None) != chosen:
        _own.chosen, _own.connection = chosen, chosen.connect()
    connection: Connection = _own.connection
    return connection
