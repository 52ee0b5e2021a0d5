"""The process that opens a filled-in questionnaire: `python -m … SOURCE FOLDER`; FOLDER holds `asked.json`.

`asked.json` lists the words that may head each answer: {number: [texts]}. Writes `result.json`:
{document, particulars, answers}, or {} where the file is no DOCX.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from consulta.adapters.files import markup
from consulta.adapters.files.archive import Archive
from consulta.adapters.files.findings import RefusedError
from consulta.adapters.questionnaires.tags import ANSWER, PARTICULAR, W
from consulta.core.importing import folded

MEMORY = 1024 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 20
LONGEST = 1_000_000  # characters of one answer
_NUMBER = re.compile(r"^\s*\d+\s*[.)،、:]\s*")
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"


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
    named = {tag: text for tag, text in _controls(root) if text}
    answers = {tag.removeprefix(ANSWER): t for tag, t in named.items() if tag.startswith(ANSWER)}
    particulars = {
        tag.removeprefix(PARTICULAR): t for tag, t in named.items() if tag.startswith(PARTICULAR)
    }
    has_controls = any(tag.startswith(ANSWER) for tag, _ in _controls(root))
    if not has_controls:
        answers = _by_headings(root, asked)
    return {"document": document, "particulars": particulars, "answers": answers}


def _document(archive: Archive) -> str:
    """Which consultation and language the file says it is for."""
    if "docProps/core.xml" not in archive.names:
        return ""
    found = markup.parse(archive.read("docProps/core.xml")).find(_IDENTIFIER)
    return (found.text or "")[:200] if found is not None else ""


def _controls(root: Any) -> Iterator[tuple[str, str]]:
    """Every content control that we named, with what was written into it."""
    for control in root.iter(W + "sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        content = control.find(W + "sdtContent")
        if tag is None or content is None:
            continue
        hint = control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
        yield tag.get(W + "val", ""), "" if hint else _text(content)


def _text(element: Any) -> str:
    """The words of the paragraphs in *element*, one line each; what was deleted with tracking is gone."""
    return "\n".join(_line(p) for p in element.iter(W + "p")).strip()[:LONGEST]


def _line(paragraph: Any) -> str:
    pieces = []
    for node in paragraph.iter(W + "t", W + "br", W + "tab", W + "cr"):
        if any(above.tag == W + "del" for above in node.iterancestors(W + "del")):
            continue
        pieces.append(node.text or "" if node.tag == W + "t" else _BLANK[node.tag])
    return "".join(pieces)


_BLANK = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t"}


def _by_headings(root: Any, asked: dict[str, list[str]]) -> dict[str, str]:
    """Answers between the questions' own words, for a file whose fields were lost on the way."""
    heads = {folded(text): number for number, texts in asked.items() for text in texts}
    answers: dict[str, list[str]] = {}
    current = ""
    for paragraph in root.iter(W + "p"):
        line = _line(paragraph)
        number = heads.get(folded(_NUMBER.sub("", line))) or heads.get(folded(line))
        if number:
            current = number
        elif current:
            answers.setdefault(current, []).append(line)
    return {n: text for n, lines in answers.items() if (text := "\n".join(lines).strip()[:LONGEST])}


def main() -> None:
    """Read one file. Leaves no result when a limit ends it."""
    limit()
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    asked = json.loads((folder / "asked.json").read_text())
    (folder / "result.json").write_text(json.dumps(read(source, asked)))


if __name__ == "__main__":
    main()
