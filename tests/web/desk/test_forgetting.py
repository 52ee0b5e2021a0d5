"""Erased by law at the desk: an address that is told, an organisation, a practice."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consulta.groups.models import Membership
from consulta.ledger.models import Entry
from consulta.notices import following
from consulta.notices.models import Follow
from consulta.repository import practices
from consulta.repository.models import Practice
from consulta.stakeholders.models import Organisation, Respondent

PAGE = reverse("desk:erase_known")


@pytest.fixture
def desk(people, sign_in):
    """The desk as somebody with a place in the whole body sees it."""
    return sign_in(people["administrator"])


@pytest.fixture
def union(groups):
    return Organisation.objects.create(
        name="Sample Union",
        focal_point="ana@example.org",
        stakeholder_group=groups["civil-society"],
    )


def follow(consultation, address="ana@example.org"):
    following.ask(consultation, email=address, language="en", now=timezone.now())
    Follow.objects.update(confirmed_at=timezone.now())


def test_an_address_that_only_follows_is_erased_at_the_desk(desk, at_desk, union):
    follow(at_desk)

    said = desk.post(PAGE, {"do": "address", "address": "Ana@example.org"}, follow=True)

    assert "Done: the address is forgotten in 2 places" in said.content.decode()
    union.refresh_from_db()
    assert (union.name, union.focal_point) == ("Sample Union", "")
    kept = Follow.objects.get()
    assert kept.email.endswith("@erased.invalid")
    assert kept.ended_at is not None
    assert Entry.objects.filter(act="address_erased").count() == 1


def test_an_address_that_nothing_goes_to_is_said_with_what_was_typed(desk):
    said = desk.post(PAGE, {"do": "address", "address": "nobody@example.org"}).content.decode()
    assert "Nothing here is told to this address." in said
    assert 'value="nobody@example.org"' in said
    assert not Entry.objects.filter(act="address_erased").exists()


def test_the_name_of_an_organisation_is_erased_and_its_responses_stay(desk, union):
    respondent = Respondent.objects.create(
        kind="organisation", organisation_name="Sample Union", organisation=union
    )

    said = desk.post(PAGE, {"do": "organisation", "name": "sample union "}, follow=True)

    assert "Done: its name and its focal point are forgotten." in said.content.decode()
    union.refresh_from_db()
    assert (union.name, union.focal_point) == (f"erased-{union.pk}", "")
    respondent.refresh_from_db()
    assert respondent.organisation_name == "Sample Union"


def test_a_member_of_a_group_stays_on_its_roster(desk, union, group):
    Membership.objects.create(group=group, organisation=union)
    said = desk.post(PAGE, {"do": "organisation", "name": "Sample Union"}).content.decode()
    assert "its name stays on the group" in said
    assert Organisation.objects.get().name == "Sample Union"


def test_a_practice_is_erased_from_its_page(desk, client):
    author = Respondent.objects.create(kind="individual", name="Ana Sample")
    practice = Practice(
        respondent=author, language="en", title="Shared masts", text="We shared.",
        idempotency_key="one",
    )  # fmt: skip
    practices.submit(practice)
    page, act = (
        reverse("desk:practice", args=[practice.pk]),
        reverse("desk:decide_practice", args=[practice.pk, "erase"]),
    )
    assert "Erase it by law" not in desk.get(page).content.decode()
    desk.post(reverse("desk:decide_practice", args=[practice.pk, "publish"]))
    shown = reverse("public:practice", args=["shared-masts"])
    assert client.get(shown).status_code == 200
    assert desk.post(act, {"because": ""}).status_code == 200
    assert Practice.objects.get().erased_at is None

    desk.post(act, {"because": "By order of a court."})

    assert client.get(shown).status_code == 404
    for here in (page, reverse("desk:practices")):
        said = desk.get(here).content.decode()
        assert "Erased by law" in said
        assert "Ana Sample" not in said
        assert "Shared masts" not in said
