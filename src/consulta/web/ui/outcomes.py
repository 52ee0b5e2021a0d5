"""What a meeting settled, as pages show it: words, views, what a later decision changed, who was asked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from consulta.core.multilingual import Text
from consulta.meetings import decision_queries, followup_queries
from consulta.meetings.models import Decision, FollowUp, Meeting, StatedView


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked to act, and how strongly."""

    follow_up: FollowUp
    addressee: Text
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One decision in words, with those who were asked to act.

    *later*: the decision that changed it, where the reader may see that one; *amends*: the earlier
    one, likewise.
    """

    decision: Decision
    text: Text
    asked: Sequence[Asked]
    letter: str = ""
    views: Sequence[tuple[StatedView, Text]] = field(default=())
    later: Decision | None = None
    amends: Decision | None = None


def of_meetings(
    meetings: Sequence[Meeting], language: str, shown: Collection[str]
) -> dict[int, list[Outcome]]:
    """Show what each of *meetings* settled to readers of *shown*, by its id. Five queries for all."""
    decisions = decision_queries.of_meetings(meetings, shown)
    every = [decision for settled in decisions.values() for decision in settled]
    asked = followup_queries.of_decisions(every, shown)
    later = decision_queries.later_of(every, shown)
    return {
        pk: [_outcome(d, asked[d.pk], later.get(d.pk), language, shown) for d in settled]
        for pk, settled in decisions.items()
    }


def one(decision: Decision, language: str, shown: Collection[str]) -> Outcome:
    """Show one decision to readers of *shown*."""
    asked = followup_queries.of_decisions([decision], shown)[decision.pk]
    later = decision_queries.later_of([decision], shown).get(decision.pk)
    return _outcome(decision, asked, later, language, shown)


def _outcome(
    decision: Decision,
    follow_ups: Sequence[FollowUp],
    later: Decision | None,
    language: str,
    shown: Collection[str],
) -> Outcome:
    asked = [
        Asked(f, followup_queries.addressee(f, language), followup_queries.reference(f))
        for f in follow_ups
    ]
    earlier = decision.amends if decision.amends and decision.amends.audience in shown else None
    return Outcome(
        decision,
        decision_queries.text(decision, language),
        asked,
        letter=followup_queries.letter(decision.position),
        views=[(v, decision_queries.view_text(v, language)) for v in decision.views.all()],
        later=later,
        amends=earlier,
    )
