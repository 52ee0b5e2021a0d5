"""A member's first page says what is next, what waits and what is new; the search finds what one may read."""

from datetime import UTC, datetime, timedelta

import pytest

from consulta.accounts.models import User, Visit
from consulta.groups.models import Appointment, Group, Role
from consulta.meetings.models import AgendaItem, Decision, Document, Meeting

AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def returning(member):
    """The member was here a while ago."""
    person = User.objects.get(email="member@example.org")
    Visit.objects.create(user=person, began_at=AGO, seen_at=AGO)
    return member


def page(client, path="/en/members/"):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_visit_has_nothing_new(member, posted):
    posted("members")
    assert "New since your last visit" not in page(member)


def test_what_was_posted_since_the_visit_before_is_new_but_not_what_the_desk_keeps(
    returning, posted
):
    for audience in ("public", "listed", "members", "desk"):
        posted(audience)
    told = page(returning)
    shown = [a for a in ("public", "listed", "members", "desk") if f"For {a}" in told]
    assert shown == ["public", "listed", "members"]


def test_a_document_from_before_the_last_visit_is_not_new(returning, posted):
    old = posted("members")
    Document.objects.filter(pk=old.pk).update(posted_at=AGO - timedelta(days=1))
    assert "For members" not in page(returning)


def test_the_next_meeting_stands_first(member, group, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(starts_on="2124-03-03", ends_on="2124-03-04")
    told = page(member)
    assert told.index("Next meeting") < told.index("2124")


def test_members_and_public_matter_are_found_together(member, posted, meeting):
    posted("members", name="cables.pdf")
    AgendaItem.objects.create(
        meeting=meeting, number="3.1", titles={"en": {"text": "Members and cables"}}
    )
    Meeting.objects.filter(pk=meeting.pk).update(agenda_audience="members", agenda_published_at=AGO)
    found = page(member, "/en/members/search/?q=MEMBERS")
    assert "For members" in found
    assert "Members and cables" in found
    assert "Give at least two characters" in page(member, "/en/members/search/?q=m")
    assert "Nothing was found" in page(member, "/en/members/search/?q=zzz")


def test_nothing_of_the_desk_or_of_another_group_is_found(member, posted, body):
    posted("desk")
    other = Group.objects.create(body=body, slug="other", short_name="OTHER")
    held = Meeting.objects.create(group=other, kind="group", slug="other-1")
    Decision.objects.create(
        meeting=held, kind="consensus", audience="members", texts={"en": "For desk and others"}
    )
    assert "Nothing was found" in page(member, "/en/members/search/?q=desk")


def test_a_stranger_neither_sees_the_page_nor_searches(client, posted):
    posted("members")
    for path in ("/en/members/", "/en/members/search/?q=members"):
        assert client.get(path).status_code == 302
    person = User.objects.create_user("other@example.org")
    client.force_login(person)
    for path in ("/en/members/", "/en/members/search/?q=members"):
        assert client.get(path).status_code == 403


def test_the_page_asks_no_more_with_more_documents(
    returning, posted, django_assert_max_num_queries
):
    for number in range(12):
        posted("members", name=f"{number}.pdf")
    with django_assert_max_num_queries(45):
        page(returning)


def test_a_reader_of_one_group_sees_that_group_alone(member, body):
    other = Group.objects.create(body=body, slug="other", short_name="OTHERS")
    Meeting.objects.create(group=other, kind="group", slug="others-1")
    assert "others-1" not in page(member)
    person = User.objects.get(email="member@example.org")
    Appointment.objects.create(user=person, group=other, role=Role.READER)
    assert "others-1" in page(member)
