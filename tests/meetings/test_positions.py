"""A delegation drafts a position alone, gives it version by version, and is told when it is asked for."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from consulta.groups.permissions import NotAllowedError
from consulta.mailroom.models import OutgoingMail
from consulta.meetings import asking_positions, position_queries, positions
from consulta.meetings.decision_queries import MEMBERS, PUBLIC
from consulta.meetings.models import PositionRequest
from tests import settled
from tests.delegations import delegations  # noqa: F401
from tests.rounds import group, people  # noqa: F401

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECRET = "We hold that in private."


@pytest.fixture
def issue(group):  # noqa: F811
    return settled.issue(group)


def test_a_draft_is_the_delegations_alone_until_it_is_given(delegations, issue, group):  # noqa: F811
    d, by = delegations, delegations.delegate_of_a.user
    positions.draft(d.a, issue, settled.words(SECRET), by=by)
    assert position_queries.given(group, MEMBERS) == {}
    with pytest.raises(NotAllowedError):
        positions.draft(d.a, issue, settled.words("Ours."), by=d.delegate_of_b.user)
    with pytest.raises(NotAllowedError):
        positions.give(d.a, issue, audience="public", by=d.delegate_of_b.user)
    given = positions.give(d.a, issue, audience="members", by=by)
    assert position_queries.given(group, MEMBERS) == {issue.pk: [given]}
    assert position_queries.given(group, PUBLIC) == {}


def test_versions_follow_one_another_and_the_latest_stands(delegations, issue, group):  # noqa: F811
    d, by = delegations, delegations.delegate_of_a.user
    for said in ("First.", "Second."):
        positions.draft(d.a, issue, settled.words(said), by=by)
        positions.give(d.a, issue, audience="public", by=by)
    (latest,) = position_queries.given(group, PUBLIC)[issue.pk]
    assert (latest.ordinal, latest.texts) == (2, settled.words("Second."))
    assert [v.ordinal for v in position_queries.own(d.a, issue)] == [2, 1]
    with pytest.raises(positions.NoDraftError):
        positions.give(d.a, issue, audience="public", by=by)


def test_of_two_who_edit_a_draft_one_is_told_and_nothing_is_lost(delegations, issue):  # noqa: F811
    d, by = delegations, delegations.delegate_of_a.user
    first = positions.draft(d.a, issue, settled.words("One."), by=by)
    positions.draft(d.a, issue, settled.words("Two."), by=by, revision=first.revision)
    with pytest.raises(positions.ChangedMeanwhileError) as told:
        positions.draft(d.a, issue, settled.words("Three."), by=by, revision=first.revision)
    assert told.value.version.texts == settled.words("Two.")
    with pytest.raises(positions.NoWordsError):
        positions.draft(d.a, issue, {}, by=by)
    with pytest.raises(ValidationError):
        positions.give(d.a, issue, audience="desk", by=by)


def test_a_request_is_on_record_and_tells_the_delegations(delegations, issue, group, people):  # noqa: F811
    asked = PositionRequest(group=group, issue=issue, words="Please update.")
    told = asking_positions.ask(asked, by=people["officer"])
    mailed = set(OutgoingMail.objects.values_list("recipient", flat=True))
    assert {"delegate-a@example.org", "delegate-b@example.org"} <= mailed
    assert len(mailed) == told
    assert "observer@example.org" not in mailed
    assert position_queries.requests([group]) == [asked]
    with pytest.raises(NotAllowedError):
        asking_positions.ask(
            PositionRequest(group=group, issue=issue, words="x"), by=people["reader"]
        )


def test_the_pages_show_a_draft_to_nobody_but_its_delegation(client, settings, delegations, issue):  # noqa: F811
    settings.DEMO = True
    d, by = delegations, delegations.delegate_of_a.user
    draft = positions.draft(d.a, issue, settled.words(SECRET), by=by)
    own = reverse("members:position_write", args=[d.a.pk, issue.slug])
    places = [own, reverse("members:positions"), reverse("members:position", args=[draft.pk])]

    def met(user):
        client.force_login(user, backend=BACKEND)
        answers = [client.get(place) for place in places]
        return [(a.status_code, SECRET in a.content.decode()) for a in answers]

    assert met(by) == [(200, True), (200, False), (404, False)]
    assert met(d.delegate_of_b.user) == [(403, False), (200, False), (404, False)]
    client.logout()
    assert [client.get(place).status_code for place in places] == [302, 302, 302]


def test_a_delegate_writes_and_gives_on_the_page_and_chooses_who_sees_it(
    client,
    settings,
    delegations,  # noqa: F811
    issue,
):
    settings.DEMO = True
    d = delegations
    client.force_login(d.delegate_of_a.user, backend=BACKEND)
    address = reverse("members:position_write", args=[d.a.pk, issue.slug])
    refused = client.post(address, {"text_en": SECRET, "do": "give"})
    assert refused.status_code == 422
    assert SECRET in refused.content.decode()
    assert client.post(address, {"text_en": SECRET, "do": "save"}).status_code == 302
    sent = {"text_en": SECRET, "do": "give", "audience": "members", "revision": "1"}
    assert client.post(address, sent).status_code == 302
    (version,) = position_queries.own(d.a, issue)
    client.force_login(d.delegate_of_b.user, backend=BACKEND)
    page = client.get(reverse("members:position", args=[version.pk])).content.decode()
    assert SECRET in page
