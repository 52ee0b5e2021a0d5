"""Making: the files of a frozen edition, several processes at once, each file kept as it comes.

A file is whole on the disk before the row that names it commits, and it is made once: whoever goes on
after a power cut or a kill finds by the rows what is missing. The content is read a volume at a time
and no finished file is held, so the memory of this process does not grow with the volumes.
"""

import fcntl
import logging
import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consulta.core.paper import Paper
from consulta.mailroom import spool
from consulta.reports import contents
from consulta.reports.models import Edition, EditionFile
from consulta.reports.renderers import apart, jobs, volumes
from consulta.reports.renderers.apart import LayoutFailedError, Limits
from consulta.reports.renderers.render import FORMATS, IN_VOLUMES, MEDIA_TYPES, Format, file_name

FOLDER = "editions"
#: Where jobs and half-made files lie; emptied before each edition.
WORKSHOP = "rendering"
#: After so many files that failed, the rest waits for the next try.
FAILURES = 3
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to be made: which volume (0: the index) in which format, under which name."""

    format: Format
    volume: int
    name: str
    source: Path

    @property
    def target(self) -> Path:
        """Where the process leaves it."""
        return self.source.with_name(self.name)


@dataclass(slots=True)
class _Work:
    """What is under way for one edition, and what failed."""

    edition: Edition
    running: dict[Future[list[dict[str, Any]]], Piece] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


@contextmanager
def alone(what: str = "lock") -> Iterator[bool]:
    """Whether nobody else makes files in this instance now; a process that is killed lets go.

    *what*: another kind of work, which has a turn of its own.
    """
    workshop = Path(settings.DATA) / WORKSHOP
    workshop.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (workshop / what).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def expected(edition: Edition) -> list[tuple[Format, int]]:
    """Every file that *edition* comes in: its format and its volume, 0 for the index."""
    numbers = range(edition.volumes + 1) if edition.volumes > 1 else range(1, 2)
    return [(kind, n) for kind in FORMATS for n in (numbers if kind in IN_VOLUMES else (1,))]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many files of one format are made, and how many there will be."""

    format: str
    done: int
    total: int


def progress(edition: Edition) -> list[Progress]:
    """How far the files of *edition* are, by format in the order in which they are made."""
    there = Counter(file.format for file in edition.files.all())
    wanted = Counter(kind for kind, _volume in expected(edition))
    return [Progress(kind, there[kind], total) for kind, total in wanted.items()]


def make(edition: Edition) -> None:
    """Make the files that *edition* lacks; when all are there, it is rendered.

    To be called while :func:`alone`. Raises LayoutFailedError, naming the file, after the others were
    made; SpoolFullError.
    """
    folder = Path(settings.DATA) / WORKSHOP / "work"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    work = _Work(edition)
    try:
        _make_missing(work, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if work.failed:
        raise LayoutFailedError("; ".join(work.failed))
    _finish(edition)


def _make_missing(work: _Work, folder: Path) -> None:
    at_once = apart.at_once()
    with ThreadPoolExecutor(at_once) as pool:
        for piece in _missing(work.edition, folder):
            if len(work.failed) >= FAILURES:
                break
            work.running[pool.submit(_lay_out, piece)] = piece
            if len(work.running) > at_once:
                _settle(work)
        while work.running:
            _settle(work)


def _lay_out(piece: Piece) -> list[dict[str, Any]]:
    return apart.lay_out(piece.format, piece.source, piece.target, limits=Limits())


def _settle(work: _Work) -> None:
    """Wait until one file is made, or failed, and keep it."""
    done, _others = wait(work.running, return_when=FIRST_COMPLETED)
    for future in done:
        piece = work.running.pop(future)
        try:
            replaced = future.result()
        except LayoutFailedError as error:
            work.failed.append(f"{piece.name}: {error}")
        else:
            _keep(work.edition, piece, replaced)


def _missing(edition: Edition, folder: Path) -> Iterator[Piece]:
    """Yield what is still to be made; the job of each lies in *folder* before it is yielded."""
    there = set(edition.files.values_list("format", "volume"))
    lacking = [each for each in expected(edition) if each not in there]
    paper = contents.head(edition)
    machine = [each for each in lacking if each[0] not in IN_VOLUMES]
    if machine:
        jobs.write(folder / "whole", jobs.head(paper), contents.lines(edition), place="")
        yield from _pieces(machine, folder / "whole", paper.stem, "")
    yield from _of_volumes(edition, paper, [e for e in lacking if e[0] in IN_VOLUMES], folder)


def _of_volumes(
    edition: Edition, paper: Paper, lacking: list[tuple[Format, int]], folder: Path
) -> Iterator[Piece]:
    """Yield the volumes that are *lacking*, then the index, which was written meanwhile."""
    total, number = edition.volumes, 0
    jobs.write(folder / "index", jobs.head(paper), (), place="")
    for number, part in enumerate(volumes.cut(contents.blocks(edition), paper.labels.continued), 1):
        listed = volumes.listed(paper, number, total, volumes.entry(part))
        jobs.append(folder / "index", map(jobs.line, listed))
        mine = [each for each in lacking if each[1] == number]
        suffix = volumes.suffix(number, total) if total > 1 else ""
        if mine:
            source = folder / f"volume-{number}"
            place = volumes.place(paper, number, total) if total > 1 else ""
            jobs.write(source, jobs.head(paper), map(jobs.line, part), place=place)
            yield from _pieces(mine, source, paper.stem, suffix)
    if number != total:  # another release cuts otherwise: what is missing would be lost
        raise LayoutFailedError(f"comes in {number} volumes, not in {total}")
    indexes = [each for each in lacking if each[1] == 0]
    yield from _pieces(indexes, folder / "index", paper.stem, volumes.suffix(0, total))


def _pieces(
    wanted: list[tuple[Format, int]], source: Path, stem: str, suffix: str
) -> Iterator[Piece]:
    for kind, volume in wanted:
        yield Piece(kind, volume, file_name(stem, suffix, kind), source)


def _keep(edition: Edition, piece: Piece, replaced: list[dict[str, Any]]) -> None:
    """On the disk first, under a name that a killed try used too, then the row that names it."""
    name = f"{edition.pk}-{piece.format}-{piece.volume}"
    spool.remove(f"{FOLDER}/{name}")  # no row names it: it would not be missing
    with piece.target.open("rb") as made:
        kept = spool.keep(made, folder=FOLDER, name=name)
    piece.target.unlink()
    EditionFile.objects.create(
        edition=edition,
        format=piece.format,
        volume=piece.volume,
        name=piece.name,
        path=kept.path,
        sha256=kept.sha256,
        size=kept.size,
        media_type=MEDIA_TYPES[piece.format],
        replaced=replaced,
    )


@transaction.atomic
def _finish(edition: Edition) -> None:
    """The edition is rendered when every file is there. Raises LayoutFailedError for one that is not."""
    locked = Edition.objects.select_for_update().defer("content").get(pk=edition.pk)
    there = set(locked.files.values_list("format", "volume"))
    lacking = [each for each in expected(locked) if each not in there]
    if lacking:
        raise LayoutFailedError(f"not made: {lacking[:3]}")
    locked.rendered_at, locked.rendering_error = timezone.now(), ""
    locked.save(update_fields=["rendered_at", "rendering_error"])
