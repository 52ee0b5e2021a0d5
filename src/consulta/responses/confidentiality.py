"""Confidentiality: where the rule has a confidential twin, what the respondent keeps from readers.

The whole response is kept and counts; what is published is its public twin, without the passages
between the marks and without the files whose names say that they are confidential. The respondent
decides that, not an officer, and by every channel in the same way (:mod:`consulta.core.confidential`).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from consulta.consultations import terms
from consulta.consultations.models import Consultation
from consulta.core import confidential, redaction
from consulta.core.redaction import Passage
from consulta.responses.models import Answer, Attachment, Redaction

_KIND = confidential.KIND


def marked(
    consultation: Consultation, answers: Iterable[Answer], *, at: datetime
) -> list[Redaction]:
    """Draw up what readers do not see of *answers*, left out from the arrival *at* on; nothing is saved."""
    if not terms.has_confidential_twin(consultation):
        return []
    return [
        Redaction(
            answer=answer,
            start=passage.start,
            end=passage.end,
            kind=_KIND,
            state=Redaction.State.APPLIED,
            decided_at=at,
        )
        for answer in answers
        for passage in confidential.passages(answer.text)
    ]


def outside(passages: Iterable[Passage], marks: Sequence[Redaction]) -> list[Passage]:
    """Those of *passages*, of one answer, that no mark of *marks* covers whole."""
    return [p for p in passages if not any(m.start <= p.start and p.end <= m.end for m in marks)]


def keeps_file(file: Attachment) -> bool:
    """Whether *file* came as confidential: it is examined and kept, and no reader has it."""
    named = confidential.is_named(file.name)
    return named and terms.has_confidential_twin(file.version.response.consultation)


def says_so(answer: Answer) -> bool:
    """Whether a passage of *answer* is left out because its respondent kept it from readers."""
    return any(mark.kind == _KIND for mark in answer.redactions.all())


def public_twin(consultation: Consultation, text: str) -> str | None:
    """What readers will see of *text*; None where that is all of it."""
    if not terms.has_confidential_twin(consultation):
        return None
    found = confidential.passages(text)
    return redaction.apply(text, [(p.start, p.end) for p in found]) if found else None


def is_kept(consultation: Consultation, name: str) -> bool:
    """Whether a file called *name* would be kept from readers of *consultation*."""
    return confidential.is_named(name) and terms.has_confidential_twin(consultation)
