"""From a file to rows of texts: workbooks by calamine, delimited text by the csv module."""

import codecs
import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from consulta.adapters.files.archive import Archive
from consulta.adapters.files.charset import decode
from consulta.adapters.files.findings import Finding, RefusedError
from consulta.adapters.sheets.problems import Problem, SheetError

Told = dict[str, Any]
LONGEST_CELL = 1_000_000  # characters
DELIMITERS = ",;\t|"
#: Byte order marks and the character sets that they announce, the longer ones first.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: So many bytes tell whether a file is text; which bytes stand in none, or seldom.
_LOOKED_AT = 64 * 1024
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r"))
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def workbook(source: Path) -> tuple[Iterator[list[str]], Told]:
    """Open a workbook; its first sheet that holds anything. Raises SheetError."""
    _check(source)
    try:
        book = CalamineWorkbook.from_path(source)
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except PasswordError as error:
        raise SheetError(Problem.ENCRYPTED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise SheetError(Problem.BROKEN) from error
    filled = [sheet for sheet in sheets if sheet.total_height]
    if not filled:
        raise SheetError(Problem.EMPTY)
    rows = ([_text(cell) for cell in row] for row in _from_the_top(filled[0]))
    others = [sheet.name for sheet in filled[1:]]
    return rows, {"sheet": filled[0].name, "other_sheets": others}


def delimited(source: Path) -> tuple[Iterator[list[str]], Told]:
    """Read text whose cells are divided by a comma, a semicolon, a tab or a bar. Raises SheetError."""
    data = source.read_bytes()
    if not data.strip(b"\0 \r\n\t"):
        raise SheetError(Problem.EMPTY)
    text, guessed = _decoded(data)
    delimiter = _delimiter(text)
    csv.field_size_limit(LONGEST_CELL)
    return _parsed(text, delimiter), {"delimiter": delimiter, "charset_guessed": guessed}


def _check(source: Path) -> None:
    """Refuse archives that swell, and books that a password closes."""
    with source.open("rb") as file:
        head = file.read(4)
        if head[:2] != b"PK" and _OLE_ENCRYPTED in head + file.read(1024 * 1024):
            raise SheetError(Problem.ENCRYPTED)
    if head[:2] != b"PK":
        return
    try:
        Archive(source)
    except RefusedError as error:
        closed = error.finding is Finding.ENCRYPTED
        raise SheetError(Problem.ENCRYPTED if closed else Problem.BROKEN) from error


def _from_the_top(sheet: Any) -> Iterator[list[Any]]:
    """Yield the rows from the first of the sheet on, so that their numbers are those on the screen."""
    start = sheet.start[0] if sheet.start else 0
    yield from ([] for _row in range(start))
    yield from sheet.iter_rows()


def _text(cell: Any) -> str:
    """Write a cell as a person would: 3 and not 3.0, days and instants as ISO 8601."""
    match cell:
        case None | "":
            return ""
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat() if cell.time() == time.min else cell.isoformat()
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    return str(cell)


def _decoded(data: bytes) -> tuple[str, bool]:
    """Decode *data*, and say whether its character set had to be guessed."""
    for mark, charset in MARKS:
        if data.startswith(mark):
            return data.decode(charset, errors="replace"), False
    if _is_binary(data[:_LOOKED_AT]):
        raise SheetError(Problem.NOT_TEXT)
    try:
        text, guessed = data.decode("utf-8"), False
    except UnicodeDecodeError:
        text, guessed = decode(data) or "", True
    if not text:
        raise SheetError(Problem.NOT_TEXT)
    return text, guessed


def _is_binary(head: bytes) -> bool:
    """Whether a file that begins so is no text: a zero byte, or many signs that stand for nothing."""
    return b"\0" in head or len(head) - len(head.translate(None, _CONTROLS)) > len(head) // 50


def _delimiter(text: str) -> str:
    """Return the sign that divides the headings: the one that stands most often outside quotes."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(part for i, part in enumerate(line.split('"')) if i % 2 == 0)
    return max(DELIMITERS, key=bare.count)


def _parsed(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise SheetError(Problem.BROKEN) from error
