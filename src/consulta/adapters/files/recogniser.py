"""The process that reads scans: `python -m consulta.adapters.files.recogniser FOLDER`.

In FOLDER it finds `clean` and `scans.json` (the recogniser's path, the language, the pages, until when)
and writes `page-N` with the words of each page. Limited as the worker is; tesseract inherits that.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from consulta.adapters.files import worker
from consulta.adapters.files.findings import PDF

LANGUAGES = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "chi_sim"}
DPI = 150  # finer costs four times as long and reads hardly better
LONGEST = 3_000  # points of the longer side of a page that is shown to the recogniser
STOPPED = 1
_ALONE = {"OMP_THREAD_LIMIT": "1", "LANG": "C.UTF-8"}  # its threads cost more than they bring


def main() -> None:
    """Read page after page until the time is over; exits with STOPPED then."""
    worker.limit()
    folder = Path(sys.argv[1])
    asked: dict[str, Any] = json.loads((folder / "scans.json").read_text())
    language = LANGUAGES.get(asked["language"], "")
    if language not in _known(asked["recogniser"]):
        return
    command = [
        asked["recogniser"],
        str(folder / "scan.png"),
        "-",
        "-l",
        language,
        "--dpi",
        str(DPI),
    ]
    for number, picture in _pictures(folder / "clean", asked):
        left = asked["until"] - time.time()
        if left <= 0:
            sys.exit(STOPPED)
        picture.save(folder / "scan.png")
        (folder / f"page-{number}").write_text(_read(command, seconds=left))


def _read(command: list[str], *, seconds: float) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the recogniser and a picture of ours
            command, capture_output=True, timeout=seconds, check=False, env=_ALONE
        )
    except subprocess.TimeoutExpired:
        sys.exit(STOPPED)
    return done.stdout.decode("utf-8", "replace").replace("\f", "").strip()


def _known(recogniser: str) -> list[str]:
    done = subprocess.run(  # noqa: S603 - asks which languages it knows
        [recogniser, "--list-langs"], capture_output=True, timeout=10, check=False
    )
    return done.stdout.decode("utf-8", "replace").split("\n")


def _pictures(source: Path, asked: dict[str, Any]) -> Iterator[tuple[int, Any]]:
    """Each page as a grey picture that is not too large."""
    if asked["kind"] != PDF:
        with Image.open(source, formats=("PNG", "JPEG")) as picture:
            small = picture.convert("L")
            small.thumbnail((LONGEST, LONGEST))
            yield 0, small
        return
    with pypdfium2.PdfDocument(source) as document:
        for number in asked["pages"]:
            with suppress(pypdfium2.PdfiumError):  # a page that cannot be drawn has no words for us
                yield number, _drawn(document[number])


def _drawn(page: Any) -> Any:
    scale = min(DPI / 72, LONGEST / max(*page.get_size(), 1.0))
    return page.render(scale=scale, grayscale=True).to_pil()


if __name__ == "__main__":
    main()
