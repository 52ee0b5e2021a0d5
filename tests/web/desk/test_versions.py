"""A new version at the desk: read beside what stands, then published, or declined alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consulta.core.lifecycle import State
from consulta.core.submission import SubmittedAnswer
from consulta.flow import journey
from consulta.responses import revision, screening
from consulta.responses.models import Version

BECAUSE = {"ground": "off_topic", "reason": "It speaks of another matter."}


def page(client, response) -> str:
    return client.get(reverse("desk:response", args=[response.number])).content.decode()


def test_a_new_version_is_shown_beside_the_published_one_and_published(
    moderator, published, submission
):
    response = published("We agree with rules.")
    changed = submission("x", answers=(SubmittedAnswer(1, "We agree with new rules."),))
    journey.version_arrives(response, changed)
    shown = page(moderator, response)
    assert "<ins>new </ins>" in shown
    moderator.post(reverse("desk:version", args=[response.number, 2, "publish"]))
    again = moderator.post(
        reverse("desk:version", args=[response.number, 2, "publish"]), follow=True
    )
    response.refresh_from_db()
    assert response.published_version.ordinal == 2
    assert "Nothing changed" in again.content.decode()


def test_a_new_version_is_declined_and_the_published_one_stands(moderator, published, submission):
    response = published("First.")
    journey.version_arrives(response, submission("x", answers=(SubmittedAnswer(1, "Second."),)))
    moderator.post(reverse("desk:version", args=[response.number, 2, "decline"]), BECAUSE)
    response.refresh_from_db()
    assert response.published_version.ordinal == 1
    assert response.versions.get(ordinal=2).screening == Version.Screening.DECLINED


@pytest.mark.parametrize("beside", [True, False])
def test_a_new_version_is_declined_alone_before_anything_was_shown(
    moderator, accepted, submission, beside
):
    response = accepted()
    changed = submission("x", answers=(SubmittedAnswer(1, "Thank you."),))
    version = revision.revise(response, changed, beside=beside)
    screening.hold(version, "answered", now=timezone.now())
    assert "if you decline it alone, the one before it stands" in page(moderator, response)
    moderator.post(reverse("desk:version", args=[response.number, 2, "decline"]), BECAUSE)
    screening.screen_due(timezone.now() + timedelta(days=8))
    response.refresh_from_db()
    found = response.versions.order_by("ordinal").values_list("screening", flat=True)
    assert (list(found), response.state) == (["accepted", "declined"], State.ACCEPTED)
    assert response.hold_reasons == []


def test_before_anything_was_shown_an_officer_reads_both_versions_and_the_one_that_stands(
    moderator, accepted, submission, at_desk
):
    response = accepted("The cable is too slow.")
    thanks = revision.revise(
        response, submission("x", answers=(SubmittedAnswer(None, "Thank you!"),)), beside=True
    )
    screening.hold(thanks, "answered", now=timezone.now())
    listed = moderator.get(reverse("desk:responses", args=[at_desk.slug]) + "?list=held")
    assert f'value="{response.number}"' not in listed.content.decode()
    shown = page(moderator, response)
    earlier, new = shown.index("The cable is too slow."), shown.index("Thank you!")
    assert shown.index("Readers do not see this version yet.") < earlier < new
    assert "Words that came as an answer to the receipt" in shown[earlier:new]
    assert shown.index("Accepting and publishing are of version 2") > new
    moderator.post(reverse("desk:version", args=[response.number, 2, "decline"]), BECAUSE)
    assert "The cable is too slow." in page(moderator, response)
    assert "Thank you!" not in page(moderator, response)


def test_a_published_version_and_all_that_wait_are_read_beside_the_newest(
    moderator, published, submission
):
    response = published("First.")
    for words in ("Second.", "Thank you!"):
        made = submission("x", answers=(SubmittedAnswer(1, words),))
        screening.hold(revision.revise(response, made, beside=True), "answered", now=timezone.now())
    shown = page(moderator, response)
    at = [shown.index(words) for words in ("Readers see this version now.", "First.", "Second.")]
    assert at == sorted(at)
    assert shown.index("If it is published, readers see this version alone.") > at[-1]
    moderator.post(reverse("desk:version", args=[response.number, 3, "publish"]))
    found = response.versions.order_by("ordinal").values_list("screening", flat=True)
    assert list(found) == ["superseded", "superseded", "published"]


def test_of_two_versions_that_wait_the_later_is_accepted_and_the_earlier_gives_way(
    moderator, accepted, submission
):
    response = accepted()
    changed = submission("x", answers=(SubmittedAnswer(1, "Better."),))
    version = revision.revise(response, changed, beside=True)
    screening.hold(version, "answered", now=timezone.now())
    moderator.post(reverse("desk:decide", args=[response.number, "accept"]))
    found = response.versions.order_by("ordinal").values_list("screening", flat=True)
    assert list(found) == ["superseded", "accepted"]
