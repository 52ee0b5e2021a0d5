"""Members at the desk: pasted codes, counts, days, names, offices, the mandate and the rules."""

import re

import pytest
from django.urls import reverse

from consulta.groups import member_queries, norms
from consulta.groups.models import Delegate, Instrument, Membership, Officeholder
from consulta.ledger.models import Entry
from consulta.stakeholders import states
from tests.delegations import made
from tests.rounds import a_day


@pytest.fixture
def held(group, people):
    return made(group, people["administrator"])


def at(name, *args):
    return reverse(f"desk:{name}", args=args)


def test_codes_are_pasted_and_each_wrong_line_is_named(desk, group):
    page = at("group_members", group.slug)
    answer = desk.post(page, {"act": "codes", "codes": "CH\nQQ\nFR observer"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 2" in text
    assert "Line 3" in text
    assert "CH\nQQ\nFR observer" in text
    assert Membership.objects.count() == 0
    desk.post(page, {"act": "codes", "codes": "CH\nFR 2019-03-01"})
    shown = desk.get(page).content.decode()
    assert "Switzerland" in shown
    assert "no administrator of the delegation" in shown
    assert Membership.objects.count() == 2


def test_the_list_counts_delegates_and_asks_as_often_whatever_there_is(
    desk, group, held, people, django_assert_max_num_queries
):
    page = at("group_members", group.slug)
    assert "2 delegates" in desk.get(page).content.decode()
    with django_assert_max_num_queries(40) as before:
        desk.get(page)
    for code in states.known_codes()[:30]:
        state = states.enter(code, by=people["administrator"])
        Membership.objects.create(group=group, state=state)
    with django_assert_max_num_queries(len(before.captured_queries)):
        desk.get(page)


def test_the_first_administrator_is_appointed_at_the_desk(desk, group, held):
    Delegate.objects.filter(membership=held.b).delete()
    page = at("group_member", group.slug, held.b.pk)
    shown = desk.get(page).content.decode()
    assert "Nobody manages this delegation" in shown
    assert re.search(r'value="administrator"[^>]*checked', shown)
    told = {"act": "invite", "email": "first@example.org", "name": "First"}
    desk.post(page, told | {"role": "administrator", "language": "en"})
    assert Delegate.objects.get(user__email="first@example.org").role == "administrator"


def test_days_end_a_membership_and_everything_stays(desk, group, held):
    page = at("group_member", group.slug, held.a.pk)
    days = {"act": "days", "kind": "member", "since_on": a_day(-9), "until_on": a_day(-20)}
    assert "lies before the first" in desk.post(page, days).content.decode()
    desk.post(page, days | {"until_on": a_day(-1)})
    held.a.refresh_from_db()
    assert not held.a.runs(a_day(0))
    shown = desk.get(at("group_members", group.slug)).content.decode()
    assert "1 membership that does not run today" in shown
    assert Delegate.objects.filter(membership=held.a).count() == 2


def test_a_state_changes_its_name_from_a_day_on(desk, group, held, body):
    page = at("group_member", group.slug, held.a.pk)
    told = {"act": "name", "from_on": a_day(0), "name_en": "Sample State A the Second"}
    told |= {"name_ar": "دولة نموذجية أ"}
    desk.post(page, told)
    state = held.a.state
    state.refresh_from_db()
    assert states.name(state, "en", on=a_day(0)).text == "Sample State A the Second"
    assert states.name(state, "en", on=a_day(-1)).text == "Sample State A"
    again = desk.post(page, told)
    assert again.status_code == 422
    assert "Choose a later day" in again.content.decode()


def test_a_place_is_changed_at_the_desk_too(desk, group, held):
    place = held.delegate_of_b
    page = at("group_delegate", group.slug, held.b.pk, place.pk)
    desk.post(page, {"act": "change", "role": "head", "until_on": ""})
    place.refresh_from_db()
    assert place.role == "head"
    wrong = at("group_delegate", group.slug, held.a.pk, place.pk)
    assert desk.get(wrong).status_code == 404


def test_offices_are_taken_and_laid_down(desk, group, held):
    page = at("group_offices", group.slug)
    desk.post(
        page, {"office": "chair", "name": "Sample Chair", "state": "XA", "since_on": a_day(-5)}
    )
    chair = Officeholder.objects.get()
    assert chair.state == held.a.state
    desk.post(at("group_office_end", group.slug, chair.pk), {"until_on": a_day(-9)})
    chair.refresh_from_db()
    assert chair.until_on is None
    desk.post(at("group_office_end", group.slug, chair.pk), {"until_on": a_day(-1)})
    chair.refresh_from_db()
    assert chair.until_on == a_day(-1)


def test_the_mandate_stands_on_instruments_and_rules_say_who_may_what(desk, group, body):
    norms.enter(body)
    instrument = Instrument.objects.filter(body=body).first()
    page = at("group_mandate", group.slug)
    told = {"act": "mandate", "words_en": "To ask and to listen.", "instruments": [instrument.pk]}
    desk.post(page, told | {"begins_on": a_day(-1), "ends_on": a_day(400)})
    group.refresh_from_db()
    assert group.mandates == {"en": "To ask and to listen."}
    assert [row.instrument for row, _ in member_queries.bases(group)] == [instrument]
    rules = {"act": "rules", "kinds": ["member", "observer"], "positions": ["member"]}
    desk.post(page, rules | {"shows_members": "on"})
    group.refresh_from_db()
    assert (group.member_kinds, group.contributing_kinds) == (["member", "observer"], [])
    assert group.shows_members
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"mandate_set", "members_set"} <= acts


def test_an_officer_of_one_group_does_not_lay_down_the_second_factor_of_all(
    sign_in, people, group, body
):
    page = at("group_mandate", group.slug)
    sign_in(people["officer"]).post(page, {"act": "factor", "demanded": "0"})
    body.refresh_from_db()
    assert body.members_need_second_factor
    sign_in(people["administrator"]).post(page, {"act": "factor", "demanded": "0"})
    body.refresh_from_db()
    assert not body.members_need_second_factor
