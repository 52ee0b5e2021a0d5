"""Put a group's decision on record, with the meeting that took it where that is not on record yet,
the proposals that it settles, and the draft of the consultation that it opens: one step.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import convening as consulting
from consulta.consultations import queries as consultation_queries
from consulta.consultations.convening import Plan
from consulta.consultations.models import Consultation
from consulta.groups import permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.meetings import convening, deciding, queries
from consulta.meetings.models import Decision, Meeting, Proposal, StatedView
from consulta.notices import telling
from consulta.notices.telling import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What comes with a decision: views expressed, proposals settled, and the plan of what it opens."""

    views: Sequence[StatedView] = ()
    chosen: Sequence[Proposal] = ()
    not_chosen: Sequence[Proposal] = ()
    plan: Plan | None = None
    new_meetings: Sequence[Meeting] = field(default=())


@transaction.atomic
def record(
    decision: Decision, *, at: Meeting, by: User, settled: Settled | None = None
) -> Decision:
    """Record what was decided *at* a meeting, with what is *settled* by it; return it as it stands.

    Said again, word for word, it stands once: a double click, or two persons at once, change
    nothing. Raises NotAllowedError, what `deciding` and `convening` raise, or ValidationError.
    """
    permissions.require(by, Act.CONVENE, at.group)
    _take_turn(at)
    with_it = settled or Settled()
    decision.meeting = at if at.pk else queries.same_meeting(at) or convening.convene(at, by=by)
    if standing := queries.same_decision(decision):
        return standing
    made = deciding.decide(decision, by=by, views=with_it.views)
    deciding.settle(made, chosen=with_it.chosen, not_chosen=with_it.not_chosen, by=by)
    if with_it.plan is not None:
        _draw_up(made, with_it, by=by)
    return made


@transaction.atomic
def change(earlier: Decision, later: Decision, *, by: User) -> Decision:
    """Record *later*, which amends or reverses *earlier*; followers of what that one opened are told.

    Raises as `deciding.change`.
    """
    if later.meeting is not None:
        _take_turn(later.meeting)
    made = deciding.change(earlier, later, by=by)
    if made.audience == "public":
        for consultation in opened_by(earlier):
            if consultation.announced_at and not consultation.cancelled_at:
                _tell(consultation, made, language=by.language)
    return made


def opened_by(decision: Decision) -> list[Consultation]:
    """Return the consultations that were drawn up from *decision*, drafts included."""
    return list(consultation_queries.drawn_up_from([decision]).get(decision.pk, []))


def _draw_up(decision: Decision, settled: Settled, *, by: User) -> None:
    """Draft what the decision opens; opened after a later meeting, that one gives the later reading."""
    if settled.plan is None:
        return
    for meeting in settled.new_meetings:
        convening.convene(meeting, by=by)
    plan = replace(settled.plan, decision=decision, deciding_meeting=decision.meeting)
    made = consulting.convene(plan, by=by)
    if decision.opens_after is not None:
        made.restating_meeting = decision.opens_after
        made.save(update_fields=["restating_meeting"])


def _tell(consultation: Consultation, later: Decision, *, language: str) -> None:
    reversed_ = later.change == Decision.Change.REVERSED
    kind = Kind.DECISION_REVERSED if reversed_ else Kind.DECISION_AMENDED
    at, why = timezone.now(), later.change_reason
    telling.tell(consultation, kind, at=at, reason=why, language=language)


def _take_turn(meeting: Meeting) -> None:
    """On PostgreSQL two acts at once on the same group wait for each other here."""
    if meeting.group is not None:
        Group.objects.select_for_update().get(pk=meeting.group.pk)
