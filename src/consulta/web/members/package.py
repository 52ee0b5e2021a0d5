"""A meeting's documents as one archive, made while it is sent: no copy on the disk or in memory."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from consulta.mailroom import spool
from consulta.meetings.models import Document

PIECE = 256 * 1024
_UNSAFE = re.compile(r"[^\w.+() -]", re.UNICODE)
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept file and its name inside the archive."""

    path: str
    name: str
    at: datetime


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


def entries(documents: Iterable[Document]) -> list[Entry]:
    """Every file of *documents* whose bytes are there, each name safe and used once."""
    found: list[Entry] = []
    used: set[str] = set()
    for document in documents:
        folder = safe(document.number.replace("/", "-"))
        for file in document.files:
            name = _once(f"{folder}/{safe(str(file['name']))}", used)
            if document.posted_at is not None and _is_kept(file["path"]):
                found.append(Entry(file["path"], name, document.posted_at))
    return found


def packed(held: Sequence[Entry]) -> Iterator[bytes]:
    """The archive, piece by piece."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
        for entry in held:
            told = zipfile.ZipInfo(entry.name, entry.at.timetuple()[:6])
            with (
                spool.locate(entry.path).open("rb") as source,
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
