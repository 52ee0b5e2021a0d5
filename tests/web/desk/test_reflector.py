"""The lists at the desk: what waits is decided, who gets a list is looked after, by whom it concerns."""

import pytest
from django.urls import reverse

from consulta.groups.models import Group
from consulta.mailroom.models import OutgoingMail
from consulta.reflector import subscribing
from consulta.reflector.models import List, Post, Subscription
from consulta.responses.models import Response
from tests import posts

pytestmark = pytest.mark.django_db


@pytest.fixture
def posted(at_desk):
    return posts.in_space(at_desk)


def post():
    return Post.objects.order_by("pk").get()


def act(client, posted, name, **told):
    return client.post(reverse("desk:decide_post", args=[posted.post, name]), told)


def test_a_post_that_waits_is_listed_and_shown_by_a_press(desk, posted):
    listed = desk.get(reverse("desk:lists")).content.decode()
    assert "A matter" in listed
    assert (
        "A first word." in desk.get(reverse("desk:list_post", args=[posted.post])).content.decode()
    )

    assert act(desk, posted, "accept").status_code == 302
    assert post().state == Post.State.SHOWN
    assert "A matter" not in desk.get(reverse("desk:lists")).content.decode()


def test_declining_asks_for_a_reason_and_keeps_the_page(desk, posted):
    answer = act(desk, posted, "decline", reason=" ")
    assert answer.status_code == 422
    assert post().state == Post.State.HELD

    act(desk, posted, "decline", reason="It advertises.")
    assert (post().state, post().reason) == (Post.State.DECLINED, "It advertises.")
    act(desk, posted, "restore")
    assert post().state == Post.State.SHOWN


def test_a_second_press_says_that_it_was_done(desk, posted):
    act(desk, posted, "accept")
    act(desk, posted, "accept")

    told = desk.get(reverse("desk:lists")).content.decode()
    assert "Nothing changed" in told


def test_a_post_is_taken_as_a_response_that_counts_from_its_arrival(desk, posted):
    act(desk, posted, "response")

    response = Response.objects.get(channel="reflector")
    assert (post().response, post().text, post().state) == (response, "", "response")
    assert response.received_at == post().arrived_at
    assert response.versions.get().answers.get().text == "A first word."
    assert any(response.number in mail.subject for mail in OutgoingMail.objects.all())


def test_an_answer_is_never_taken_as_a_response(desk, posted):
    first = Post.objects.get()
    Post.objects.filter(pk=first.pk).update(root=first.pk, parent=first.pk)

    act(desk, posted, "response")
    assert Response.objects.filter(channel="reflector").count() == 0


def test_unknown_acts_are_no_addresses(desk, posted):
    assert act(desk, posted, "burn").status_code == 404
    path = reverse("desk:decide_subscription", args=[posted.subscription, "burn"])
    assert desk.post(path).status_code == 404


def test_a_subscription_is_suspended_restored_and_ended(desk, posted):
    listed = desk.get(reverse("desk:list_readers", args=[posted.slug])).content.decode()
    assert "bo@example.org" in listed

    for name, served in (("pause", False), ("resume", True), ("end", False)):
        desk.post(reverse("desk:decide_subscription", args=[posted.subscription, name]))
        found = Subscription.objects.get()
        assert subscribing.is_served(found) is served
    desk.post(reverse("desk:decide_subscription", args=[posted.subscription, "resume"]))
    assert not subscribing.is_served(Subscription.objects.get())


def test_another_group_s_posts_and_readers_are_not_seen(posted, at_desk, desk, body):
    other = Group.objects.create(body=body, slug="other", short_name="OG", names={"en": "Other"})
    at_desk.group = other
    at_desk.save()
    List.objects.update(group=other)

    assert "A matter" not in desk.get(reverse("desk:lists")).content.decode()
    for name, args in (
        ("list_post", [posted.post]),
        ("list_readers", [posted.slug]),
    ):
        assert desk.get(reverse(f"desk:{name}", args=args)).status_code == 403
    for name, args in (
        ("decide_post", [posted.post, "accept"]),
        ("decide_subscription", [posted.subscription, "end"]),
    ):
        assert desk.post(reverse(f"desk:{name}", args=args)).status_code == 403
    assert Post.objects.get().state == Post.State.HELD


def test_files_of_a_post_that_waits_are_shown_to_its_moderator(desk, posted):
    page = desk.get(reverse("desk:list_post", args=[posted.post])).content.decode()
    href = reverse("desk:list_post_file", args=[posted.post, 1])

    assert href in page
    assert desk.get(href).getvalue() == b"An annex."
    assert desk.get(reverse("desk:list_post_file", args=[posted.post, 2])).status_code == 404


def test_a_post_is_erased_with_a_reason_by_who_may(desk, posted):
    assert act(desk, posted, "erase", reason=" ").status_code == 422
    assert post().text == "A first word."

    act(desk, posted, "erase", reason="By order of a court.")

    assert (post().text, post().author_email, post().erased_at is None) == ("", "", False)
    page = desk.get(reverse("desk:list_post", args=[posted.post])).content.decode()
    assert "Its content was erased:" in page
    assert "Show it again" not in page
    assert desk.get(reverse("desk:list_post_file", args=[posted.post, 1])).status_code == 404


def test_a_moderator_cannot_erase(moderator, posted):
    page = moderator.get(reverse("desk:list_post", args=[posted.post])).content.decode()

    assert "Decline it" in page
    assert "Erase it by law" not in page
    assert act(moderator, posted, "erase", reason="Why.").status_code == 403
    assert post().text == "A first word."
