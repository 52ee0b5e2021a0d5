"""ZIP files of strangers (DOCX and ODT are such): names, sizes and number of entries checked first."""

import stat
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from consulta.adapters.files.findings import Finding, RefusedError

MAX_ENTRIES = 5_000
MAX_UNPACKED = 256 * 1024 * 1024  # bytes, all entries together
MAX_PART = 64 * 1024 * 1024  # bytes, one entry that we read
MAX_RATIO = 200  # unpacked to packed, for entries above FREE_OF_RATIO
FREE_OF_RATIO = 10 * 1024 * 1024  # bytes
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Archive:
    """A ZIP file whose entries may be read. Raises RefusedError where one must not be."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise RefusedError(Finding.BROKEN) from error
        entries = self._zip.infolist()
        _check_number(entries, path.stat().st_size)
        _check_names(entries)
        self.names = frozenset(entry.filename for entry in entries if not entry.is_dir())

    def read(self, name: str) -> bytes:
        """The bytes of one entry. Raises RefusedError when it is broken, encrypted or swells."""
        try:
            with self._zip.open(name) as entry:
                data = entry.read(MAX_PART + 1)
        except RuntimeError as error:  # zipfile's word for a password
            raise RefusedError(Finding.ENCRYPTED) from error
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise RefusedError(Finding.BROKEN) from error
        if len(data) > MAX_PART:
            raise RefusedError(Finding.BOMB)
        return data


def write(path: Path, parts: Iterable[tuple[str, bytes]]) -> None:
    """A new ZIP of *parts*, in order; no dates, no names of persons. `mimetype` stays unpacked."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            target.writestr(info, data)


def _check_number(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    swollen = any(
        entry.file_size > max(FREE_OF_RATIO, MAX_RATIO * entry.compress_size) for entry in entries
    )
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or packed > size or swollen:
        raise RefusedError(Finding.BOMB)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise RefusedError(Finding.ENCRYPTED)
    names = [entry.filename for entry in entries]
    links = any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries)
    if links or len(set(names)) != len(names) or any(not _is_plain(entry) for entry in entries):
        raise RefusedError(Finding.UNSAFE_NAMES)


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    name = entry.orig_filename
    rooted = name.startswith("/") or name[1:2] == ":"
    return not (rooted or "\\" in name or "\0" in name or ".." in name.split("/"))
