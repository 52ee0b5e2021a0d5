"""Read a filled-in questionnaire at arm's length."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from consulta.adapters.files import sandbox
from consulta.core.questionnaire import FilledIn

COMMAND = (*sandbox.PYTHON, "consulta.adapters.questionnaires.worker")
SECONDS = 30.0


def read(path: Path, asked: Mapping[int, Sequence[str]]) -> FilledIn | None:
    """What the DOCX at *path* says; None where it is none, or holds no answer.

    *asked*: number of each question (0: the whole) to the words that may stand above its answer, in
    whatever languages; they are needed where the file's fields were lost.
    """
    with tempfile.TemporaryDirectory(prefix="consulta-form-") as place:
        folder = Path(place)
        words = {str(number): list(texts) for number, texts in asked.items()}
        (folder / "asked.json").write_text(json.dumps(words))
        if sandbox.run(COMMAND, path.resolve(), folder, seconds=SECONDS) != 0:
            return None
        told = json.loads((folder / "result.json").read_text())
    answers = {
        int(n): t for n, t in told.get("answers", {}).items() if n.isdecimal() and int(n) in asked
    }
    if not answers:
        return None
    consultation, _slash, language = str(told["document"]).partition("/")
    return FilledIn(
        consultation=consultation,
        language=language,
        particulars=dict(told["particulars"]),
        answers=answers,
    )
