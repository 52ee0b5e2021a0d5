"""Member States pasted as lines: all of them or none, with what is wrong in each line."""

from datetime import date

import pytest

from consulta.groups import roster
from consulta.groups.models import Membership
from consulta.groups.permissions import NotAllowedError
from consulta.groups.roster import RosterRefusedError, Slip
from consulta.stakeholders.models import MemberState


def test_lines_are_entered_as_members(group, officer):
    group.member_kinds = ["member", "observer"]
    group.save()
    made = roster.enter(
        group, "ch\n\nFR, observer\nDE; 2019-03-01\nJP member ٢٠٢٠-٠١-٠٢\n", by=officer
    )
    assert [(m.state.code, m.kind, m.since_on) for m in made] == [
        ("CH", "member", None),
        ("FR", "observer", None),
        ("DE", "member", date(2019, 3, 1)),
        ("JP", "member", date(2020, 1, 2)),
    ]


def test_every_line_that_cannot_be_taken_is_named_and_nothing_is_entered(group, officer):
    roster.enter(group, "CH", by=officer)
    text = "FR\nQQ\nXA\nFR\nDE observer\nIT 2019-13-01\nES please\nCH"
    with pytest.raises(RosterRefusedError) as refused:
        roster.enter(group, text, by=officer)
    assert [(s.number, s.slip, s.part) for s in refused.value.slips] == [
        (2, Slip.UNKNOWN_CODE, "QQ"),
        (3, Slip.SAMPLE_CODE, "XA"),
        (4, Slip.TWICE, "FR"),
        (5, Slip.KIND, "observer"),
        (6, Slip.DAY, "2019-13-01"),
        (7, Slip.TOO_MUCH, "please"),
        (8, Slip.MEMBER_ALREADY, "CH"),
    ]
    assert [m.state.code for m in Membership.objects.all()] == ["CH"]
    assert MemberState.objects.count() == 1


def test_a_sample_body_has_sample_states(group, body, officer):
    body.is_sample = True
    body.save()
    group.body.refresh_from_db()
    assert [m.state.code for m in roster.enter(group, "XA\nXB", by=officer)] == ["XA", "XB"]


def test_nobody_but_an_officer_enters_states(group, people):
    with pytest.raises(NotAllowedError):
        roster.enter(group, "CH", by=people["reader"])
    assert MemberState.objects.count() == 0
