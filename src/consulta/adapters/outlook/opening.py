"""Open winmail.dat or a .msg file at arm's length: its words and the files inside."""

import json
import logging
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consulta.adapters.files import sandbox

SECONDS = 30.0
COMMAND = (*sandbox.PYTHON, "consulta.adapters.outlook.worker")
TNEF = b"\x78\x9f\x3e\x22"  # MS-OXTNEF, section 2.1.3.1
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST = 60 * 1024 * 1024  # bytes

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Contents:
    """What was inside. *html* is as it was written, unclean; *files* are names and bytes."""

    subject: str
    sender: str
    text: str
    html: str
    files: tuple[tuple[str, bytes], ...]


def is_one(data: bytes, name: str) -> bool:
    """Whether *data* under *name* is something that :func:`opened` can look into."""
    return data.startswith(TNEF) or (data.startswith(OLE) and name.lower().endswith(".msg"))


def opened(data: bytes) -> Contents | None:
    """What is in *data*; None where it cannot be opened, takes too long, or too much memory."""
    if len(data) > LARGEST:
        return None
    with tempfile.TemporaryDirectory(prefix="consulta-outlook-") as place:
        folder = Path(place)
        (folder / "source").write_bytes(data)
        code = sandbox.run(COMMAND, folder / "source", folder, seconds=SECONDS)
        found = _read(folder) if code == 0 else None
    if found is None:
        log.info("a file of Outlook could not be opened (%s); it is kept as it came", code)
    return found


def _read(folder: Path) -> Contents | None:
    """What the worker wrote, or None when it cannot be believed, or is nothing."""
    try:
        told: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
        names = [str(name) for name in told["files"]]
        files = [(name, (folder / f"file-{n}").read_bytes()) for n, name in enumerate(names)]
        words = {key: str(told[key]) for key in ("subject", "sender", "text", "html")}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    holds = files or words["text"].strip() or words["html"].strip()
    return Contents(**words, files=tuple(files)) if holds else None
