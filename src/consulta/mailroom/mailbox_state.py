"""How far the mailbox elsewhere was read, and whether it can be read: one small durable file."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from consulta.mailroom import durable

PROGRESS = "mail/mailbox.json"
STANDING = "mail/mailbox-standing.json"


@dataclass
class Progress:
    """The last letter that was kept; it holds as long as the mailbox's UIDVALIDITY (RFC 3501, 2.3.1.1).

    *too_large*: letters that were passed over and stay in the mailbox, for a person.
    """

    validity: int
    uid: int = 0
    too_large: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, validity: int) -> "Progress":
        """Where to go on; from the beginning when the mailbox was made anew."""
        found = _read(PROGRESS)
        if found.get("validity") != validity:
            return cls(validity)
        return cls(validity, int(found.get("uid", 0)), list(found.get("too_large", [])))

    def passed(self, uid: int, *, too_large: bool = False) -> None:
        """Note that *uid* is dealt with. Raises DiskFullError."""
        self.uid = uid
        if too_large:
            self.too_large.append(uid)
        _write(PROGRESS, asdict(self))


@dataclass(frozen=True, slots=True)
class Standing:
    """How the last look went. *error*: empty when it went well; *since*: when it last did."""

    looked_at: datetime
    since: datetime | None
    error: str = ""
    too_large: Sequence[int] = ()


def note(error: str = "") -> None:
    """Note how a look went, for desk and doctor."""
    now, before = datetime.now(UTC).isoformat(), _read(STANDING)
    since = before.get("since") if error else now
    _write(STANDING, {"looked_at": now, "since": since, "error": error})


def standing() -> Standing | None:
    """How the last look went; None when nobody looked yet."""
    found = _read(STANDING)
    if not found:
        return None
    since = found.get("since")
    return Standing(
        looked_at=datetime.fromisoformat(found["looked_at"]),
        since=datetime.fromisoformat(since) if since else None,
        error=str(found.get("error", "")),
        too_large=tuple(_read(PROGRESS).get("too_large", ())),
    )


def _read(name: str) -> dict[str, Any]:
    try:
        found = json.loads((Path(settings.DATA) / name).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(name: str, values: dict[str, Any]) -> None:
    durable.write(Path(settings.DATA) / name, [json.dumps(values).encode()])
