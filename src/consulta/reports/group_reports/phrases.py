"""Phrases: what each language says in a group report, read from the files in ``words/``."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from consulta.core.group_report_words import Phrases

HERE = Path(__file__).parent / "words"
#: In which language the fixed sentences stand where a language has no file of its own.
ELSE = "en"


def of(language: str) -> Phrases:
    """Return what *language* says; a language without a file keeps its own words of the record."""
    return Phrases(language, _told(language if language in known() else ELSE))


@cache
def known() -> tuple[str, ...]:
    """Return the languages that have a file."""
    return tuple(sorted(path.stem for path in HERE.glob("*.toml")))


@cache
def _told(language: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
