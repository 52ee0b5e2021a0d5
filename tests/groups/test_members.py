"""What members may do: by running memberships, mandates and places, asked on the day."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from consulta.groups import members, membership, offices, permissions
from consulta.groups.members import MemberAct
from consulta.groups.membership import (
    AlreadyMemberError,
    DaysReversedError,
    KindNotAllowedError,
    Particulars,
)
from consulta.groups.models import Group, Membership
from consulta.groups.offices import Term
from consulta.groups.permissions import Act, NotAllowedError
from consulta.ledger.models import Entry
from consulta.stakeholders import states
from tests.delegations import invited
from tests.rounds import a_day

READS = {MemberAct.SEE_MEMBERS}
SPEAKS = READS | {MemberAct.SUBMIT_CONTRIBUTION, MemberAct.STATE_POSITION}


def lasted(place, first, last):
    place.since_on, place.until_on = first, last


def test_each_acts_for_the_own_member_and_for_no_other(delegations):
    places = {
        "administrator_of_a": (delegations.a, set(MemberAct)),
        "delegate_of_a": (delegations.a, SPEAKS),
        "delegate_of_b": (delegations.b, SPEAKS),
        "observing": (delegations.observer, READS),
    }
    every = (delegations.a, delegations.b, delegations.observer)
    for name, (own, acts) in places.items():
        user = getattr(delegations, name).user
        met = {one.pk: set(members.allowed(user, one)) for one in every}
        assert met == {one.pk: acts if one == own else set() for one in every}, name


def test_observers_take_part_where_the_group_says_so(delegations, group):
    group.position_kinds = ["member", "observer"]
    group.save()
    user = delegations.observing.user
    assert members.may(user, MemberAct.STATE_POSITION, delegations.observer)
    assert not members.may(user, MemberAct.SUBMIT_CONTRIBUTION, delegations.observer)


def test_a_delegate_sees_members_matter_of_the_group_and_nothing_of_the_desk(delegations, group):
    user = delegations.delegate_of_a.user
    other = Group.objects.create(body=group.body, slug="other", short_name="Other")
    assert members.groups_of(user) == [group]
    assert (members.sees(user, group), members.sees(user, other)) == (True, False)
    assert members.sees(user, None) is False
    assert permissions.held_anywhere(user) == frozenset()
    assert not permissions.works_here(user)
    assert not permissions.may(user, Act.SEE_RESTRICTED, group)


def test_officers_see_members_matter_as_before(people, group):
    assert members.sees(people["reader"], group)
    assert members.groups_of(people["reader"]) == [group]
    assert members.comes_in(people["reader"])
    assert not members.comes_in(people["nobody"])
    assert not members.comes_in(AnonymousUser())


@pytest.mark.parametrize(
    "ended",
    [
        lambda d: lasted(d.delegate_of_a, a_day(-9), a_day(-1)),
        lambda d: setattr(d.delegate_of_a, "since_on", a_day(1)),
        lambda d: setattr(d.a, "until_on", a_day(-1)),
        lambda d: setattr(d.a, "since_on", a_day(1)),
        lambda d: setattr(d.a.group, "mandate_ends_on", a_day(-1)),
        lambda d: setattr(d.a.group, "mandate_begins_on", a_day(1)),
        lambda d: setattr(d.delegate_of_a.user, "is_active", False),
    ],
)
def test_what_has_ended_gives_nothing_from_that_day_on(delegations, ended):
    ended(delegations)
    place, user = delegations.delegate_of_a, delegations.delegate_of_a.user
    for row in (delegations.a.group, delegations.a, place, user):
        row.save()
    assert members.places(user) == []
    assert members.allowed(user, delegations.a) == frozenset()
    assert not members.comes_in(user)
    if user.is_active:
        assert members.ended(user) == [place]


def test_the_last_day_is_a_whole_day_of_the_body(delegations):
    place = delegations.delegate_of_a
    place.until_on = a_day(0)
    place.save()
    body = place.membership.group.body
    last = datetime.combine(a_day(0), datetime.max.time(), members.ZoneInfo(body.timezone))
    assert members.places(place.user, now=last) == [place]
    assert members.places(place.user, now=last + timedelta(seconds=1)) == []


def test_a_delegate_of_two_states_has_two_places(delegations, officer):
    user = delegations.delegate_of_a.user
    invited(delegations.b, user.email, officer)
    assert {place.membership for place in members.places(user)} == {delegations.a, delegations.b}
    assert members.memberships(user, MemberAct.STATE_POSITION, group=delegations.a.group) == [
        delegations.a,
        delegations.b,
    ]
    with pytest.raises(NotAllowedError):
        members.require(user, MemberAct.MANAGE_DELEGATION, delegations.b)


def test_a_chair_with_an_account_comes_in_for_the_term(group, officer):
    term = Term(office="chair", name="Sample Chair", email="chair@example.org", since_on=a_day(-9))
    held = offices.take(group, term, by=officer)
    assert members.sees(held.user, group)
    assert members.holds_office(held.user, group, held.Office.CHAIR)
    assert not members.holds_office(held.user, group, held.Office.SECRETARY)
    offices.leave(held, a_day(-1), by=officer)
    assert not members.sees(held.user, group)
    assert [e.act for e in Entry.objects.filter(act__startswith="officeholder")] == [
        "officeholder_entered",
        "officeholder_ended",
    ]


def test_a_state_has_one_place_at_a_time_and_may_come_back(delegations, group, officer):
    xa = delegations.a.state
    with pytest.raises(AlreadyMemberError) as refused:
        membership.enter(group, xa, Particulars(since_on=a_day(5)), by=officer)
    assert refused.value.standing == delegations.a
    membership.change(delegations.a, Particulars(until_on=a_day(3)), by=officer)
    with pytest.raises(AlreadyMemberError):
        membership.enter(group, xa, Particulars(since_on=a_day(3)), by=officer)
    again = membership.enter(group, xa, Particulars(since_on=a_day(4)), by=officer)
    assert Membership.objects.filter(state=xa).count() == 2
    assert not again.runs(a_day(3))
    assert Entry.objects.filter(act="member_ended").count() == 1


def test_kinds_the_group_does_not_have_and_reversed_days_are_refused(delegations, group, officer):
    xc = states.enter("XC", by=officer, sample=True)
    with pytest.raises(KindNotAllowedError):
        membership.enter(group, xc, Particulars(kind="sector-member"), by=officer)
    days = Particulars(since_on=a_day(2), until_on=a_day(1))
    with pytest.raises(DaysReversedError):
        membership.change(delegations.a, days, by=officer)
    assert Membership.objects.filter(state=xc).count() == 0


def test_only_an_officer_of_the_group_enters_members(delegations, people, group):
    for who in ("reader", "editor", "moderator", "nobody"):
        with pytest.raises(NotAllowedError):
            membership.change(delegations.a, Particulars(), by=people[who])
    with pytest.raises(NotAllowedError):
        membership.change(delegations.a, Particulars(), by=delegations.administrator_of_a.user)


def test_asking_costs_two_queries_however_many_places(delegations, django_assert_num_queries):
    with django_assert_num_queries(2):
        members.places(delegations.delegate_of_a.user, now=timezone.now())
