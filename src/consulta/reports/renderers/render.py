"""Lays a paper out: every file in a process of its own, with limits.

A text that makes the typesetter fail, hang or ask for more memory than there is ends that process,
never the worker. :mod:`consulta.reports.making` makes the files of editions the same way, several at
once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from consulta.core.paper import Paper
from consulta.reports.renderers import apart, jobs
from consulta.reports.renderers.apart import LayoutFailedError, Limits
from consulta.reports.renderers.volumes import Volume, volumes

__all__ = ["FORMATS", "Format", "LayoutFailedError", "Limits", "RenderedFile", "render"]
Format = Literal["pdf", "docx", "html", "akn", "json"]
#: Every format an edition is made in, the quickest first.
FORMATS: tuple[Format, ...] = ("json", "akn", "html", "docx", "pdf")
#: Those for reading: a long report comes in volumes, the same ones in each.
IN_VOLUMES: frozenset[str] = frozenset({"pdf", "docx", "html"})
MEDIA_TYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "akn": "application/akn+xml",
    "json": "application/json",
}
#: How names of files end where that is not the format's own name.
ENDINGS = {"akn": "akn.xml"}


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A finished file."""

    name: str
    data: bytes
    media_type: str


def render(paper: Paper, format: Format, *, limits: Limits | None = None) -> list[RenderedFile]:  # noqa: A002
    """Return *paper* as files: one, or for a long one an index and its volumes, in order.

    Raises :class:`LayoutFailedError`. The same paper gives the same bytes.
    """
    parts = volumes(paper) if format in IN_VOLUMES else [Volume(paper)]
    return list(_rendered(parts, format, limits or Limits()))


def file_name(stem: str, suffix: str, kind: str) -> str:
    """Return the name of a file: ``compilation-11-E-volume-2.pdf``."""
    return f"{stem}{suffix}.{ENDINGS.get(kind, kind)}"


def _rendered(parts: list[Volume], kind: Format, limits: Limits) -> Iterator[RenderedFile]:
    for part in parts:
        with TemporaryDirectory(prefix="consulta-layout-") as folder:
            source, target = Path(folder, "job"), Path(folder, "made")
            bare, lines = replace(part.paper, blocks=()), map(jobs.line, part.paper.blocks)
            jobs.write(source, jobs.head(bare), lines, place=part.place)
            apart.lay_out(kind, source, target, limits=limits)
            name = file_name(part.paper.stem, part.suffix, kind)
            yield RenderedFile(name, target.read_bytes(), MEDIA_TYPES[kind])
