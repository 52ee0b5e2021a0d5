"""The agenda of the group's next meeting: what must come back, taken over or left out, each with why."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consulta.flow import agenda as drawn
from consulta.groups.models import Issue
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.meetings import agenda, agenda_queries, documents, matters
from consulta.meetings.models import (
    AgendaItem,
    AgendaMatter,
    Decision,
    Document,
    FollowUp,
    Meeting,
    PositionRequest,
    Proposal,
)
from tests.rounds import a_day


def words(text):
    return {"en": {"text": text, "status": "original"}}


@pytest.fixture
def past(decided):
    return decided.meeting


@pytest.fixture
def deferred(past):
    told = {"kind": "no-consensus", "goes_to": "next-meeting", "audience": "members", "position": 2}
    return Decision.objects.create(meeting=past, texts=words("Which cables first"), **told)


def asked(decision, text, **more):
    told = {"force": "request", "audience": "public", "due_on": a_day(1)} | more
    return FollowUp.objects.create(decision=decision, texts=words(text), **told)


def found(meeting):
    return {one.matter.key: one for one in drawn.proposed(meeting)}


def kinds(meeting):
    return [str(one.matter.kind) for one in drawn.proposed(meeting)]


def test_every_source_brings_back_what_is_due_and_nothing_else(
    running, decided, deferred, next_meeting, officer, past
):
    due = asked(decided, "Report on islands")
    with_report = asked(decided, "Say more of cost", due_on=None, is_due_with_report=True)
    asked(decided, "Done already", status="done")
    asked(decided, "Next year", due_on=a_day(900))
    asked(decided, "If they like", force="invite", due_on=None)
    asked(decided, "Always", is_standing=True, due_on=None)
    topic = Proposal.objects.create(meeting=past, topics=words("Spam"), is_by_chair=True)
    issue = Issue.objects.create(body=past.group.body, slug="spam", names={"en": "Spam"})
    request = PositionRequest.objects.create(
        group=past.group, issue=issue, words="Tell us.", asked_at=timezone.now()
    )
    paper = Document(meeting=next_meeting, titles={"en": "Our view"}, source="Sample State A")
    paper.sort, paper.audience = "contribution", "members"
    paper = documents.post(paper, language="en", by=None)
    assert set(found(next_meeting)) == {
        *("usual:adoption", "usual:next", "usual:other"),
        *(f"decision:{deferred.pk}", f"proposal:{topic.pk}", f"consultation:{running.pk}"),
        *(f"follow-up:{due.pk}", f"follow-up:{with_report.pk}", f"position-request:{request.pk}"),
        *(f"annual:{next_meeting.ends_on.year}", f"document:{paper.pk}"),
    }
    assert kinds(next_meeting) == sorted(kinds(next_meeting), key=list(drawn.ORDER).index)


def test_what_a_later_decision_settled_does_not_come_back(deferred, next_meeting, past):
    Decision.objects.create(
        meeting=past, kind="consensus", position=3, texts=words("Settled"), amends=deferred,
        change="amended", change_reason="It was agreed after all.",
    )  # fmt: skip
    assert f"decision:{deferred.pk}" not in found(next_meeting)


def test_all_that_waits_is_taken_over_in_the_usual_order_and_closed_by_what_closes(
    running, deferred, next_meeting, officer
):
    drawn.take_all(next_meeting, by=officer)
    items = agenda.items(next_meeting)
    assert [item.number for item in items] == ["1", "2", "3", "4", "5", "6"]
    titles = [item.titles["en"]["text"] for item in items]
    assert titles == [
        "Adoption of the agenda",
        "Deferred: Which cables first",
        "Open consultation: Internet on islands",
        "Annual report to the Council",
        "Date of the next meeting",
        "Any other business",
    ]
    assert [item.audience for item in items] == ["", "members", "", "", "", ""]
    assert not any(one.is_open for one in drawn.proposed(next_meeting))
    assert drawn.take_all(next_meeting, by=officer) == 0
    assert Entry.objects.filter(act="agenda_drawn_up").count() == 1


def test_taken_over_one_by_one_it_stands_before_what_closes(deferred, next_meeting, officer):
    for key in ("usual:other", "usual:adoption", f"decision:{deferred.pk}"):
        drawn.take_over(next_meeting, key, by=officer)
    titles = [item.titles["en"]["text"] for item in agenda.items(next_meeting)]
    assert titles[-1] == "Any other business"
    assert [item.number for item in agenda.items(next_meeting)] == ["1", "2", "3"]


def test_left_out_for_a_reason_it_comes_back_to_the_meeting_after(deferred, next_meeting, officer):
    key = f"decision:{deferred.pk}"
    with pytest.raises(matters.LeftOutWithoutReasonError):
        drawn.leave_out(next_meeting, key, reason=" ", by=officer)
    left = drawn.leave_out(next_meeting, "usual:other", reason="No time.", by=officer)
    assert (left.item, found(next_meeting)["usual:other"].settled) == (None, left)
    later = Meeting.objects.create(
        group=next_meeting.group, kind="group", number=3, slug="sample-group-3",
        starts_on=a_day(400),
    )  # fmt: skip
    assert found(later)["usual:other"].left_out_before == left


def test_a_matter_whose_item_is_taken_off_is_open_again(deferred, next_meeting, officer):
    key = f"decision:{deferred.pk}"
    item = drawn.take_over(next_meeting, key, by=officer)
    with pytest.raises(matters.OnTheAgendaError):
        drawn.leave_out(next_meeting, key, reason="No.", by=officer)
    agenda.remove(item, by=officer)
    assert found(next_meeting)[key].is_open
    assert drawn.take_over(next_meeting, key, by=officer).pk != item.pk
    assert AgendaMatter.objects.count() == 1


def test_under_an_item_that_is_there_its_documents_join(next_meeting, officer):
    item = drawn.take_over(next_meeting, "usual:other", by=officer)
    paper = Document(meeting=next_meeting, titles={"en": "View"}, source="XA", sort="contribution")
    paper.audience = "members"
    paper = documents.post(paper, language="en", by=None)
    under = drawn.take_over(next_meeting, f"document:{paper.pk}", under=item, by=officer)
    assert (under.pk, list(under.documents.all())) == (item.pk, [paper])


def test_after_the_publication_a_matter_is_taken_over_on_the_record(
    deferred, next_meeting, officer
):
    drawn.take_over(next_meeting, "usual:adoption", by=officer)
    agenda.publish(next_meeting, to="public", by=officer)
    key = f"decision:{deferred.pk}"
    with pytest.raises(agenda.ReasonForChangeError):
        drawn.take_over(next_meeting, key, by=officer)
    drawn.take_over(next_meeting, key, reason="It was forgotten.", by=officer)
    hidden = Entry.objects.filter(act="agenda_changed").get()
    assert hidden.shows == "none"
    changes = [len(agenda_queries.changes(next_meeting, member=m)) for m in (True, False)]
    assert changes == [1, 0]


def test_who_may_not_arrange_meetings_draws_nothing_up(next_meeting, people):
    for act in (
        lambda by: drawn.take_all(next_meeting, by=by),
        lambda by: drawn.take_over(next_meeting, "usual:other", by=by),
        lambda by: drawn.leave_out(next_meeting, "usual:other", reason="No.", by=by),
    ):
        with pytest.raises(NotAllowedError):
            act(people["editor"])


def test_what_is_no_matter_of_this_meeting_is_refused(next_meeting, officer):
    with pytest.raises(drawn.NotDueError):
        drawn.take_over(next_meeting, "decision:999", by=officer)


def test_ten_follow_ups_cost_as_many_queries_as_one(decided, next_meeting, officer):
    asked(decided, "First")
    with CaptureQueriesContext(
        connection,
    ) as one:
        drawn.proposed(next_meeting)
    for n in range(9):
        asked(decided, f"More {n}")
    with CaptureQueriesContext(connection) as ten:
        drawn.proposed(next_meeting)
    assert len(ten) == len(one)


def test_an_item_for_members_is_on_no_public_agenda(next_meeting, officer):
    item = AgendaItem(meeting=next_meeting, number="1", titles=words("Secret"), purpose="decision")
    item.audience = "members"
    agenda.add(item, by=officer)
    published = agenda.publish(next_meeting, to="public", by=officer)
    assert agenda_queries.may_see(published, AnonymousUser())
    assert agenda_queries.shown(published, [], member=False) == []
    assert [row.item for row in agenda_queries.shown(published, [], member=True)] == [item]
    assert not agenda_queries.is_public(agenda_queries.item(published, item.pk))
