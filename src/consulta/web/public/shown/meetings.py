"""What pages show of meetings: what each settled, and whom it asked to act."""

from collections.abc import Sequence
from dataclasses import dataclass

from consulta.core.multilingual import Text
from consulta.meetings import decision_queries, queries, wording
from consulta.meetings.models import Meeting
from consulta.web.ui import outcomes
from consulta.web.ui.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting with everything it settled, as far as everyone may read it."""

    meeting: Meeting
    name: Text
    note: Text
    outcomes: Sequence[Outcome]


def with_outcomes(meetings: Sequence[Meeting], language: str) -> list[Held]:
    """Show *meetings* with their outcomes, in five queries for all of them."""
    settled = outcomes.of_meetings(meetings, language, decision_queries.PUBLIC)
    return [
        Held(
            meeting,
            wording.name(meeting, language),
            queries.note(meeting, language),
            settled[meeting.pk],
        )
        for meeting in meetings
    ]
