"""A meeting's documents as one archive, made while it is sent: no copy on the disk or in memory.

Whoever is cut off has an archive without its end, which no program takes for a whole one; nothing of it
is left here, and nothing has to be cleared away.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from consulta.mailroom import spool
from consulta.meetings.packing import File, Packed

INDEX, STYLE = "index.html", "index.css"
PIECE = 256 * 1024
_UNSAFE = re.compile(r"[^\w.+() -]", re.UNICODE)
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """A file inside the archive under *name*: a kept one at *path*, or the bytes in *data*."""

    name: str
    at: datetime
    path: str = ""
    data: bytes = b""


class _Pipe:
    """Takes what is written until it is fetched; an archive needs no more of a file than this."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take *data*."""
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def fetch(self) -> bytes:
        """Give out what was taken since the last time."""
        taken, self._parts = b"".join(self._parts), []
        return taken


def entries(chosen: Iterable[Packed]) -> list[tuple[Packed, list[tuple[File, str]]]]:
    """Give every file of *chosen* whose bytes are there a name inside the archive: safe, used once."""
    used: set[str] = {INDEX, STYLE}
    found = []
    for one in chosen:
        folder = safe(one.document.number.replace("/", "-"))
        there = [file for file in one.files if _is_kept(file["path"])]
        named = [(file, _once(f"{folder}/{safe(str(file['name']))}", used)) for file in there]
        found.append((one, named))
    return found


def packed(held: Sequence[Entry]) -> Iterator[bytes]:
    """The archive, piece by piece."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
        for entry in held:
            told = zipfile.ZipInfo(entry.name, entry.at.timetuple()[:6])
            with (
                _opened(entry) as source,
                archive.open(told, "w", force_zip64=True) as target,
            ):
                while piece := source.read(PIECE):
                    target.write(piece)
                    yield pipe.fetch()
    yield pipe.fetch()


def safe(name: str) -> str:
    """*name* as every system can keep it: no path, no hidden file, not too long."""
    plain = _UNSAFE.sub("_", name).strip(". ") or "_"
    stem, dot, ending = plain.rpartition(".")
    if len(plain) <= _LONGEST or not dot:
        return plain[:_LONGEST]
    return f"{stem[: _LONGEST - len(ending) - 1]}.{ending}"


def _opened(entry: Entry) -> BinaryIO:
    return spool.locate(entry.path).open("rb") if entry.path else io.BytesIO(entry.data)


def _once(name: str, used: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    candidate, number = name, 1
    while candidate.casefold() in used:
        number += 1
        candidate = f"{stem}-{number}.{ending}" if dot else f"{name}-{number}"
    used.add(candidate.casefold())
    return candidate


def _is_kept(path: str) -> bool:
    try:
        return spool.locate(path).is_file()
    except ValueError:
        return False
