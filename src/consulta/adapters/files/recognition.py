"""Scans: pages without words are shown to tesseract, in a process of its own, while there is time.

Its loss or crash costs the words and nothing else: the clean copy stands already.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

from consulta.adapters.files.findings import Cleaning, Finding

COMMAND = (sys.executable, "-P", "-s", "-m", "consulta.adapters.files.recogniser")
SECONDS = 30.0  # by the clock on the wall, all pages together
MAX_PAGES = 30


def add(work: Cleaning, folder: Path, *, kind: str) -> None:
    """Fill in the words of the pages that have none, where a recogniser and its language are there."""
    asked = folder / "scans.json"
    settings = json.loads(asked.read_text()) if asked.is_file() else {}
    empty = [number for number, text in enumerate(work.pages) if not text]
    if not settings.get("recogniser"):
        return
    until = time.time() + SECONDS
    asked.write_text(
        json.dumps(settings | {"kind": kind, "pages": empty[:MAX_PAGES], "until": until})
    )
    finished = _run(folder)
    read = {number: folder / f"page-{number}" for number in empty}
    found = {
        n: path.read_text(errors="replace").strip() for n, path in read.items() if path.is_file()
    }
    if len(empty) > MAX_PAGES or not finished:
        work.found.add(Finding.TEXT_CUT)
    if not any(found.values()):
        return
    work.found.add(Finding.TEXT_RECOGNISED)
    work.pages = [text or found.get(number, "") for number, text in enumerate(work.pages)]
    work.text = "\n\n".join(work.pages).strip()


def _run(folder: Path) -> bool:
    """Whether the recogniser came to its end; where it did not, what it has read so far stays."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the folder is one argument
            [*COMMAND, folder], cwd=folder, timeout=SECONDS + 5, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
