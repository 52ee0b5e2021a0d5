"""A code of a frame, given to the first public answer there is: enough for pages to show."""

from consulta.accounts.models import User
from consulta.analysis.coding import frames, marking, reading
from consulta.analysis.coding.frames import Wording
from consulta.analysis.coding.marking import Given
from consulta.analysis.models import Coding
from consulta.consultations.models import Consultation


def given(consultation: Consultation) -> Coding:
    """One coding by an account of its own."""
    by = User.objects.create_user("coder@example.org", name="Coder", is_administrator=True)
    code = frames.add(consultation, Wording("Cost", "What it costs anybody."), by=by)
    first = reading.standing_answers(consultation, 1).order_by("pk")[0]
    answer = reading.answer(consultation, first.pk)
    (coding,) = marking.code(answer, Given([code.ordinal], note="Look at it."), by=by)
    return coding
