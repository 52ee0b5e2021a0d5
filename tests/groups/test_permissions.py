"""Who may do what, and that nobody else may."""

import pytest
from django.contrib.auth.models import AnonymousUser

from consulta.accounts.models import User
from consulta.groups import appointing, permissions
from consulta.groups.appointing import LastOfficerError
from consulta.groups.models import Appointment, Group, Role
from consulta.groups.permissions import Act, NotAllowedError
from consulta.ledger.models import Entry

REFUSED = {
    "officer": set(),
    "administrator": set(),
    "moderator": {
        Act.CONVENE, Act.OPEN, Act.EXTEND, Act.CANCEL, Act.CORRECT, Act.EDIT_QUESTIONS,
        Act.MOVE_MEETING, Act.RECORD_FACT, Act.RECORD_DEVIATION, Act.ERASE, Act.EDIT_REPORT,
        Act.RELEASE, Act.DELIVER, Act.SEE_POST, Act.APPOINT, Act.RECORD_AGREEMENT,
        Act.ANSWER_CONTEST,
    },
    "editor": set(Act) - {Act.SEE_DESK, Act.SEE_RESTRICTED, Act.EDIT_REPORT, Act.TRANSLATE},
    "reader": set(Act) - {Act.SEE_DESK, Act.SEE_RESTRICTED},
    "nobody": set(Act),
}  # fmt: skip


@pytest.mark.parametrize("who", sorted(REFUSED))
def test_a_role_may_do_what_it_is_for_and_nothing_else(who, people, group):
    may_not = {act for act in Act if not permissions.may(people[who], act, group)}
    assert may_not == REFUSED[who]


def test_a_role_in_one_group_gives_nothing_in_another(people, body):
    other = Group.objects.create(body=body, slug="other", short_name="Other", names={"en": "Other"})
    assert permissions.allowed(people["officer"], other) == frozenset()
    assert permissions.allowed(people["officer"], None) == frozenset()


def test_a_role_for_the_whole_body_counts_in_every_group(people, group, officer):
    held = appointing.appoint("all@example.org", group=None, role=Role.READER, by=officer)
    assert permissions.may(held.user, Act.SEE_DESK, group)
    assert not permissions.may(held.user, Act.PUBLISH, group)


def test_whoever_is_dismissed_or_blocked_may_do_nothing(people, group, officer):
    editor = people["editor"]
    appointing.dismiss(Appointment.objects.get(user=editor), by=officer)
    assert permissions.allowed(editor, group) == frozenset()
    reader = people["reader"]
    reader.is_active = False
    assert permissions.allowed(reader, group) == frozenset()


def test_a_visitor_may_do_nothing(group):
    assert permissions.allowed(AnonymousUser(), group) == frozenset()


def test_what_is_not_allowed_is_refused_by_name(people, group):
    with pytest.raises(NotAllowedError) as refused:
        permissions.require(people["reader"], Act.OPEN, group)
    assert refused.value.act == Act.OPEN


def test_an_officer_adds_an_officer_and_it_is_on_record(people, group):
    made = appointing.appoint(
        " New@Example.org ", group=group, role=Role.OFFICER, by=people["officer"]
    )
    assert made.user.email == "new@example.org"
    assert not made.user.has_usable_password()
    assert permissions.may(made.user, Act.OPEN, group)
    assert Entry.objects.filter(act="officer_appointed").last().subject.endswith(f":{made.pk}")


def test_who_holds_a_role_already_keeps_it(people, group, officer):
    again = appointing.appoint(people["reader"].email, group=group, role=Role.READER, by=officer)
    assert Appointment.objects.filter(user=people["reader"]).get() == again


def test_a_moderator_appoints_nobody(people, group):
    with pytest.raises(NotAllowedError):
        appointing.appoint("x@example.org", group=group, role=Role.READER, by=people["moderator"])
    assert not User.objects.filter(email="x@example.org").exists()


def test_the_last_officer_stays_where_nobody_else_could_appoint_one(people, group, officer):
    officer.is_administrator = False
    officer.save()
    last = Appointment.objects.get(user=people["officer"])
    with pytest.raises(LastOfficerError):
        appointing.dismiss(last, by=people["officer"])


def test_the_groups_in_which_a_person_may_act(people, group):
    assert permissions.groups_of(people["moderator"], Act.PUBLISH) == [group]
    assert permissions.groups_of(people["reader"], Act.PUBLISH) == []
    assert permissions.groups_of(people["administrator"], Act.PUBLISH) == [group]
    assert permissions.works_here(people["reader"])
    assert not permissions.works_here(people["nobody"])
