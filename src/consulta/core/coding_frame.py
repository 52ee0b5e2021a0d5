"""A coding frame as a file: what each code is called and means, as JSON or CSV, and read back."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from consulta.core.plaintext import one_line, storable

COLUMNS = ("number", "name", "definition", "parent", "question", "state")
NAME, DEFINITION, MOST = 120, 4000, 500
#: What a cell must not begin with, or a spreadsheet could run it as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class FrameUnreadableError(ValueError):
    """The file is no coding frame. *trouble*: a code of what is wrong; *row*: where, counted from 1."""

    def __init__(self, trouble: str, row: int = 0) -> None:
        super().__init__(trouble)
        self.trouble, self.row = trouble, row


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code in a file. *number* is known in the file alone; *parent* is such a number, *question* the
    position of the question that it is for; 0: none."""

    number: int
    name: str
    definition: str = ""
    parent: int = 0
    question: int = 0
    state: str = "active"


def as_json(rows: Iterable[CodeRow], *, language: str) -> str:
    """The frame as one JSON document."""
    codes = [
        {
            "number": row.number,
            "name": row.name,
            "definition": row.definition,
            "parent": row.parent or None,
            "question": row.question or None,
            "state": row.state,
        }
        for row in rows
    ]
    told = {"coding_frame": 1, "language": language, "codes": codes}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_rows(rows: Iterable[CodeRow]) -> list[list[str | int]]:
    """The frame as lines of a table, its headings first."""
    return [
        [*COLUMNS],
        *(
            [r.number, r.name, r.definition, r.parent or "", r.question or "", r.state]
            for r in rows
        ),
    ]


def read(content: bytes) -> list[CodeRow]:
    """The codes of a file, JSON or CSV (UTF-8), each after its parent. Raises FrameUnreadableError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FrameUnreadableError("not_utf8") from error
    told = _json(text) if text.lstrip()[:1] in ("{", "[") else _csv(text)
    if not told:
        raise FrameUnreadableError("empty")
    if len(told) > MOST:
        raise FrameUnreadableError("too_many")
    return _after_parents([_row(line, place) for place, line in enumerate(told, start=1)])


def _json(text: str) -> list[Mapping[str, Any]]:
    try:
        told = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise FrameUnreadableError("not_json") from error
    codes = told.get("codes") if isinstance(told, dict) else told
    if not isinstance(codes, list) or not all(isinstance(code, dict) for code in codes):
        raise FrameUnreadableError("no_codes")
    return codes


def _csv(text: str) -> list[Mapping[str, Any]]:
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        lines = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise FrameUnreadableError("not_csv") from error
    if not lines or "name" not in lines[0]:
        raise FrameUnreadableError("no_names")
    return [line for line in lines if any(_words(cell).strip() for cell in line.values())]


def _row(line: Mapping[str, Any], place: int) -> CodeRow:
    name = one_line(_words(line.get("name")))
    if not name or len(name) > NAME:
        raise FrameUnreadableError("name", place)
    return CodeRow(
        number=_number(line.get("number"), place) or place,
        name=name,
        definition=storable(_words(line.get("definition"))).strip()[:DEFINITION],
        parent=_number(line.get("parent"), place),
        question=_number(line.get("question"), place),
        state="retired" if line.get("state") == "retired" else "active",
    )


def _words(value: Any) -> str:
    """Words of a cell; the mark that keeps a spreadsheet from running it goes."""
    said = value if isinstance(value, str) else ""
    return said[1:] if said.startswith("'") and said[1:].startswith(_FORMULA) else said


def _number(value: Any, place: int) -> int:
    typed = str(value).strip() if isinstance(value, str | int) else ""
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 6):
        raise FrameUnreadableError("number", place)
    return int(typed)


def _after_parents(rows: Sequence[CodeRow]) -> list[CodeRow]:
    """*rows* so that each stands after its parent. Raises FrameUnreadableError for one in a circle."""
    numbers = [row.number for row in rows]
    if len(set(numbers)) < len(numbers):
        raise FrameUnreadableError("number_twice")
    waiting = [row if row.parent in numbers else replace(row, parent=0) for row in rows]
    placed: list[CodeRow] = []
    known = {0}
    while waiting:
        ready = [row for row in waiting if row.parent in known]
        if not ready:
            raise FrameUnreadableError("circle")
        placed += ready
        known |= {row.number for row in ready}
        waiting = [row for row in waiting if row.number not in known]
    return placed
