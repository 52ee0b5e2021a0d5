"""Lays a paper out: every PDF volume and every DOCX in a process of its own, with limits.

A text that makes the typesetter fail, hang or ask for more memory than there is ends that process,
never the worker.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from consulta.core.paper import Paper, to_json
from consulta.reports.renderers.html import html
from consulta.reports.renderers.volumes import Volume, volumes

Format = Literal["pdf", "docx", "html"]
MEDIA_TYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}
SECONDS = 180
MEMORY = 3 * 1024**3  # bytes of address space of one process; half of it is threads and fonts


class LayoutFailedError(Exception):
    """The process that lays a report out failed: over its time or memory, or on its text."""


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A finished file."""

    name: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process may use: *seconds* on the clock, *memory* in bytes of address space."""

    seconds: float = SECONDS
    memory: int = MEMORY


def render(paper: Paper, format: Format, *, limits: Limits | None = None) -> list[RenderedFile]:  # noqa: A002
    """Return *paper* as files: one, or for a long PDF an index and its volumes, in order.

    Raises :class:`LayoutFailedError`. The same paper gives the same bytes.
    """
    if format == "html":
        return [_file(paper, format, "", html(paper).encode())]
    parts: Sequence[Volume] = volumes(paper) if format == "pdf" else [Volume(paper)]
    limits = limits or Limits()
    return [_file(paper, format, part.suffix, _apart(part, format, limits)) for part in parts]


def _file(paper: Paper, kind: Format, suffix: str, data: bytes) -> RenderedFile:
    return RenderedFile(f"{paper.stem}{suffix}.{kind}", data, MEDIA_TYPES[kind])


def _apart(part: Volume, kind: Format, limits: Limits) -> bytes:
    """Return one file, made by `renderers.worker` in another process."""
    with TemporaryDirectory(prefix="consulta-layout-") as folder:
        source, target = Path(folder, "paper.json"), Path(folder, "made")
        source.write_text(json.dumps({"paper": to_json(part.paper), "place": part.place}))
        command = [sys.executable, "-m", "consulta.reports.renderers.worker"]
        command += [kind, str(source), str(target), str(limits.memory)]
        _run(command, folder, limits.seconds)
        return target.read_bytes()


def _run(command: list[str], folder: str, seconds: float) -> None:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join(filter(None, map(os.path.abspath, sys.path))),
        "PYTHONIOENCODING": "utf-8",
        "TMPDIR": folder,
    }
    try:
        done = subprocess.run(  # noqa: S603 (our own module, no shell)
            command, cwd=folder, env=environment, timeout=seconds, capture_output=True, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise LayoutFailedError(f"not finished after {seconds:.0f} seconds") from error
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        raise LayoutFailedError(f"ended with {done.returncode}: {last[0][:500]}")
