"""The public page of a group: offices, mandate, members where the group shows them; no delegate ever."""

import pytest

from consulta.groups import member_queries, offices, terms
from consulta.groups.models import Group
from consulta.groups.offices import Term
from consulta.groups.terms import Mandate, Rules
from tests.delegations import made
from tests.rounds import a_day

pytestmark = pytest.mark.django_db
PAGE = "/en/groups/sample-group/"


@pytest.fixture
def group(body):
    return Group.objects.create(
        body=body, slug="sample-group", short_name="SWG", chair="First Chair"
    )


def shown(client):
    return client.get(PAGE).content.decode()


def test_the_chair_written_before_stands_until_an_office_is_on_record(client, group, officer):
    assert "First Chair" in shown(client)
    term = Term(office="chair", name="Sample Chair", email="chair@example.org")
    offices.take(group, term, by=officer)
    offices.take(group, Term(office="vice-chair", name="Former", until_on=a_day(-1)), by=officer)
    page = shown(client)
    assert "Sample Chair" in page
    assert "First Chair" not in page
    assert "Former" not in page
    assert "chair@example.org" not in page


def test_members_are_shown_only_where_the_group_says_so_and_delegates_never(client, group, officer):
    held = made(group, officer)
    assert "Sample State A" not in shown(client)
    terms.allow(group, Rules(kinds=["member", "observer"], shows_members=True), by=officer)
    page = shown(client)
    assert "Sample State A" in page
    assert "Sample Observers" in page
    assert held.delegate_of_a.user.email not in page
    assert str(held.delegate_of_a.user) not in page


def test_the_mandate_is_shown_with_its_days(client, group, officer):
    told = Mandate(words={"en": "To ask and to listen."}, ends_on=a_day(30))
    terms.lay_down(group, told, by=officer)
    assert "To ask and to listen." in shown(client)


def test_a_kept_page_is_drawn_anew_on_the_day_on_which_something_ends(group, officer):
    offices.take(group, Term(office="chair", name="Chair", until_on=a_day(3)), by=officer)
    now = member_queries.datetime.now(member_queries.ZoneInfo("UTC"))
    days = [one.date() for one in member_queries.boundaries(now)]
    assert days == [a_day(4)]
