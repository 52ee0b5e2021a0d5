"""Lays one volume out as PDF/UA-1 and PDF/A-2a. Runs in a process of its own (see `volumes`)."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from consulta.core.paper import Paper, to_json
from consulta.reports.renderers import fonts
from consulta.reports.renderers.layout import short, with_targets
from consulta.reports.renderers.plain import breakable_data, cleaned

TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf(paper: Paper, volume: str = "") -> bytes:
    """Return *paper* as PDF; *volume* names the part ("Volume 2 of 5") where there are several."""
    data = {"paper": json.dumps(_data(cleaned(paper), volume), ensure_ascii=False)}
    dated = datetime.fromisoformat(paper.dated).replace(tzinfo=UTC)
    with TemporaryDirectory() as nothing_to_read:
        compiler = typst.Compiler(
            TEMPLATE.read_bytes(), root=nothing_to_read, font_paths=_fonts(), sys_inputs=data
        )
        made = compiler.compile(pdf_standards=["ua-1", "a-2a"], timestamp=dated)
    assert isinstance(made, bytes)  # noqa: S101 (for the type checker)
    return made


def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(fonts.FOLDERS)
    )


def _data(paper: Paper, volume: str) -> dict[str, Any]:
    """Return what the template reads: every text drawable, breakable, and short where it must be."""
    data, replaced = fonts.drawable_data(with_targets(paper, to_json(paper)))
    data = dict(breakable_data(data)) | {
        "volume": volume,
        "replaced": replaced,
        "direction": paper.direction,
    }
    data["title"] = short(data["title"]) or data["running"] or data["stem"]
    for words in _headings(data["blocks"]):
        words["text"] = short(words["text"]) or "—"
    return data


def _headings(blocks: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Yield the words of every heading; an empty question has none."""
    for block in blocks:
        yield from (block[key] for key in ("words", "respondent") if key in block)
        questions = (answer["question"] for answer in block.get("answers", ()))
        yield from (words for words in questions if words["text"])
