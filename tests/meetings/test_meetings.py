"""Meetings are called, moved with the first date kept, decide, and carry numbered documents."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from consulta.groups.permissions import NotAllowedError
from consulta.meetings import (
    asking,
    convening,
    deciding,
    decision_queries,
    documents,
    followup_queries,
    moving,
    queries,
)
from consulta.meetings.models import Decision, Document, FollowUp, Meeting
from tests.rounds import a_day


def test_a_meeting_is_called_with_a_provisional_date_and_confirmed_later(group, people):
    meeting = convening.provisional(group, Meeting.Kind.OPEN, starts_on=a_day(40))
    convening.convene(meeting, by=people["officer"])
    assert meeting.slug == f"sample-group-open-{a_day(40)}"
    assert meeting.is_provisional
    convening.confirm(meeting, by=people["officer"])
    assert not Meeting.objects.get(pk=meeting.pk).is_provisional
    with pytest.raises(NotAllowedError):
        convening.confirm(meeting, by=people["editor"])


def test_a_moved_meeting_keeps_its_length_and_the_date_first_planned(next_meeting, officer):
    first = next_meeting.starts_on
    for days in (7, 14):
        to = first + (a_day(days) - a_day(0))
        moving.move(next_meeting, to=to, reason="The room is taken.", by=officer)
    next_meeting.refresh_from_db()
    assert next_meeting.first_planned_on == first
    assert (next_meeting.ends_on - next_meeting.starts_on).days == 1
    assert next_meeting.moves.first().old_starts_on == first
    assert next_meeting.moves.count() == 2


def test_what_was_held_is_not_moved_nor_anything_without_a_reason(decided, next_meeting, officer):
    with pytest.raises(moving.MeetingHeldError):
        moving.move(decided.meeting, to=a_day(9), reason="Late", by=officer)
    with pytest.raises(moving.MoveNeedsReasonError):
        moving.move(next_meeting, to=a_day(150), reason=" ", by=officer)
    with pytest.raises(moving.SameDayError):
        moving.move(next_meeting, to=next_meeting.starts_on, reason="Late", by=officer)


def test_no_consensus_is_recorded_like_a_decision(decided, people):
    none = Decision(
        meeting=decided.meeting,
        kind=Decision.Kind.NO_CONSENSUS,
        texts={"en": {"text": "No consensus on a second topic.", "status": "original"}},
    )
    deciding.decide(none, by=people["officer"])
    assert none.position == 2
    found = decision_queries.of_meetings([decided.meeting], decision_queries.MEMBERS)
    assert [d.kind for d in found[decided.meeting.pk]] == ["consensus", "no-consensus"]
    assert queries.decisions_of([decided.meeting])[decided.meeting.pk] == [decided]  # to everyone
    assert queries.decisions_to_consult([decided.meeting.group]) == [decided]


def test_an_invitation_is_never_due(decided, officer):
    to = {"en": {"text": "Directors", "status": "original"}}
    invite = FollowUp.Force.INVITE
    asking.ask(decided, force=invite, addressee=to, by=officer)
    with pytest.raises(asking.InvitationDueError):
        asking.ask(decided, force=invite, addressee=to, by=officer, due_on=a_day(9))
    (follow_up,) = followup_queries.of_decisions([decided], decision_queries.MEMBERS)[decided.pk]
    assert queries.addressee(follow_up, "fr").text == "Directors"


def test_documents_are_numbered_in_series_by_the_grammar(next_meeting, officer):
    group = next_meeting.group
    group.short_name = "CWG-Internet"
    group.save()
    numbers = [
        documents.post(
            Document(meeting=next_meeting, titles={"en": "Compilation"}, source="Secretariat"),
            language=language,
            by=officer,
        ).number
        for language in ("en", "zh", "ar")
    ]
    assert numbers == ["CWG-Internet-2/1-E", "CWG-Internet-2/2-C", "CWG-Internet-2/3-A"]


def test_a_short_acronym_stands_close_to_the_number(next_meeting):
    next_meeting.group.short_name = "C"
    assert documents.number(next_meeting, 58, language="en") == "C2/58-E"
    next_meeting.kind = Meeting.Kind.OPEN
    assert documents.number(next_meeting, 1, language="en") == "OP-C-2/1-E"


def test_titles_and_files_are_shown_to_whom_they_are_meant_for(next_meeting, people, officer):
    for audience in Document.Audience:
        document = Document(meeting=next_meeting, titles={"en": audience}, source="Secretariat")
        document.audience = audience
        documents.post(document, language="en", by=officer)

    def seen(user):
        return [d.audience for d in queries.documents(next_meeting, user)]

    assert seen(AnonymousUser()) == seen(people["nobody"]) == ["public", "listed"]
    assert seen(people["reader"]) == ["public", "listed", "members", "desk"]
    listed = Document.objects.get(audience="listed")
    assert not queries.may_read(listed, AnonymousUser())
    assert queries.may_read(listed, people["reader"])


def test_a_meeting_is_moved_to_a_day_to_come_and_not_absurdly_far(next_meeting, officer):
    with pytest.raises(moving.PastDayError):
        moving.move(next_meeting, to=a_day(-1), reason="Late", by=officer)
    with pytest.raises(moving.TooFarError):
        moving.move(next_meeting, to=a_day(3660), reason="Late", by=officer)
    with pytest.raises(moving.BeforeDecisionError):
        moving.check_order(next_meeting, Meeting(starts_on=a_day(9)), to=a_day(8))
    assert not next_meeting.moves.exists()


def test_a_slip_to_today_is_mended_within_a_week_unless_something_was_settled(
    next_meeting, decided, officer
):
    moving.move(next_meeting, to=a_day(0), reason="A slip.", by=officer)
    moving.move(next_meeting, to=a_day(110), reason="It was a slip.", by=officer)
    assert [m.new_starts_on for m in next_meeting.moves.all()] == [a_day(0), a_day(110)]
    moving.move(next_meeting, to=a_day(0), reason="Really today.", by=officer)
    none = Decision(meeting=next_meeting, kind="no-consensus", texts=decided.texts)
    deciding.decide(none, by=officer)
    with pytest.raises(moving.MeetingHeldError):
        moving.move(next_meeting, to=a_day(110), reason="Late", by=officer)
    Decision.objects.filter(meeting=next_meeting).delete()
    next_meeting.moves.update(decided_at=timezone.now() - timedelta(days=8))
    with pytest.raises(moving.MeetingHeldError):
        moving.move(next_meeting, to=a_day(110), reason="Late", by=officer)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1864, 12, 31), date(3000, 1, 1)])
def test_no_meeting_is_called_in_a_year_in_which_no_rule_can_be_counted(group, officer, day):
    meeting = convening.provisional(group, Meeting.Kind.OPEN, starts_on=day)
    with pytest.raises(ValidationError, match="between the years 1865 and 2999"):
        convening.convene(meeting, by=officer)
