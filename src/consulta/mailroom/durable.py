"""Write a file so that it is there after a power cut: bytes, then name, each flushed to the disk.

Django's storage does not do this; a row that names a file may commit only after it was done.
"""

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex


class DiskFullError(OSError):
    """There is no room left on the disk; nothing partial was left behind."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: SHA-256 in hexadecimal, and bytes."""

    sha256: str
    size: int


def write(path: Path, chunks: Iterable[bytes]) -> Written:
    """Write *chunks* to *path*, readable by the owner only; an older file is replaced whole.

    Order: temporary file, fsync, rename, fsync of the folder. Raises DiskFullError, OSError; then
    *path* is as it was before.
    """
    part = path.with_name(f".{token_hex(16)}.part")
    try:
        make_folder(path.parent)
        written = _fill(part, chunks)
        part.rename(path)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(error.errno, "the disk is full", str(path.parent)) from error
        raise
    sync_folder(path.parent)
    return written


def make_folder(folder: Path) -> None:
    """Make *folder* and those above it, each name flushed to the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Flush the names in *folder* to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fill(part: Path, chunks: Iterable[bytes]) -> Written:
    digest, size = sha256(), 0
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Written(digest.hexdigest(), size)
