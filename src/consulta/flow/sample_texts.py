"""Read the files of the sample record: TOML with texts in six languages, each with its status."""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "sample"

Table = dict[str, Any]
#: Is told each step of a loading that takes a while.
Progress = Callable[[str], None]


@cache
def read(name: str) -> Table:
    """Return the file called *name*, e.g. `record.toml`."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def document(path: str) -> str:
    """Return the text of a source document, by its path in the folder."""
    return (FOLDER / path).read_text(encoding="utf-8")


def words(table: Table) -> dict[str, str]:
    """Return the texts of *table* by language, without their status."""
    return {language: entry["text"] for language, entry in table.items()}


def statuses(table: Table) -> dict[str, str]:
    """Return the status of each text of *table* by language."""
    return {language: entry["status"] for language, entry in table.items()}


def languages(table: Table) -> list[str]:
    """Return the languages of *table*, in alphabetical order."""
    return sorted(table)
