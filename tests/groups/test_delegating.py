"""A delegation manages itself: invite, change, renew, end; and no other delegation can."""

import pytest
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import appointing, delegating, members, membership
from consulta.groups.appointing import SpeaksForMemberError
from consulta.groups.delegating import (
    AccountBlockedError,
    DayPastError,
    DelegateAlreadyError,
    EndedAlreadyError,
    LastAdministratorError,
    MembershipEndedError,
    WorksForBodyError,
)
from consulta.groups.membership import Particulars
from consulta.groups.models import Delegate, Role
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.mailroom.models import OutgoingMail
from tests.delegations import invited
from tests.rounds import a_day


def test_an_administrator_invites_into_the_own_delegation_alone(delegations):
    by = delegations.administrator_of_a.user
    made = invited(delegations.a, " New@Example.org ", by, until_on=a_day(30))
    assert (made.user.email, made.role, made.until_on) == ("new@example.org", "delegate", a_day(30))
    assert made.invited_by == by
    entry = Entry.objects.filter(act="delegate_invited").latest("pk")
    assert entry.subject == f"groups.delegate:{made.pk}"
    assert b"new" not in bytes(entry.body)
    with pytest.raises(NotAllowedError):
        invited(delegations.b, "spy@example.org", by)
    assert not User.objects.filter(email="spy@example.org").exists()


def test_a_delegate_manages_nobody(delegations):
    by = delegations.delegate_of_a.user
    with pytest.raises(NotAllowedError):
        invited(delegations.a, "new@example.org", by)
    with pytest.raises(NotAllowedError):
        delegating.end(delegations.administrator_of_a, by=by)
    with pytest.raises(NotAllowedError):
        delegating.change_role(delegations.delegate_of_a, "administrator", by=by)


def test_the_letter_is_in_the_persons_language_and_says_what_counts(delegations, body):
    body.languages = ["en", "fr"]
    body.save()
    by = delegations.administrator_of_a.user
    delegations.a.refresh_from_db()
    invited(delegations.a, "french@example.org", by, language="fr", until_on=a_day(9))
    text = OutgoingMail.objects.get(recipient="french@example.org").masked_text
    assert "État fictif A" in text
    assert "/fr/members/" in text
    assert a_day(9).isoformat() in text


def test_whoever_has_an_account_keeps_name_and_language(delegations):
    known = User.objects.create_user("known@example.org", name="Known", language="ar")
    invited(delegations.a, "known@example.org", delegations.administrator_of_a.user, language="en")
    known.refresh_from_db()
    assert (known.name, known.language) == ("Known", "ar")
    assert "/ar/members/" in OutgoingMail.objects.get(recipient=known.email).masked_text


def test_nobody_is_in_one_delegation_twice(delegations):
    by = delegations.administrator_of_a.user
    with pytest.raises(DelegateAlreadyError):
        invited(delegations.a, delegations.delegate_of_a.user.email, by, role="head")


def test_who_works_for_the_body_speaks_for_no_member_and_the_other_way_round(
    delegations, people, group, officer
):
    by = delegations.administrator_of_a.user
    for who in ("reader", "officer", "administrator"):
        with pytest.raises(WorksForBodyError):
            invited(delegations.a, people[who].email, by)
    address = delegations.delegate_of_a.user.email
    for where in (group, None):
        with pytest.raises(SpeaksForMemberError):
            appointing.appoint(address, group=where, role=Role.READER, by=officer)


def test_a_blocked_account_and_a_past_day_are_refused(delegations):
    by = delegations.administrator_of_a.user
    User.objects.create_user("blocked@example.org", is_active=False)
    with pytest.raises(AccountBlockedError):
        invited(delegations.a, "blocked@example.org", by)
    with pytest.raises(DayPastError):
        invited(delegations.a, "new@example.org", by, until_on=a_day(-1))


def test_into_an_ended_membership_nobody_is_invited(delegations, officer):
    membership.change(delegations.a, Particulars(until_on=a_day(-1)), by=officer)
    with pytest.raises(NotAllowedError):
        invited(delegations.a, "new@example.org", delegations.administrator_of_a.user)
    with pytest.raises(MembershipEndedError):
        invited(delegations.a, "new@example.org", officer)


def test_the_last_administrator_is_ended_only_by_somebody_who_knows(delegations, officer):
    last = delegations.administrator_of_a
    for by in (last.user, officer):
        with pytest.raises(LastAdministratorError):
            delegating.end(last, by=by)
        with pytest.raises(LastAdministratorError):
            delegating.change_role(last, "delegate", by=by)
    delegating.end(last, by=last.user, knowing=True)
    assert members.places(last.user) == []
    assert OutgoingMail.objects.filter(recipient=last.user.email).count() == 1


def test_of_two_administrators_who_end_each_other_one_remains(delegations):
    first = delegations.administrator_of_a
    second = invited(delegations.a, "second@example.org", first.user, "administrator")
    seen_by_second = Delegate.objects.get(pk=first.pk)
    delegating.end(second, by=first.user)
    with pytest.raises(NotAllowedError):
        delegating.end(seen_by_second, by=second.user)
    assert [place.pk for place in members.places(first.user)] == [first.pk]


def test_ending_twice_says_so(delegations):
    by, place = delegations.administrator_of_a.user, delegations.delegate_of_a
    stale = Delegate.objects.get(pk=place.pk)
    delegating.end(place, by=by)
    with pytest.raises(EndedAlreadyError):
        delegating.end(stale, by=by)
    assert Entry.objects.filter(act="delegate_ended").count() == 1


def test_a_place_is_renewed_in_time_or_begun_anew_after_it_lapsed(delegations):
    by, place = delegations.administrator_of_a.user, delegations.delegate_of_a
    assert delegating.renew(place, a_day(20), by=by) == place
    Delegate.objects.filter(pk=place.pk).update(since_on=a_day(-9), until_on=a_day(-3))
    assert members.places(place.user) == []
    anew = delegating.renew(Delegate.objects.get(pk=place.pk), a_day(5), by=by)
    place.refresh_from_db()
    assert anew.pk != place.pk
    assert (anew.since_on, anew.until_on) == (a_day(0), a_day(5))
    assert place.ended_at is not None
    assert members.places(place.user) == [anew]


def test_whoever_left_is_invited_again(delegations):
    by, place = delegations.administrator_of_a.user, delegations.delegate_of_a
    delegating.end(place, by=by)
    assert invited(delegations.a, place.user.email, by).pk != place.pk


def test_another_role_and_day_in_one_step(delegations):
    by, place = delegations.administrator_of_a.user, delegations.delegate_of_a
    delegating.change(place, role="head", until_on=a_day(8), by=by)
    place.refresh_from_db()
    assert (place.role, place.until_on) == ("head", a_day(8))
    before = Entry.objects.count()
    delegating.change(place, role="head", until_on=a_day(8), by=by)
    assert Entry.objects.count() == before


def test_an_administrator_who_lapsed_counts_for_nothing(delegations, officer):
    first = delegations.administrator_of_a
    second = invited(delegations.a, "second@example.org", first.user, "administrator")
    Delegate.objects.filter(pk=second.pk).update(since_on=a_day(-9), until_on=a_day(-1))
    assert delegating.is_last_administrator(first)
    assert timezone.now()
    User.objects.filter(pk=second.user_id).update(is_active=False)
    assert delegating.is_last_administrator(first)
