"""The discussion of an extra open meeting is joined to a consultation; no rule of its clock binds it."""

from collections.abc import Sequence

from django.db import transaction

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation, JoinedMeeting
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.models import ExtraMeeting, Meeting


class OtherGroupError(ValueError):
    """The meeting is of another group, or is the open meeting of the consultation's own clock."""


@transaction.atomic
def join(consultation: Consultation, extra: ExtraMeeting, *, by: User) -> JoinedMeeting:
    """Join what an extra meeting discusses to *consultation*. Twice is once.

    Raises NotAllowedError, OtherGroupError.
    """
    permissions.require(by, Act.CONVENE, consultation)
    own = consultation.open_meeting_id == extra.meeting_id
    if own or consultation.group_id != extra.meeting.group_id:
        raise OtherGroupError
    made, is_new = JoinedMeeting.objects.get_or_create(
        consultation=consultation, meeting=extra.meeting
    )
    if is_new:
        shown = "pages" if consultation.announced_at else "none"
        ledger.record("meeting_joined", made, by=by, shows=shown)
    return made


def of_consultation(consultation: Consultation) -> list[Meeting]:
    """Return the extra meetings joined to *consultation*, the first first."""
    rows = JoinedMeeting.objects.filter(consultation=consultation)
    return [row.meeting for row in rows.select_related("meeting__group__body")]


def of_meetings(meetings: Sequence[Meeting]) -> dict[int, list[Consultation]]:
    """Return the consultations to which each of *meetings* is joined, by its id. Two queries."""
    found: dict[int, list[Consultation]] = {meeting.pk: [] for meeting in meetings}
    rows = JoinedMeeting.objects.filter(meeting__in=meetings).select_related("consultation")
    for row in rows.prefetch_related("consultation__texts"):
        found[row.meeting_id].append(row.consultation)
    return found
