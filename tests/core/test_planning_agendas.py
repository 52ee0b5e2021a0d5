"""From the meetings of a year, or five of them, to the consultations they can hold; and what if one moves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consulta.core import agendas, changes, planning, procedure
from consulta.core.agendas import Agenda, MeetingKind, PlannedMeeting
from consulta.core.changes import NotAValueError, UnknownNameError, WhichProposalError
from tests.core.test_planning import RES, planned

TODAY = date(2026, 11, 21)
A = PlannedMeeting("A", date(2027, 1, 14), date(2027, 1, 15))
B = PlannedMeeting("B", date(2027, 3, 3), date(2027, 3, 4))
C = PlannedMeeting("C", date(2027, 9, 22), date(2027, 9, 23))
COUNCIL = PlannedMeeting("K", date(2027, 6, 8), date(2027, 6, 18), MeetingKind.COUNCIL)
YEARLY = tuple(
    PlannedMeeting(str(year), date(year, 2, 1), date(year, 2, 2)) for year in (2027, 2028, 2029)
)


def agenda(*meetings, **more):
    return Agenda(rules=RES, today=TODAY, meetings=meetings, **more)


def keys(found):
    return [(proposal.number, proposal.pair.key) for proposal in agendas.propose(found)]


def meetings_of_a_year():
    """One to five meetings of one or two days, with gaps of three weeks to half a year."""
    gaps = st.lists(st.tuples(st.integers(21, 180), st.integers(0, 1)), min_size=2, max_size=6)
    return gaps.map(lambda drawn: tuple(_in_a_row(drawn)))


def _in_a_row(drawn):
    day = TODAY + timedelta(days=10)
    for number, (gap, more) in enumerate(drawn, start=1):
        yield PlannedMeeting(f"m{number}", day, day + timedelta(days=more))
        day += timedelta(days=gap)


def test_each_meeting_decides_a_consultation_that_reports_to_the_next():
    assert keys(agenda(C, A, B)) == [(1, "A>B"), (2, "B>C")]


def test_one_meeting_a_year_leaves_most_of_the_year_to_respond():
    found = agendas.propose(agenda(*YEARLY))
    assert [(p.pair.key, p.plan.feasible, p.plan.days_open) for p in found] == [
        ("2027>2028", True, 318),
        ("2028>2029", True, 317),
    ]


def test_a_session_of_the_council_decides_and_does_not_receive():
    assert keys(agenda(A, C, COUNCIL)) == [(1, "A>C"), (2, "K>C")]


def test_after_no_consensus_in_the_group_the_council_decides_and_the_clock_runs_from_its_end():
    plan = agendas.propose(agenda(A, C, COUNCIL))[1].plan
    assert plan.table.milestone("opening").latest == date(2027, 7, 3)
    assert plan.feasible


def test_the_second_of_two_has_a_plan_by_the_words_and_one_by_the_later_reading():
    first, second, _third = agendas.propose(agenda(A, B, C, ahead=2))
    assert (first.later, second.pair.restating) == (None, B)
    assert planned(second.plan)["opening"] == date(2027, 1, 30)
    assert planned(second.later)["opening"] == date(2027, 3, 19)
    assert second.plan.feasible
    assert second.later.feasible


def test_a_day_chosen_for_the_second_is_judged_by_both_readings():
    asked = agendas.choose_day(agenda(A, B, C, ahead=2), "A>C", "opening", date(2027, 3, 10))
    second = agendas.propose(asked)[1]
    assert (second.plan.feasible, second.later.feasible) == (False, True)
    (outside,) = (found for found in second.plan.findings if found.blocking)
    assert (outside.milestone, outside.parameters["day"], outside.parameters["latest"]) == (
        "opening", date(2027, 3, 10), date(2027, 1, 30),
    )  # fmt: skip


def test_what_is_over_is_not_proposed_and_what_began_is():
    running = replace(agenda(A, B, C), today=date(2027, 2, 1))
    assert keys(running) == [(1, "A>B"), (2, "B>C")]
    assert keys(replace(running, today=date(2027, 3, 3))) == [(1, "B>C")]


def test_only_the_days_that_are_asked_for_are_planned():
    assert keys(agenda(A, B, C, within=(date(2027, 4, 1), date(2027, 12, 31)))) == [(1, "B>C")]


def test_a_remedy_names_the_meeting_as_it_would_be_and_whom_it_harms():
    tight = PlannedMeeting("T", date(2027, 4, 26), date(2027, 4, 26))
    asked = agenda(A, B, tight)
    first, second = agendas.propose(asked)
    assert (first.plan.feasible, second.plan.feasible) == (False, True)
    offered = agendas.remedies(asked, first)
    found = {remedy.move.name: remedy for remedy in offered if not remedy.on_weekend}
    weekend = [remedy.meeting for remedy in offered if remedy.on_weekend]
    assert weekend == [PlannedMeeting("B", date(2027, 3, 5), date(2027, 3, 6))]
    assert found["deciding_meeting.end"].meeting == PlannedMeeting(
        "A", date(2027, 1, 13), date(2027, 1, 14)
    )
    assert found["group_meeting.start"].meeting == PlannedMeeting(
        "B", date(2027, 3, 8), date(2027, 3, 9)
    )
    assert found["opening"].meeting is None
    later = PlannedMeeting("T", date(2027, 4, 22), date(2027, 4, 22))
    crowded = agenda(A, B, later)
    harm = {r.move.name: r.breaks for r in agendas.remedies(crowded, agendas.propose(crowded)[0])}
    assert harm["group_meeting.start"] == ("B>T",)
    assert harm["opening"] == ()


def test_no_meeting_is_moved_over_its_neighbour():
    close = PlannedMeeting("D", date(2027, 3, 5), date(2027, 3, 5))
    found = agendas.remedies(agenda(A, B, close), agendas.propose(agenda(A, B, close))[0])
    assert "group_meeting.start" not in {remedy.move.name for remedy in found}


def test_a_later_meeting_can_receive_what_the_next_one_cannot():
    asked = agenda(A, B, C)
    first, second = agendas.propose(asked)
    assert agendas.later_meeting(asked, first) == C
    assert agendas.later_meeting(asked, second) is None


def test_what_if_a_meeting_moves_shows_every_date_that_moves_with_it():
    asked = agenda(A, B, C)
    first, second = changes.compare(asked, changes.apply(asked, "B", "2027-03-10"))
    assert [(one.name, one.before, one.after) for one in first.dates] == [
        ("opening", date(2027, 1, 29), date(2027, 1, 30)),
        ("responses_due", date(2027, 1, 30), date(2027, 2, 6)),
        ("report_published", date(2027, 2, 12), date(2027, 2, 19)),
        ("open_meeting", date(2027, 3, 1), date(2027, 3, 8)),
    ]
    assert (first.before.plan.feasible, first.after.plan.feasible) == (False, True)
    assert [one.name for one in second.dates if one.before != one.after] == ["opening"]


def test_what_if_the_opening_is_longer_the_deadline_is_missed_by_what_it_gains():
    asked = agenda(A, C)
    (found,) = changes.compare(asked, changes.apply(asked, "responses_due", "2027-08-31"))
    due = next(one for one in found.dates if one.name == "responses_due")
    assert (due.verdict_before.status.value, due.verdict_before.days) == ("kept", None)
    assert (due.verdict_after.status.value, due.verdict_after.days) == ("missed", 10)


@pytest.mark.parametrize(
    ("name", "value"), [("virtual", "yes"), ("questions", "no"), ("days_open", "20")]
)
def test_what_changes_no_date_is_no_difference(name, value):
    asked = agenda(A, C)
    assert [
        found.is_none for found in changes.compare(asked, changes.apply(asked, name, value))
    ] == [True]


def test_another_policy_for_weekends_moves_the_close_and_says_what_it_costs():
    asked = agenda(A, C)
    rolled = changes.apply(asked, "responses_due", "forward")
    (found,) = changes.compare(asked, rolled)
    assert (found.before.plan.feasible, found.after.plan.feasible) == (True, False)


def test_a_choice_of_the_procedure_can_be_tried():
    rules = next((r for r in map(procedure.load, procedure.slugs()) if r.choices), None)
    assert rules is not None
    choice = rules.choices[0]
    asked = replace(agenda(), rules=rules)
    tried = changes.apply(asked, choice.name, choice.options[-1].name)
    assert tried.wishes.choices == {choice.name: choice.options[-1].name}
    with pytest.raises(NotAValueError):
        changes.apply(asked, choice.name, "nothing of the kind")


def test_a_meeting_that_is_moved_past_the_next_makes_other_consultations():
    asked = agenda(A, B, C)
    found = changes.compare(asked, changes.apply(asked, "A", "2027-05-12"))
    assert {f.key: (f.before is None, f.after is None) for f in found} == {
        "A>B": (False, True),
        "B>C": (False, True),
        "B>A": (True, False),
        "A>C": (True, False),
    }


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("nobody", "2027-01-01", UnknownNameError),
        ("opening", "2027-01-20", WhichProposalError),
        ("opening@9", "2027-01-20", WhichProposalError),
        ("A", "soon", NotAValueError),
        ("days_open", "-1", NotAValueError),
        ("nobody", "back", UnknownNameError),
    ],
)
def test_what_cannot_be_changed_is_refused_by_name(name, value, error):
    with pytest.raises(error):
        changes.apply(agenda(A, B, C), name, value)


def test_an_anchor_of_a_proposal_moves_its_meeting_or_chooses_its_day():
    asked = agenda(A, B, C)
    moved = changes.apply(asked, "deciding_meeting.end@1", "2027-01-12")
    assert moved.meetings[0] == PlannedMeeting("A", date(2027, 1, 11), date(2027, 1, 12))
    chosen = changes.apply(asked, "open_meeting.start@1", "2027-03-02")
    assert chosen.days == {"A>B": {"open_meeting": date(2027, 3, 2)}}


@settings(max_examples=25, deadline=None)
@given(
    meetings=meetings_of_a_year(), ahead=st.integers(1, 2), wished=st.none() | st.integers(1, 60)
)
def test_every_remedy_of_an_agenda_mends_its_proposal(meetings, ahead, wished):
    asked = agenda(*meetings, ahead=ahead, wishes=planning.Wishes(days_open=wished))
    for proposal in agendas.propose(asked)[:4]:
        for remedy in agendas.remedies(asked, proposal):
            if remedy.meeting:
                mended = agendas.move_meeting(asked, remedy.meeting.name, remedy.meeting.start)
            else:
                name = {"open_meeting.start": "open_meeting"}.get(
                    remedy.move.name, remedy.move.name
                )
                mended = agendas.choose_day(asked, proposal.pair.key, name, remedy.move.to)
            after = {p.pair.key: p.plan.feasible for p in agendas.propose(mended)}
            assert after[proposal.pair.key]
            before = {p.pair.key for p in agendas.propose(asked) if p.plan.feasible}
            assert {k for k in before if not after.get(k)} == set(remedy.breaks)
