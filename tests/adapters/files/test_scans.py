"""Pages without words are read by machine where that can be, said to be so, and never at the file's cost."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import typst
from PIL import Image

from consulta.adapters.files import recognition, sandbox
from consulta.adapters.files.findings import PDF, Cleaning, Finding, Verdict

from . import made

WORDS = "The Member States should support digital development"
PAGE = f"#set page(width: 400pt, height: 200pt)\n#set text(size: 14pt)\n{WORDS}"
Scan = Callable[..., bytes]


@pytest.fixture(scope="session")
def picture() -> Image.Image:
    """A page as a scanner sees it."""
    drawn = typst.compile(PAGE.encode(), format="png", ppi=150)
    return Image.open(io.BytesIO(bytes(drawn))).convert("RGB")


@pytest.fixture
def scan(picture: Image.Image) -> Scan:
    """The scan as a file of this kind, of so many pages."""

    def _scan(kind: str = "PDF", pages: int = 1) -> bytes:
        buffer = io.BytesIO()
        more = {"save_all": True, "append_images": [picture] * (pages - 1)} if pages > 1 else {}
        picture.save(buffer, kind, **more)
        return buffer.getvalue()

    return _scan


def look(folder: Path, data: bytes, language: str = "en") -> sandbox.Examination:
    file = made.put(folder / "stranger", data)
    with sandbox.examining(file, language=language) as seen:
        assert seen.clean_path is not None
        return seen


@pytest.mark.tesseract
@pytest.mark.parametrize("kind", ["PDF", "PNG", "JPEG"])
def test_a_scan_is_read_by_machine_and_said_to_be(scan: Scan, tmp_path: Path, kind: str) -> None:
    seen = look(tmp_path, scan(kind))
    assert " ".join(seen.text.split()) == WORDS
    assert Finding.TEXT_RECOGNISED in seen.findings
    assert Finding.NO_TEXT not in seen.findings


@pytest.mark.tesseract
def test_a_scan_in_a_language_that_the_machine_does_not_know_has_no_text(
    scan: Scan, tmp_path: Path
) -> None:
    seen = look(tmp_path, scan(), language="xx")
    assert (seen.verdict, seen.text) == (Verdict.CLEAN, "")
    assert {Finding.NO_TEXT, Finding.TEXT_RECOGNISED} & set(seen.findings) == {Finding.NO_TEXT}


def test_a_scan_is_taken_where_no_reader_of_scans_is_installed(
    scan: Scan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox.shutil, "which", lambda _name: None)
    seen = look(tmp_path, scan())
    assert (seen.verdict, seen.text) == (Verdict.CLEAN, "")
    assert Finding.NO_TEXT in seen.findings


def reader(folder: Path, script: str) -> Path:
    """A reader of scans that knows English and does this."""
    program = folder / "reader"
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = --list-langs ]; then echo eng; exit; fi\n{script}\n'
    )
    program.chmod(0o700)
    return program


@pytest.mark.parametrize(
    ("script", "text"),
    [("kill -9 $$", ""), ("kill -9 $PPID", ""), ("echo read", "read")],
    ids=["it crashes", "its process is killed", "it reads"],
)
def test_a_reader_that_crashes_costs_the_words_and_not_the_file(
    scan: Scan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, text: str
) -> None:
    program = str(reader(tmp_path, script))
    monkeypatch.setattr(sandbox.shutil, "which", lambda _name: program)
    seen = look(tmp_path, scan())
    assert (seen.verdict, seen.text) == (Verdict.CLEAN, text)


def test_so_many_pages_are_read_and_that_more_were_left_is_said(
    scan: Scan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = str(reader(tmp_path, "echo read"))
    monkeypatch.setattr(sandbox.shutil, "which", lambda _name: program)
    seen = look(tmp_path, scan(pages=recognition.MAX_PAGES + 2))
    assert seen.text.split() == ["read"] * recognition.MAX_PAGES
    assert {Finding.TEXT_CUT, Finding.TEXT_RECOGNISED} <= set(seen.findings)


def test_a_reader_that_takes_too_long_leaves_what_it_has_read(
    scan: Scan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = reader(
        tmp_path, f"if [ -e {tmp_path}/once ]; then sleep 60; fi; touch {tmp_path}/once; echo read"
    )
    (tmp_path / "clean").write_bytes(scan(pages=3))
    (tmp_path / "scans.json").write_text(f'{{"recogniser": "{program}", "language": "en"}}')
    monkeypatch.setattr(recognition, "SECONDS", 4.0)
    monkeypatch.setenv("PYTHONPATH", "src")
    work = Cleaning(pages=["", "", ""])
    recognition.add(work, tmp_path, kind=PDF)
    assert (work.pages, work.text) == (["read", "", ""], "read")
    assert work.found == {Finding.TEXT_CUT, Finding.TEXT_RECOGNISED}
