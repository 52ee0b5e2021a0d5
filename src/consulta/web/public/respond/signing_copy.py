"""One version of a response with its answers under their questions, for whoever may read it in private."""

from typing import Any

from consulta.consultations import queries as consultation_queries
from consulta.core.lifecycle import State
from consulta.responses.models import Response, Version
from consulta.web.public.respond import wording
from consulta.web.ui import languages, options


def of(response: Response, version: Version) -> dict[str, Any]:
    """One version with its answers under their questions, in words for the reader."""
    reader = languages.current()
    asked = {q.position: q for q in consultation_queries.questions(response.consultation)}
    answers = []
    for answer in version.answers.all():
        question = asked.get(answer.question or 0)
        text = consultation_queries.question_text(question, reader) if question else None
        said = {"number": answer.question, "question": text, "text": answer.text}
        answers.append(said | {"chosen": options.chosen(question, answer.choices)})
    return {
        "version": version,
        "answers": answers,
        "files": version.attachments.all(),
        "screening": wording.SCREENING[version.screening],
    }


def for_others(response: Response, version: Version) -> dict[str, Any]:
    """The same for somebody who did not send it: no words of a response that was taken back."""
    copy = of(response, version)
    return copy | {"answers": [], "files": []} if response.state == State.WITHDRAWN else copy
