"""Lays one volume out as PDF/UA-1 and PDF/A-3a, its data inside, in a process of its own (see `volumes`)."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from consulta.core.paper import Logo, Paper, to_json
from consulta.reports.renderers import copying, fonts, replaced
from consulta.reports.renderers.data import data
from consulta.reports.renderers.layout import short, with_targets
from consulta.reports.renderers.plain import breakable_data, cleaned

TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf(paper: Paper, volume: str = "") -> bytes:
    """Return *paper* as PDF; *volume* names the part ("Volume 2 of 5") where there are several."""
    inputs = {"data": data(paper).decode()}
    paper = replaced.listed(paper, replaced.of(paper, "pdf"))
    logo, paper = paper.logo.data, replace(paper, cover="", logo=_told(paper.logo))
    inputs["paper"] = json.dumps(_data(cleaned(paper), volume), ensure_ascii=False)
    dated = datetime.fromisoformat(paper.dated).replace(tzinfo=UTC)
    with TemporaryDirectory() as nothing_to_read:
        if logo:
            Path(nothing_to_read, "logo.png").write_bytes(base64.b64decode(logo))
        compiler = typst.Compiler(
            TEMPLATE.read_bytes(), root=nothing_to_read, font_paths=_fonts(), sys_inputs=inputs
        )
        made = compiler.compile(pdf_standards=["ua-1", "a-3a"], timestamp=dated)
    assert isinstance(made, bytes)  # noqa: S101 (for the type checker)
    return copying.readable(made) if copying.RIGHT_TO_LEFT.search(inputs["paper"]) else made


def _told(logo: Logo) -> Logo:
    """Whether there is a logo, for the template; its bytes lie beside."""
    return replace(logo, data="logo" if logo.data else "")


def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(fonts.FOLDERS)
    )


def _data(paper: Paper, volume: str) -> dict[str, Any]:
    """Return what the template reads: every text drawable, breakable, and short where it must be."""
    read = fonts.drawable_data(with_targets(paper, to_json(paper)))
    read = dict(breakable_data(read)) | {
        "volume": volume,
        "direction": paper.direction,
    }
    read["title"] = short(read["title"]) or read["running"] or read["stem"]
    for words in _headings(read["blocks"]):
        words["text"] = short(words["text"]) or "—"
    read["subtitle"] = short(read["subtitle"])  # it is in the file's properties too
    for file in (file for block in read["blocks"] for file in block.get("attachments", ())):
        file["title"] = short(file["title"])
    return read


def _headings(blocks: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Yield the words of every heading; an empty question has none."""
    for block in blocks:
        yield from (block[key] for key in ("words", "respondent") if key in block)
        questions = (answer["question"] for answer in block.get("answers", ()))
        yield from (words for words in questions if words["text"])
