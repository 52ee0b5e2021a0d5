"""Where a key stands in a TOML file: the standard reader keeps no lines, so the text is scanned."""

import re
from collections.abc import Mapping

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[A-Za-z0-9_"'-]+)*)\s*=""")
_QUOTES = ('"' * 3, "'" * 3)


def find(text: str) -> Mapping[str, int]:
    """Return the line of every table and key in *text*, e.g. ``milestones[0].bound`` -> 34.

    Lines are counted from 1.
    """
    found: dict[str, int] = {"": 1}
    counts: dict[str, int] = {}
    table, quote = "", ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not quote and (header := _HEADER.match(line)):
            table = _table(_parts(header[2]), counts, several=header[1] == "[[")
            found.setdefault(table, number)
            found.setdefault(re.sub(r"\[\d+\]$", "", table), number)
        elif not quote and (key := _KEY.match(line)):
            found.setdefault(f"{table}.{'.'.join(_parts(key[1]))}".lstrip("."), number)
        quote = _still_open(line, quote)
    return found


def of(lines: Mapping[str, int], where: str) -> int:
    """Return the line of *where*, of the nearest table around it if it is missing; 0: unknown."""
    while where and where not in lines:
        where = re.sub(r"(\[\d+\]|\.?[^.\[\]]+)\.?$", "", where)
    return lines.get(where, 0)


def named_in(sentence: str, text: str) -> int:
    """Return the line that the standard reader names in its *sentence*; the last one at the end."""
    if told := re.search(r"line (\d+)", sentence):
        return int(told[1])
    return len(text.splitlines()) if "end of document" in sentence else 0


def longest(text: str) -> int:
    """Return the longest line of *text*, counted from 1."""
    lines = text.splitlines() or [""]
    return max(range(len(lines)), key=lambda number: len(lines[number])) + 1


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]


def _table(parts: list[str], counts: dict[str, int], *, several: bool) -> str:
    """Return the path of a header, arrays of tables with the number of the table."""
    path = ""
    for index, part in enumerate(parts):
        path = f"{path}.{part}".lstrip(".")
        if several and index == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path


def _still_open(line: str, quote: str) -> str:
    """Return the quotes of a text of several lines that is open after *line*; empty if none is."""
    for mark in (quote,) if quote else _QUOTES:
        if line.count(mark) % 2:
            return "" if quote else mark
    return quote
