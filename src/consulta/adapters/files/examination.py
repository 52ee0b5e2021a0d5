"""One file examined, inside the limited process: what it is, a clean copy, its text."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from consulta.adapters.files import (
    docx,
    identify,
    image,
    odt,
    pdf,
    recognition,
    rtf,
    txt,
    webpage,
)
from consulta.adapters.files.findings import (
    DOCX,
    HTML,
    JPEG,
    ODT,
    PDF,
    PNG,
    RTF,
    TXT,
    Cleaning,
    Finding,
    RefusedError,
    Verdict,
)

CLEANERS: dict[str, Callable[[Path, Path], Cleaning]] = {
    PDF: pdf.clean,
    DOCX: docx.clean,
    ODT: odt.clean,
    RTF: rtf.clean,
    HTML: webpage.clean,
    TXT: txt.clean,
    PNG: image.clean,
    JPEG: image.clean,
}
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def examine(source: Path, folder: Path, *, most_text: int) -> dict[str, Any]:
    """Examine *source*, leave the copy and the text in *folder*, say what was found."""
    kind = ""
    try:
        kind = identify.media_type(source)
        work = CLEANERS[kind](source, folder / "clean")
    except RefusedError as refusal:
        kind = kind or identify.guess(source)
        return {
            "media_type": kind,
            "verdict": refusal.verdict,
            "findings": [refusal.finding],
        }
    if not all(work.pages):
        recognition.add(work, folder, kind=kind)
    _keep_text(work, folder, most_text)
    for number, data in enumerate(work.embedded):
        (folder / f"embedded-{number}").write_bytes(data)
    return {"media_type": kind, "verdict": Verdict.CLEAN, "findings": sorted(work.found)}


def _keep_text(work: Cleaning, folder: Path, most: int) -> None:
    text = _NOT_TEXT.sub("", work.text)
    if not text.strip():
        work.found.add(Finding.NO_TEXT)
    if len(text) > most:
        work.found.add(Finding.TEXT_CUT)
    (folder / "text").write_text(text[:most], encoding="utf-8")
