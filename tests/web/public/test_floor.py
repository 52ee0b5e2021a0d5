"""The floor in the browser: asked for behind a private link, conducted by the chair, followed by all."""

from datetime import date

import pytest
from django.utils import timezone

from consulta.accounts.models import User
from consulta.live import registration_links
from consulta.live.captions import sittings
from consulta.live.floor import asking, chairing, giving, writing
from consulta.live.models import FloorRequest, Intervention, Registration, Sitting
from consulta.meetings.models import AgendaItem, Meeting
from tests.rounds import group  # noqa: F401

pytestmark = pytest.mark.django_db
CONDUCT, NOW = "/en/meetings/open-1/floor/", "/en/meetings/open-1/live/1/floor/"


@pytest.fixture
def sitting(group, officer):  # noqa: F811
    meeting = Meeting.objects.create(
        slug="open-1", kind="open", group=group, starts_on=date(2026, 9, 21), titles={}
    )
    made = sittings.plan(meeting, languages=["en"], by=None)
    sittings.begin(made, by=officer)
    chairing.open_floor(made, by=officer)
    return made


@pytest.fixture
def somebody(sitting):
    now = timezone.now()
    return Registration.objects.create(
        meeting=sitting.meeting,
        ordinal=7,
        role="participant",
        name="Sample person",
        organisation_name="Sample Network",
        mode="remote",
        asked_at=now,
        confirmed_at=now,
    )


@pytest.fixture
def mine(somebody):
    return f"/en/registration/{registration_links.token(somebody)}/floor/"


def test_a_participant_asks_takes_back_and_asks_again(client, sitting, mine):
    assert client.post(mine, {"act": "ask", "ask": "statement"}).status_code == 303
    assert "at place 1" in client.get(mine).text
    assert "Sample Network" in client.get(NOW).text

    client.post(mine, {"act": "take_back"})
    assert "Sample Network" not in client.get(NOW).text

    client.post(mine, {"act": "ask", "ask": "statement"})
    client.post(mine, {"act": "ask", "ask": "statement"})
    assert "The floor has been asked for already." in client.get(mine).text


def test_what_is_handed_in_is_shown_once_a_moderator_read_it(client, sitting, mine, officer):
    told = {"act": "write", "kind": "question", "language": "en", "text": "Who pays for <b>it</b>?"}
    client.post(mine, told)
    assert "Waits for a moderator." in client.get(mine).text
    assert "Who pays" not in client.get(NOW).text

    client.force_login(officer)
    client.post(CONDUCT, {"act": "show", "pk": Intervention.objects.get().pk})

    assert "Who pays for &lt;b&gt;it&lt;/b&gt;?" in client.get(NOW).text
    assert "Who pays" in client.get("/en/meetings/open-1/interventions/").text


def test_what_was_typed_stays_when_it_is_refused(client, sitting, mine):
    refused = client.post(
        mine, {"act": "write", "kind": "statement", "language": "en", "text": " "}
    )

    assert refused.status_code == 422
    assert "Write what you want to say." in refused.text


def test_the_chair_gives_the_floor_ends_it_and_goes_on(client, sitting, somebody, officer):
    item = AgendaItem.objects.create(
        meeting=sitting.meeting, number="2", titles={"en": {"text": "Spectrum"}}
    )
    first = asking.ask(sitting, somebody)
    client.force_login(officer)
    client.post(
        CONDUCT,
        {"act": "name", "number": "", "name": "Guest", "mode": "in-person", "ask": "statement"},
    )
    second = FloorRequest.objects.get(name="Guest")

    client.post(CONDUCT, {"act": "give", "pk": first.pk})
    assert "Has the floor" in client.get(NOW).text
    client.post(CONDUCT, {"act": "give", "pk": second.pk, "then": "1"})
    client.post(CONDUCT, {"act": "more"})
    client.post(CONDUCT, {"act": "stop"})
    client.post(CONDUCT, {"act": "take", "item": item.pk, "rule": "in-order"})

    said = list(Intervention.objects.order_by("ordinal"))
    assert [(one.name, one.ended_at is not None, one.limit) for one in said] == [
        ("Sample person", True, 180),
        ("Guest", True, 240),
    ]
    assert "Spectrum" in client.get(NOW).text


def test_a_number_nobody_has_and_no_name_are_told_and_kept(client, sitting, officer):
    client.force_login(officer)
    told = {"act": "name", "name": "", "organisation": "Sample Guest", "mode": "in-person"}

    wrong = client.post(CONDUCT, told | {"number": "99", "ask": "statement"})
    empty = client.post(CONDUCT, told | {"number": "", "ask": "statement"})

    assert (wrong.status_code, empty.status_code) == (422, 422)
    assert "No registration for this meeting has this number." in wrong.text
    assert "Give the name of who speaks" in empty.text
    assert "Sample Guest" in empty.text


def test_nobody_but_who_conducts_has_the_chairs_page(client, sitting):
    assert client.get(CONDUCT).status_code == 302
    client.force_login(User.objects.create_user("delegate@example.org", name="Delegate"))
    assert client.get(CONDUCT).status_code == 403
    assert client.post(CONDUCT, {"act": "close"}).status_code == 403


@pytest.mark.parametrize("page", [NOW, "/en/meetings/open-1/interventions/"])
def test_a_sitting_of_members_is_followed_by_nobody_else(client, sitting, page):
    Sitting.objects.update(audience=Sitting.Audience.MEMBERS)

    assert client.get(page).status_code == 404


def test_a_name_is_withdrawn_by_its_own_link(client, sitting, somebody, mine, officer):
    made = writing.hand_in(sitting, somebody, "We agree.", language="en")
    writing.show(made, by=officer)
    assert "Sample person" in client.get(NOW).text

    client.post(mine, {"act": "withdraw_name", "pk": made.pk})

    page = client.get(NOW).text
    assert "Sample person" not in page
    assert "name withdrawn" in page
    assert "We agree." in page


def test_items_that_members_alone_have_are_not_named_to_everyone(
    client, sitting, somebody, officer
):
    item = AgendaItem.objects.create(
        meeting=sitting.meeting, number="9", titles={"en": {"text": "Hidden"}}, audience="members"
    )
    chairing.take(sitting, item, by=officer)
    giving.give(asking.ask(sitting, somebody), by=officer)

    assert "Hidden" not in client.get(NOW).text
    assert "Hidden" not in client.get("/en/meetings/open-1/interventions/").text
