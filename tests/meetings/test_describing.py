"""A meeting that is cancelled or split keeps its number and its documents."""

from datetime import time, timedelta

import pytest

from consulta.groups.permissions import NotAllowedError
from consulta.meetings import describing, documents, queries
from consulta.meetings.models import Document, Meeting, MeetingPart
from consulta.meetings.moving import MoveNeedsReasonError


def a_part(meeting, days, **changes):
    first = meeting.ends_on + timedelta(days=days)
    told = {"starts_on": first, "ends_on": first + timedelta(days=1), "reason": "The hall."}
    return MeetingPart(meeting=meeting, **(told | changes))


def test_a_cancelled_meeting_keeps_number_and_documents_and_comes_no_more(next_meeting, officer):
    document = Document(meeting=next_meeting, titles={"en": "A"}, source="Secretariat")
    documents.post(document, language="en", by=officer)
    with pytest.raises(MoveNeedsReasonError):
        describing.cancel(next_meeting, reason=" ", by=officer)
    cancelled = describing.cancel(next_meeting, reason="No quorum.", by=officer)
    assert (cancelled.number, cancelled.cancellation_reason) == (next_meeting.number, "No quorum.")
    assert Document.objects.get().number == document.number
    assert queries.coming(next_meeting.group, on=next_meeting.starts_on) == []
    with pytest.raises(describing.CancelledError):
        describing.cancel(cancelled, reason="Again.", by=officer)
    with pytest.raises(describing.CancelledError):
        describing.split(a_part(cancelled, 30), by=officer)


def test_a_meeting_is_split_in_parts_that_follow_each_other(next_meeting, officer):
    second = describing.split(a_part(next_meeting, 30), by=officer)
    assert (second.ordinal, second.decided_by) == (2, officer)
    with pytest.raises(describing.PartTooEarlyError) as refused:
        describing.split(a_part(next_meeting, 31), by=officer)
    assert refused.value.after == second.ends_on
    assert describing.split(a_part(next_meeting, 40), by=officer).ordinal == 3
    assert Meeting.objects.get(pk=next_meeting.pk).ends_on == next_meeting.ends_on


def test_hours_have_an_order_and_zones_a_name(next_meeting, officer):
    hours = {"hours_from": time(14), "hours_until": time(9)}
    with pytest.raises(describing.EndsBeforeItBeginsError):
        describing.describe(next_meeting, hours, by=officer)
    with pytest.raises(describing.UnknownZoneError):
        describing.describe(next_meeting, {"timezone": "Geneva"}, by=officer)
    said = {"hours_from": time(9), "hours_until": time(17), "timezone": "Asia/Dubai"}
    described = describing.describe(next_meeting, said, by=officer)
    assert described.hours_until == time(17)


def test_only_who_arranges_meetings_describes_them(next_meeting, people):
    with pytest.raises(NotAllowedError):
        describing.describe(next_meeting, {"place": "Elsewhere"}, by=people["editor"])
    with pytest.raises(NotAllowedError):
        describing.cancel(next_meeting, reason="No.", by=people["editor"])
