"""An extra open meeting is put on record and its discussion joined to a consultation: one step."""

from django.db import transaction

from consulta.accounts.models import User
from consulta.consultations import joining
from consulta.consultations.models import Consultation
from consulta.meetings import extra as rooms
from consulta.meetings.models import ExtraMeeting, Meeting


@transaction.atomic
def decide(
    extra: ExtraMeeting, meeting: Meeting, *, to: Consultation | None, by: User
) -> ExtraMeeting:
    """Put an extra meeting on record, and join it *to* a consultation where one is named.

    Raises as `meetings.extra.decide` and `consultations.joining.join`.
    """
    made = rooms.decide(extra, meeting, by=by)
    if to is not None:
        joining.join(to, made, by=by)
    return made
