"""The process that opens a filled-in questionnaire: `python -m … SOURCE FOLDER`; FOLDER holds `asked.json`.

`asked.json` lists, for every field, the words that may stand above it: {name: [texts]}. Writes
`result.json`: {document, is_form, said: {name: text}}, or {} where the file is no DOCX. *is_form*:
whether it is one of ours, answered or not: by its identifier, its bookmarks, or several questions.
"""

import json
import re
import resource
import sys
from pathlib import Path
from typing import Any

from consulta.adapters.files import markup
from consulta.adapters.files.archive import Archive
from consulta.adapters.files.findings import RefusedError
from consulta.adapters.questionnaires.tags import HINT, PREFIX, W
from consulta.core.importing import folded

MEMORY = 1024 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 20
LONGEST = 1_000_000  # characters of one answer
_CHOICE, _CELLS = "choice_", 2  # the mark, and the words of an option
_NUMBER = re.compile(r"^\s*\d+\s*[.)،、:]\s*")
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
_BLANK = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t"}


def limit() -> None:
    """Give up memory, time and core dumps beyond what a fair file needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(source: Path, asked: dict[str, list[str]]) -> dict[str, Any]:
    """What the file at *source* says; nothing where it is no DOCX."""
    try:
        archive = Archive(source)
        if "word/document.xml" not in archive.names:
            return {}
        root = markup.parse(archive.read("word/document.xml"))
        document = _document(archive)
    except RefusedError:
        return {}
    found = {**_beneath_words(root, asked), **_in_cells(root)}
    return {
        "document": document,
        "is_form": "/" in document or _asks(root, asked),
        "said": {name: found[name] for name in found if name in asked},
    }


def _asks(root: Any, asked: dict[str, list[str]]) -> bool:
    """Whether a file without our identifier bears our bookmarks, or asks several of our questions."""
    marks = {
        mark.get(W + "name", "").removeprefix(PREFIX) for mark in root.iter(W + "bookmarkStart")
    }
    heads = {
        folded(text): name for name, texts in asked.items() if name.isdecimal() for text in texts
    }
    lines = (_line(paragraph) for paragraph in root.iter(W + "p"))
    named = {heads.get(folded(_NUMBER.sub("", line))) for line in lines} - {None}
    return len(marks & asked.keys()) > 1 or len(named) > 1


def _document(archive: Archive) -> str:
    """Which consultation and language the file says it is for."""
    if "docProps/core.xml" not in archive.names:
        return ""
    found = markup.parse(archive.read("docProps/core.xml")).find(_IDENTIFIER)
    return (found.text or "")[:200] if found is not None else ""


def _in_cells(root: Any) -> dict[str, str]:
    """What stands in the cells that our bookmarks name; empty ones are left out."""
    found = {}
    for mark in root.iter(W + "bookmarkStart"):
        name = mark.get(W + "name", "")
        cell = next(mark.iterancestors(W + "tc"), None)
        if name.startswith(PREFIX) and cell is not None and (text := _text(cell)):
            found[name.removeprefix(PREFIX)] = text
    return found


def _beneath_words(root: Any, asked: dict[str, list[str]]) -> dict[str, str]:
    """What stands beneath the words of each field, for a file whose bookmarks were lost."""
    options = _options(asked)
    heads = {
        folded(text): name
        for name, texts in asked.items()
        for text in texts
        if not name.startswith(_CHOICE)
    }
    said: dict[str, list[str]] = {}
    current = ""
    for paragraph in root.iter(W + "p"):
        line = _line(paragraph)
        if (mark := _marked(paragraph, current, options)) is not None:
            said.setdefault(mark, []).append(line)
            continue
        in_cell = next(paragraph.iterancestors(W + "tc"), None) is not None
        name = (
            "" if in_cell else heads.get(folded(_NUMBER.sub("", line))) or heads.get(folded(line))
        )
        if name == HINT:
            continue
        if name:
            current = name
        elif not in_cell and _is_heading(paragraph):
            current = ""
        elif current and (in_cell or current.isdecimal()):
            said.setdefault(current, []).append(line)
    return {name: text for name, lines in said.items() if name and (text := _trimmed(lines))}


def _options(asked: dict[str, list[str]]) -> dict[tuple[str, str], str]:
    """The names of the cells before options, by the question's number and the option's words."""
    return {
        (name.split("_")[1], folded(text)): name
        for name, texts in asked.items()
        if name.startswith(_CHOICE)
        for text in texts
    }


def _marked(paragraph: Any, question: str, options: dict[tuple[str, str], str]) -> str | None:
    """Which option a paragraph marks: empty where none; None where it stands in no row of options."""
    row = next(paragraph.iterancestors(W + "tr"), None)
    cells = row.findall(W + "tc") if row is not None else []
    if len(cells) != _CELLS:
        return None
    in_first = next(paragraph.iterancestors(W + "tc"), None) is cells[0]
    return options.get((question, folded(_text(cells[1]))), "") if in_first else ""


def _is_heading(paragraph: Any) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and style.get(W + "val", "").lower().startswith("heading")


def _text(element: Any) -> str:
    return _trimmed([_line(p) for p in element.iter(W + "p")])


def _trimmed(lines: list[str]) -> str:
    return "\n".join(lines).strip()[:LONGEST]


def _line(paragraph: Any) -> str:
    """The words of a paragraph; what was deleted with tracking is gone."""
    return "".join(
        _BLANK.get(node.tag, node.text or "")
        for node in paragraph.iter(W + "t", *_BLANK)
        if next(node.iterancestors(W + "del"), None) is None
    )


def main() -> None:
    """Read one file. Leaves no result when a limit ends it."""
    limit()
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    asked = json.loads((folder / "asked.json").read_text())
    (folder / "result.json").write_text(json.dumps(read(source, asked)))


if __name__ == "__main__":
    main()
