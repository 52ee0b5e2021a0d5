"""Members propose topics on their pages and choose how often they are mailed."""

import pytest
from django.urls import reverse

from consulta.meetings.models import Proposal
from consulta.notices import document_choices
from tests.delegations import delegations  # noqa: F401
from tests.rounds import group, next_meeting, people  # noqa: F401

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def test_a_delegate_proposes_a_topic_and_the_officer_sees_whose_it_is(
    client,
    delegations,  # noqa: F811
    next_meeting,  # noqa: F811
    people,  # noqa: F811
    group,  # noqa: F811
):
    d = delegations
    client.force_login(d.delegate_of_a.user, backend=BACKEND)
    address = reverse("members:topic_new", args=[d.a.pk])
    told = {"meeting": next_meeting.pk, "topic_en": "Islands", "audience": "members"}
    assert client.post(address, {**told, "topic_en": ""}).status_code == 422
    assert client.post(address, told).status_code == 302
    made = Proposal.objects.get()
    assert (made.membership, made.issue) == (d.a, None)
    client.force_login(d.delegate_of_b.user, backend=BACKEND)
    page = client.get(reverse("members:topics")).content.decode()
    assert "Islands" in page
    assert "Off the list of issues" in page
    assert client.post(reverse("members:topic_withdraw", args=[d.b.pk, made.pk])).status_code == 404
    assert client.get(reverse("members:topic_new", args=[d.a.pk])).status_code == 403
    client.force_login(people["officer"], backend=BACKEND)
    decide = client.get(f"{reverse('desk:record_decision')}?group={group.slug}").content.decode()
    assert "Islands · " in decide
    assert "Sample State A · Off the list of issues" in decide


def test_a_member_chooses_how_often_and_the_link_in_the_mail_ends_it(
    client,
    delegations,  # noqa: F811
    next_meeting,  # noqa: F811
    group,  # noqa: F811
):
    user = delegations.delegate_of_a.user
    client.force_login(user, backend=BACKEND)
    address, field = reverse("members:notices"), f"group{group.pk}-choice"
    assert client.post(address, {"group": group.slug, field: "daily"}).status_code == 302
    assert document_choices.of(user, [group]) == {group.pk: "daily"}
    assert client.post(address, {"group": group.slug, field: "hourly"}).status_code == 422
    client.logout()
    end = reverse("public:documents_end", args=[document_choices.end_token(user, group)])
    assert client.get(end).status_code == 200
    assert document_choices.of(user, [group]) == {group.pk: "daily"}
    assert client.post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert document_choices.of(user, [group]) == {group.pk: "none"}
