"""Files of documents: examined in a process of their own, and a clean copy kept for good."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from consulta.adapters.files import sandbox, scan
from consulta.adapters.files.findings import COPIED_AS, Finding, Verdict
from consulta.mailroom import spool

FOLDER = "documents"
SECONDS = 60.0
MEGABYTE = 1024 * 1024


class FileRefusedError(ValueError):
    """No clean copy can be made of this file. *finding* says why."""

    def __init__(self, name: str, finding: str) -> None:
        super().__init__(f"{name}: {finding}")
        self.name = name
        self.finding = finding


def largest() -> int:
    """Return how large one file may be, in bytes: a setting of the instance."""
    return int(settings.LARGEST_DOCUMENT) * MEGABYTE


def take(chunks: Iterable[bytes], *, name: str, language: str) -> dict[str, Any]:
    """Keep a clean copy of a file and return it as documents carry it. Raises FileRefusedError.

    Raises ScannerUnreachableError where a virus scanner is set and does not answer, SpoolFullError.
    """
    with tempfile.TemporaryDirectory(prefix="consulta-document-") as place:
        source = Path(place, "source")
        _write(source, chunks, name)
        scanner = scan.scanner(getattr(settings, "CLAMD", ""))
        with sandbox.examining(source, name=name, seconds=SECONDS) as seen:
            if any(scanner.is_infected(path) for path in (source, *seen.embedded)):
                raise FileRefusedError(name, Finding.VIRUS)
            if seen.verdict != Verdict.CLEAN or seen.clean_path is None:
                raise FileRefusedError(name, next(iter(seen.findings), Finding.BROKEN))
            with seen.clean_path.open("rb") as clean:
                kept = spool.keep(clean, folder=FOLDER)
            media_type = COPIED_AS.get(seen.media_type, seen.media_type)
    return {
        "name": name,
        "path": kept.path,
        "sha256": kept.sha256,
        "size": kept.size,
        "media_type": media_type,
        "language": language,
    }


def _write(target: Path, chunks: Iterable[bytes], name: str) -> None:
    size = 0
    with target.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > largest():
                raise FileRefusedError(name, Finding.TOO_LARGE)
            file.write(chunk)
