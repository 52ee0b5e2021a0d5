"""Read a filled-in questionnaire at arm's length."""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from consulta.adapters.files import sandbox
from consulta.core.questionnaire import FilledIn

COMMAND = (*sandbox.PYTHON, "consulta.adapters.questionnaires.worker")
SECONDS = 30.0
_OPTION = re.compile(r"choice_(\d{1,4})_(\d{1,2})")  # as tags.option writes it


def read(path: Path, asked: Mapping[str, Sequence[str]]) -> FilledIn | None:
    """What the DOCX at *path* says; None where it is no questionnaire. Nobody may have filled it in.

    *asked*: name of each field (a question's number as text, "0" for the whole; or a particular) to the
    words that may stand above it, in whatever languages; needed where the file's bookmarks were lost.
    """
    with tempfile.TemporaryDirectory(prefix="consulta-form-") as place:
        folder = Path(place)
        (folder / "asked.json").write_text(json.dumps({n: list(t) for n, t in asked.items()}))
        if sandbox.run(COMMAND, path.resolve(), folder, seconds=SECONDS) != 0:
            return None
        told = json.loads((folder / "result.json").read_text())
    said: dict[str, str] = told.get("said", {})
    answers = {int(name): text for name, text in said.items() if name.isdecimal()}
    marked: dict[int, tuple[int, ...]] = {}
    for question, ordinal in sorted(_marks(said)):
        marked[question] = (*marked.get(question, ()), ordinal)
    if not answers and not marked and not told.get("is_form"):
        return None
    consultation, _slash, language = str(told["document"]).partition("/")
    return FilledIn(
        consultation=consultation,
        language=language,
        particulars=_particulars(said),
        answers=answers,
        marked=marked,
    )


def _particulars(said: Mapping[str, str]) -> dict[str, str]:
    return {n: text for n, text in said.items() if not n.isdecimal() and not _OPTION.fullmatch(n)}


def _marks(said: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """The question and the place of each option that bears a mark."""
    for name in said:
        if found := _OPTION.fullmatch(name):
            yield int(found[1]), int(found[2])
