"""Read a stranger's spreadsheet at arm's length: `with reading.converted(path) as sheet: …`."""

import contextlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from consulta.adapters.files import sandbox
from consulta.adapters.sheets.problems import Problem, SheetError

COMMAND = (*sandbox.PYTHON, "consulta.adapters.sheets.worker")
SECONDS = 180.0
MAX_SIZE = 200 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its *headings*, and a file of rows that is gone when the `with` block ends.

    Each line of *rows_path* is a JSON list: the row's number in the sheet, then its cells as texts.
    *charset_guessed*: the file did not say in which character set it is. *other_sheets*: not read.
    """

    headings: tuple[str, ...]
    rows: int
    rows_path: Path
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    charset_guessed: bool = False


@contextlib.contextmanager
def converted(path: Path, *, seconds: float = SECONDS) -> Iterator[Sheet]:
    """Convert the sheet at *path* in a process of its own. Raises SheetError."""
    if not path.is_file():
        raise SheetError(Problem.MISSING)
    if path.stat().st_size > MAX_SIZE:
        raise SheetError(Problem.TOO_LONG)
    with tempfile.TemporaryDirectory(prefix="consulta-sheet-") as place:
        folder = Path(place)
        if sandbox.run(COMMAND, path.resolve(), folder, seconds=seconds) != 0:
            raise SheetError(Problem.STOPPED)
        yield _read(folder)


def _read(folder: Path) -> Sheet:
    told = json.loads((folder / "result.json").read_text())
    if "problem" in told:
        raise SheetError(Problem(told["problem"]))
    return Sheet(
        headings=tuple(told["headings"]),
        rows=told["rows"],
        rows_path=folder / "rows.jsonl",
        sheet=told.get("sheet", ""),
        other_sheets=tuple(told.get("other_sheets", ())),
        charset_guessed=told.get("charset_guessed", False),
    )
