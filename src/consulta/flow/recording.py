"""Put a group's decision on record, with the meeting that took it where that is not on record yet."""

from django.db import transaction

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.meetings import convening, deciding, queries
from consulta.meetings.models import Decision, Meeting


@transaction.atomic
def record(decision: Decision, *, at: Meeting, by: User) -> Decision:
    """Record what was decided *at* a meeting; return it as it stands.

    Said again, word for word, it stands once: a double click, or two persons at once, change
    nothing. Raises NotAllowedError, or ValidationError naming the field to mend.
    """
    permissions.require(by, Act.CONVENE, at.group)
    _take_turn(at)
    decision.meeting = at if at.pk else queries.same_meeting(at) or convening.convene(at, by=by)
    return queries.same_decision(decision) or deciding.decide(decision, by=by)


def _take_turn(meeting: Meeting) -> None:
    """On PostgreSQL two acts at once on the same group wait for each other here."""
    if meeting.group is not None:
        Group.objects.select_for_update().get(pk=meeting.group.pk)
