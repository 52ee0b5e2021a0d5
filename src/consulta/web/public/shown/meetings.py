"""What pages show of meetings: what each settled, and whom it asked to act."""

from collections.abc import Sequence
from dataclasses import dataclass

from consulta.core.multilingual import Text
from consulta.meetings import queries, wording
from consulta.meetings.models import Decision, FollowUp, Meeting


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked to act, and how strongly."""

    follow_up: FollowUp
    addressee: Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """One decision in words, with those who were asked to act."""

    decision: Decision
    text: Text
    asked: Sequence[Asked]


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting with everything it settled."""

    meeting: Meeting
    name: Text
    note: Text
    outcomes: Sequence[Outcome]


def with_outcomes(meetings: Sequence[Meeting], language: str) -> list[Held]:
    """Show *meetings* with their outcomes, in two queries for all of them."""
    decisions = queries.decisions_of(meetings)
    asked = queries.follow_ups_of([d for settled in decisions.values() for d in settled])
    return [
        Held(
            meeting,
            wording.name(meeting, language),
            queries.note(meeting, language),
            [_outcome(d, asked[d.pk], language) for d in decisions[meeting.pk]],
        )
        for meeting in meetings
    ]


def _outcome(decision: Decision, follow_ups: Sequence[FollowUp], language: str) -> Outcome:
    asked = [Asked(f, queries.addressee(f, language)) for f in follow_ups]
    return Outcome(decision, queries.decision_text(decision, language), asked)
