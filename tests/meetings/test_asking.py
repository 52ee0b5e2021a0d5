"""Offices are asked to act; what became of it is noted, and never an invitation overdue."""

import pytest

from consulta.groups.permissions import NotAllowedError
from consulta.meetings import asking, followup_queries
from consulta.meetings.decision_queries import MEMBERS, PUBLIC
from consulta.meetings.followup_queries import Asked
from consulta.meetings.models import (
    Document,
    FollowUp,
    FollowUpReminder,
    Office,
    ReportPoint,
    StatusChange,
)
from tests.rounds import a_day


@pytest.fixture
def office(body) -> Office:
    return Office.objects.create(
        body=body,
        slug="director",
        names={"en": "Director", "fr": "Directeur"},
        email="d@example.org",
    )


@pytest.fixture
def asked(decided, office, officer):
    """Ask the office something, as a sentence says."""

    def ask(force="request", **more):
        made = FollowUp(decision=decided, force=force, **more)
        return asking.put(made, [office], by=officer)

    return ask


def test_a_follow_up_is_cited_by_meeting_and_letter_and_names_its_offices(asked, body, officer):
    first, second = asked(), asked(due_on=a_day(3))
    assert [followup_queries.reference(f) for f in (first, second)] == ["1a", "1a.2"]
    assert first.addressee == {"en": "Director", "fr": "Directeur"}
    both = asking.named_together([
        *first.offices.all(), Office(body=body, slug="x", names={"en": "Secretariat"}),
    ])  # fmt: skip
    assert both == {"en": "Director; Secretariat"}
    assert followup_queries.letter(27) == "aa"


def test_an_invitation_is_never_due_nor_overdue(asked):
    with pytest.raises(asking.InvitationDueError):
        asked("invite", due_on=a_day(2))
    with pytest.raises(asking.InvitationDueError):
        asked("invite", is_due_with_report=True)
    assert not followup_queries.is_overdue(asked("invite"), on=a_day(4000))


def test_a_request_is_due_on_a_day_or_with_the_report_not_both(asked):
    with pytest.raises(asking.TwoDuesError):
        asked(due_on=a_day(2), is_due_with_report=True)


def test_somebody_is_asked(decided, officer):
    with pytest.raises(asking.NobodyAskedError):
        asking.put(FollowUp(decision=decided, force="request"), [], by=officer)


def test_a_request_past_its_day_is_overdue_until_it_is_done(asked, officer):
    late = asked("instruct", due_on=a_day(-1))
    assert followup_queries.is_overdue(late, on=a_day(0))
    assert not followup_queries.is_overdue(late, on=a_day(-1))
    asking.note(StatusChange(follow_up=late, status="done", said_by="Director"), by=officer)
    late.refresh_from_db()
    assert not followup_queries.is_overdue(late, on=a_day(0))
    assert followup_queries.due(until=a_day(0)) == []


def test_what_was_said_stays_and_the_latest_stands(asked, officer):
    one = asked()
    for status, note in (("in-progress", ""), ("not-done", "No means.")):
        asking.note(StatusChange(follow_up=one, status=status, note=note), by=officer)
    one.refresh_from_db()
    assert one.status == "not-done"
    assert [c.status for c in followup_queries.history(one)] == ["not-done", "in-progress"]
    with pytest.raises(asking.NoteMissingError):
        asking.note(StatusChange(follow_up=one, status="overtaken", note=" "), by=officer)


def test_a_deed_under_a_standing_duty_says_what_was_done(asked, officer):
    duty = asked(is_standing=True)
    with pytest.raises(asking.NoteMissingError):
        asking.note(StatusChange(follow_up=duty, status="in-progress"), by=officer)
    deed = StatusChange(follow_up=duty, status="in-progress", note="A workshop.", done_on=a_day(-3))
    asking.note(deed, by=officer)
    assert followup_queries.standing(duty.decision.meeting.group, MEMBERS) == []  # a meeting's own


def test_a_report_is_checked_for_what_was_asked_of_it(asked, officer, next_meeting):
    report = Document.objects.create(
        meeting=next_meeting, sequence=1, number="SG-2/1-E", base_number="SG-2/1", source="Secretariat",
        titles={"en": "Report"}, reserved_at="2026-01-01T00:00Z",
    )  # fmt: skip
    point = asked(asks="report", is_due_with_report=True)
    with pytest.raises(asking.ParagraphMissingError):
        asking.check(ReportPoint(follow_up=point, report=report, covered="yes"), by=officer)
    asking.check(ReportPoint(follow_up=point, report=report, covered="no"), by=officer)
    asking.check(
        ReportPoint(follow_up=point, report=report, covered="yes", paragraph="3.2"), by=officer
    )
    assert [p.covered for p in followup_queries.points([point])[point.pk]] == ["yes", "no"]
    with pytest.raises(asking.NotAboutReportError):
        asking.check(ReportPoint(follow_up=asked(), report=report, covered="no"), by=officer)


def test_the_matrix_shows_each_reader_what_is_for_them(asked, decided):
    asked(audience="public")
    asked("invite")
    group = decided.meeting.group

    def forces(shown, **more):
        rows = followup_queries.matrix(Asked(group=group, **more), shown, on=a_day(0))
        return [row.force for row in rows]

    assert forces(PUBLIC) == ["request"]
    assert forces(MEMBERS) == ["request", "invite"]
    assert forces(MEMBERS, force="invite") == ["invite"]
    assert forces(MEMBERS, office="director", meeting=decided.meeting.slug) == ["request", "invite"]
    assert forces(MEMBERS, office="nobody") == forces(MEMBERS, status="done") == []
    decided.audience = "members"
    decided.save()
    assert forces(PUBLIC) == []  # a public child of a private parent


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_matrix_of_any_length_takes_two_queries(
    asked, decided, number, django_assert_num_queries
):
    for _each in range(number):
        asked()
    with django_assert_num_queries(2):
        rows = followup_queries.matrix(Asked(group=decided.meeting.group), MEMBERS, on=a_day(0))
        [list(row.offices.all()) for row in rows]


def test_only_who_convenes_asks_and_notes(asked, people):
    one = asked()
    for role in ("reader", "moderator", "editor", "nobody"):
        with pytest.raises(NotAllowedError):
            asking.note(StatusChange(follow_up=one, status="done"), by=people[role])
    assert not FollowUpReminder.objects.exists()
