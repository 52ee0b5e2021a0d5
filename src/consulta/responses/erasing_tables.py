"""Erasing in tables that were brought in: the row of a response, wherever a table of its consultation
holds it, and the table as it came."""

import json
from collections.abc import Iterator

from consulta.mailroom import spool
from consulta.responses import importing
from consulta.responses.importing import FOLDER, Line
from consulta.responses.models import Import, RefusedRow, Response

#: Cells of so many characters tell a row; shorter ones (a country, "Yes") stand in many.
TELLING = 12


def forget(response: Response) -> list[str]:
    """Blank the rows of *response* and name no table as it came that held one; the paths that go.

    A row keeps its place and its length, so that an import that runs goes on. The same row brought in
    again, in another table, goes too. Call it inside the act, and before the words are emptied.
    """
    tables = list(
        Import.objects.filter(consultation=response.consultation_id).exclude(rows_path="")
    )
    told = {cell for table in tables for cell in _told(table, response)}
    return [path for table in tables for path in _blank(table, told)] if told else []


def _told(table: Import, response: Response) -> set[str]:
    """The telling cells of the row of *table* by which *response* came."""
    rows = (line for line in importing.lines(table, offset=0) if _is_of(line, table, response))
    return {cell for line in rows for cell in _telling(line)}


def _is_of(line: Line, table: Import, response: Response) -> bool:
    return response.source_id.partition(";")[0] == f"import {table.uid} row {line.row}"


def _telling(line: Line) -> set[str]:
    cells = {cell.strip() for cell in line.cells}
    return {cell for cell in cells if len(cell) >= TELLING or "@" in cell}


def _blank(table: Import, told: set[str]) -> list[str]:
    """Write the rows of *table* anew without those that hold one of the *told* cells."""
    rows = {line.row for line in importing.lines(table, offset=0) if told & _telling(line)}
    if not rows:
        return []
    gone = [path for path in (table.path, table.rows_path) if path]
    kept = spool.keep(_without(table, rows), folder=FOLDER)
    Import.objects.filter(pk=table.pk).update(path="", rows_path=kept.path)
    RefusedRow.objects.filter(of=table, row__in=rows).update(troubles=[])
    return gone


def _without(table: Import, rows: set[int]) -> Iterator[bytes]:
    with spool.locate(table.rows_path).open("rb") as file:
        for raw in file:
            row, *cells = json.loads(raw)
            blank = json.dumps([row, *("" for _cell in cells)]).encode()
            yield blank.ljust(len(raw) - 1) + b"\n" if row in rows else raw
