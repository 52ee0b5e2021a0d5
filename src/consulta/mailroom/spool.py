"""The spool: bytes that came from outside, on disk before any row speaks of them.

Paths are relative to settings.DATA and say nothing of the sender's file name.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from django.conf import settings

from consulta.mailroom import durable

CHUNK = 256 * 1024
_FOLDER = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*")
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class SpooledFile:
    """A kept file: path relative to settings.DATA, SHA-256 in hexadecimal, size in bytes."""

    path: str
    sha256: str
    size: int


class SpoolFullError(Exception):
    """The disk is full. What was sent was not kept, and nothing partial was left behind."""


def keep(
    source: Iterable[bytes] | BinaryIO, *, folder: str, name: str | None = None
) -> SpooledFile:
    """Write *source* to the disk for good, under a random name, or *name* if one is given.

    When this returns, the bytes survive a power cut; the caller then commits the row that names
    them. Raises SpoolFullError; FileExistsError when *name* is taken.
    """
    path = f"{folder}/{name or token_hex(16)}"
    target = locate(path)
    if target.exists():
        raise FileExistsError(path)
    try:
        written = durable.write(target, _chunks(source))
    except durable.DiskFullError as error:
        raise SpoolFullError(
            "The file could not be kept because the disk is full; free some space and send it again."
        ) from error
    return SpooledFile(path=path, sha256=written.sha256, size=written.size)


def locate(path: str) -> Path:
    """Where *path* is on this machine. Raises ValueError for a path that leads out of the spool."""
    folder, _, name = path.rpartition("/")
    if not _FOLDER.fullmatch(folder) or not _NAME.fullmatch(name):
        raise ValueError(f"{path!r} is not a path in the spool")
    return Path(settings.DATA) / folder / name


def remove(path: str) -> None:
    """Remove a kept file for good; nothing happens when it is gone already."""
    target = locate(path)
    target.unlink(missing_ok=True)
    if target.parent.is_dir():
        durable.sync_folder(target.parent)


def sweep(
    folder: str, *, before: datetime, known: Callable[[Collection[str]], Collection[str]]
) -> list[str]:
    """Remove the files of *folder* last written *before* that no row names; the paths removed.

    *known* gets the paths and gives back those that rows name. Take *before* well in the past
    (a day): a file is kept first and its row commits after.
    """
    place = Path(settings.DATA) / folder
    if not _FOLDER.fullmatch(folder) or not place.is_dir():
        return []
    old = [p for p in place.iterdir() if p.is_file() and p.stat().st_mtime < before.timestamp()]
    paths = {f"{folder}/{file.name}": file for file in old}
    named = set(known([path for path, file in paths.items() if file.suffix != ".part"]))
    orphans = sorted(set(paths) - named)
    for path in orphans:
        paths[path].unlink(missing_ok=True)
    return orphans


def _chunks(source: Iterable[bytes] | BinaryIO) -> Iterator[bytes]:
    """Large files in pieces; an uploaded file of Django's brings its own."""
    if chunks := getattr(source, "chunks", None):
        yield from chunks(CHUNK)
    elif read := getattr(source, "read", None):
        while chunk := read(CHUNK):
            yield chunk
    else:
        yield from source
