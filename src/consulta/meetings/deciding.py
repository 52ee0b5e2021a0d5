"""Record what a group settled, by consensus or not, and what it asked offices to do."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Max

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.models import Decision, FollowUp


@transaction.atomic
def decide(decision: Decision, *, by: User) -> Decision:
    """Put a new *decision* on record after those of its meeting.

    Raises NotAllowedError, or ValidationError naming the field to mend.
    """
    group = decision.meeting.group if decision.meeting else None
    permissions.require(by, Act.CONVENE, group)
    earlier = Decision.objects.filter(meeting=decision.meeting).aggregate(last=Max("position"))
    decision.position = (earlier["last"] or 0) + 1
    decision.full_clean()
    decision.save()
    ledger.record("decision_recorded", decision, by=by)
    return decision


@transaction.atomic
def ask(
    decision: Decision,
    *,
    force: FollowUp.Force,
    addressee: Mapping[str, object],
    by: User,
    due_on: date | None = None,
) -> FollowUp:
    """Record whom a decision asks to act, and how strongly. An invitation has no due date."""
    group = decision.meeting.group if decision.meeting else None
    permissions.require(by, Act.CONVENE, group)
    follow_up = FollowUp(decision=decision, force=force, addressee=dict(addressee), due_on=due_on)
    follow_up.full_clean()
    follow_up.save()
    ledger.record("decision_recorded", decision, by=by)
    return follow_up
