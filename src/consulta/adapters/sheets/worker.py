"""The process that opens a stranger's spreadsheet: `python -m consulta.adapters.sheets.worker SOURCE FOLDER`.

It limits itself first, then writes into FOLDER: `rows.jsonl`, one JSON list of texts for each row, the
headings first, and at last `result.json`.
"""

import json
import resource
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from consulta.adapters.sheets.cells import delimited, workbook
from consulta.adapters.sheets.problems import Problem, SheetError

MEMORY = 3 * 1024 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 120
LARGEST_FILE = 1024 * 1024 * 1024  # bytes it may write to one file
MAX_ROWS = 500_000
MAX_COLUMNS = 200
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # ZIP (XLSX, ODS), OLE (XLS)


def limit() -> None:
    """Give up memory, time, file size and core dumps beyond what a fair sheet needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def convert(source: Path, folder: Path) -> dict[str, Any]:
    """Write the rows of *source* into *folder* and return what is known of them."""
    try:
        with source.open("rb") as file:
            is_workbook = file.read(4) in _WORKBOOKS
        rows, told = workbook(source) if is_workbook else delimited(source)
        return {**told, **_write(rows, folder / "rows.jsonl")}
    except SheetError as error:
        return {"problem": error.problem}


def _write(rows: Iterable[list[str]], target: Path) -> dict[str, Any]:
    """Write the headings and every row that holds anything; rows keep their number in the sheet."""
    numbered = _filled(rows)
    first = next(numbered, None)
    if first is None:
        raise SheetError(Problem.EMPTY)
    number, headings = first
    if len(headings) > MAX_COLUMNS:
        raise SheetError(Problem.TOO_WIDE)
    count = 0
    with target.open("w", encoding="utf-8") as file:
        for number, cells in islice(numbered, MAX_ROWS + 1):
            file.write(json.dumps([number, *_as_wide(cells, len(headings))]) + "\n")
            count += 1
    if count > MAX_ROWS:
        raise SheetError(Problem.TOO_LONG)
    if not count:
        raise SheetError(Problem.NO_ROWS)
    return {"headings": headings, "rows": count}


def _filled(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(rows, start=1):
        while cells and not cells[-1].strip():
            cells = cells[:-1]
        if cells:
            yield number, cells


def _as_wide(cells: list[str], width: int) -> list[str]:
    return (cells + [""] * width)[: max(width, len(cells))]


def main() -> None:
    """Convert one sheet. Leaves no result when a limit ends it: the caller reads that as a problem."""
    limit()
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    result = convert(source, folder)
    (folder / "result.json").write_text(json.dumps(result))


if __name__ == "__main__":
    main()
