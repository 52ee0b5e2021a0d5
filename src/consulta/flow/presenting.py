"""Who responded may wish to present the answer at the open meeting: checked against the record."""

from collections.abc import Iterable

from consulta.consultations.models import Consultation
from consulta.core.numbering import NumberMistypedError, read_number
from consulta.live.registering import Wish
from consulta.responses import queries


class ResponseUnknownError(LookupError):
    """This consultation has no response under this number."""


def wishes(
    consultation: Consultation, typed: str, questions: Iterable[int], *, email: str
) -> tuple[Wish, ...]:
    """The wishes to present the answers to *questions* (none: all of it) of the response *typed*.

    They are proved where the response was sent under *email*. The register shows every number to
    everyone, so that refusing one tells nothing. Raises NumberMistypedError, ResponseUnknownError.
    """
    number = read_number(typed)
    response = queries.by_number(number)
    if response is None or response.consultation_id != consultation.pk:
        raise ResponseUnknownError(number)
    sent_by = response.respondent.email.strip().lower()
    is_proved = bool(sent_by) and sent_by == email.strip().lower()
    return tuple(Wish(question, number, is_proved) for question in sorted(set(questions)) or [0])


__all__ = ["NumberMistypedError", "ResponseUnknownError", "wishes"]
