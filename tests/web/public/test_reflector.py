"""The pages of a list: everything that may be read, nothing else, and never an address."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from consulta.core.lifecycle import State
from consulta.core.submission import Sender
from consulta.flow import journey, reflecting
from consulta.groups.models import Group
from consulta.mailroom.models import OutgoingMail
from consulta.reflector import addresses, distribution, lists, moderation, posting, subscribing
from consulta.reflector.models import Post, Subscription
from consulta.reflector.posting import Written
from consulta.reflector.subscribing import Wish
from consulta.responses.models import Response

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
ANA = Sender("ana@example.org", "Ana Sample", authenticated=True)
SPACE = "/en/reflector/sample-group-list/11/"


@pytest.fixture
def space(consultation, body):
    consultation.group = Group.objects.create(
        body=body, slug="sample-group", short_name="SG", names={"en": "Sample Group"}
    )
    consultation.save()
    return lists.space(consultation, now=NOW)


@pytest.fixture
def write(space):
    made = iter(range(1_000_000))

    def _write(text="A word on this.", *, shown=True, **changes):
        values = {"place": space, "sender": ANA, "subject": "A matter", "text": text,
                  "language": "en", "arrived_at": NOW, "key": f"test-{next(made)}"}  # fmt: skip
        post = posting.discuss(Written(**(values | changes)))
        if shown and post.state != Post.State.SHOWN:
            posting.show(post, now=NOW, by="rules")
        return post

    return _write


@pytest.fixture
def responded(space, submission):
    """A response that came to the list, and its post."""
    given = reflecting.responds(submission("We agree with it."), space)
    response = Response.objects.get(number=given.number)
    return response, Post.objects.get(response=response)


def words(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def secret(name):
    raw = bytes(OutgoingMail.objects.latest("pk").raw).decode().replace("=\r\n", "")
    return raw.split(f"/link/{name}/")[1].split("/")[0]


def test_the_archive_shows_threads_answers_and_one_post(client, write):
    root = write("What of the islands?", subject="Islands")
    answer = write("They wait.\n> What of the islands?", parent=root)

    listed, thread = (
        words(client, SPACE),
        words(client, f"/en/reflector/sample-group-list/threads/{root.pk}/"),
    )
    one = words(client, f"/en/reflector/sample-group-list/posts/{answer.pk}/")

    assert "Islands" in listed
    assert "1 answer" in listed
    assert thread.index("What of the islands?") < thread.index("They wait.")
    assert "Quoted words" in thread
    assert "They wait." in one
    assert "What of the islands?" in one
    assert "Islands" in words(client, "/ar/reflector/sample-group-list/11/")


def test_a_response_shows_its_number_alone_until_it_is_published(client, responded, officer):
    response, post = responded
    pages = [SPACE, f"/en/reflector/sample-group-list/threads/{post.pk}/",
             f"/en/reflector/sample-group-list/posts/{post.pk}/"]  # fmt: skip

    for page in pages:
        told = words(client, page)
        assert response.number in told
        assert "We agree" not in told
        assert "Sample Organisation" not in told

    journey.accept_and_publish(response, by=officer)
    assert all("We agree with it." in words(client, page) for page in pages)
    Response.objects.filter(pk=response.pk).update(state=State.REMOVED, ground="off_topic")
    assert all("We agree" not in words(client, page) for page in pages)


@pytest.mark.parametrize("state", [Post.State.UNCONFIRMED, Post.State.HELD, Post.State.DECLINED])
def test_what_is_not_shown_is_nowhere(client, write, state):
    post = write("A quokka word.", subject="Quokka matter")
    Post.objects.filter(pk=post.pk).update(state=state, reason="It advertises.")

    for path in (SPACE, "/en/reflector/sample-group-list/", "/feeds/lists/sample-group-list.atom",
                 f"{SPACE}search/?q=uokk"):  # fmt: skip
        assert "uokka" not in words(client, path), path
    for kind in ("posts", "threads"):
        assert client.get(f"/en/reflector/sample-group-list/{kind}/{post.pk}/").status_code == 404
    reply = client.get(f"/en/reflector/sample-group-list/posts/{post.pk}/reply/")
    assert reply.status_code == 404


def test_a_removed_post_leaves_a_line_and_keeps_the_answers(client, write, officer):
    root = write("An insult.")
    write("A calm word.", parent=root)
    moderation.remove(root, reason="It insults.", by=officer)

    thread = words(client, f"/en/reflector/sample-group-list/threads/{root.pk}/")
    assert "A post that is not shown" in thread
    assert "A calm word." in thread
    assert "An insult" not in thread
    assert "It insults" not in thread


def test_no_page_tells_an_address(client, write, responded, officer):
    root = write("Write to eve@example.net.", subject="To bo@example.com")
    named = write("Hello.", sender=Sender("ana@example.org", "ana@example.org", authenticated=True))
    journey.accept_and_publish(responded[0], by=officer)

    for path in (SPACE, "/en/reflector/sample-group-list/", "/feeds/lists/sample-group-list.atom",
                 f"/en/reflector/sample-group-list/threads/{root.pk}/",
                 f"/en/reflector/sample-group-list/posts/{named.pk}/",
                 f"{SPACE}search/?q=Write"):  # fmt: skip
        told = words(client, path)
        assert not re.search(r"(ana|eve|bo|respondent\d)@example\.", told), path
    assert "Nothing was found" in words(client, f"{SPACE}search/?q=eve@example")


def test_words_are_found_in_posts_and_published_responses_alone(client, write, responded, officer):
    write("The islands wait.")
    assert "The islands wait." in words(client, f"{SPACE}search/?q=ISLANDS")
    assert "Nothing was found" in words(client, f"{SPACE}search/?q=agree")
    journey.accept_and_publish(responded[0], by=officer)
    assert "We agree" in words(client, f"{SPACE}search/?q=agree")


def test_the_feed_holds_what_is_shown_with_addresses_that_last(client, write):
    post = write("A word & more <b>.")

    feed = words(client, "/feeds/lists/sample-group-list/11.atom?lang=ar")
    assert f"/ar/reflector/sample-group-list/posts/{post.pk}/" in feed
    assert f"2026:post-{post.pk}" in feed
    assert client.get("/feeds/lists/sample-group-list/11.atom?lang=xx").status_code == 404


def test_pages_cost_the_same_number_of_queries_for_one_thread_and_for_thirty(
    client, write, django_assert_max_num_queries
):
    root = write()
    for number in range(30):
        write(f"Thread {number}.", subject=f"Matter {number}")
        write(f"Answer {number}.", parent=root)

    for path in (SPACE, f"/en/reflector/sample-group-list/threads/{root.pk}/"):
        with django_assert_max_num_queries(25):
            words(client, path)


def test_unknown_lists_spaces_and_posts_are_not_found(client, write):
    post = write()
    for path in (
        "nothing/",
        "sample-group-list/12/",
        "sample-group-list/posts/999/",
        f"nothing/posts/{post.pk}/",
    ):
        assert client.get(f"/en/reflector/{path}").status_code == 404


def test_one_subscribes_by_a_form_and_a_button(client, space):
    answer = client.post(f"{SPACE}subscribe/", {"email": "bo@example.org", "mode": "digest"})
    assert "Look into your mailbox" in answer.content.decode()
    assert not subscribing.is_served(Subscription.objects.get())

    link = f"/en/reflector/link/confirm/{secret('confirm')}/"
    assert client.get(link).status_code == 200
    assert not subscribing.is_served(Subscription.objects.get())
    assert client.post(link).status_code == 303
    found = Subscription.objects.get()
    assert (subscribing.is_served(found), found.mode, found.space) == (True, "digest", space)
    assert "The posts are sent to you" in words(client, link)


def test_a_wrong_address_keeps_the_form(client, space):
    answer = client.post(f"{SPACE}subscribe/", {"email": "nobody", "mode": "each"})

    assert answer.status_code == 422
    assert "whole e-mail address" in answer.content.decode()


@pytest.fixture
def subscription(space):
    found = subscribing.ask(space, Wish("bo@example.org", "en"), now=NOW)
    Subscription.objects.filter(pk=found.pk).update(confirmed_at=NOW)
    return found


def manage(subscription, act=""):
    return f"/en/reflector/link/subscription/{addresses.seal('manage', subscription.pk)}/{act}"


def test_a_subscription_is_changed_paused_resumed_and_ended(client, subscription):
    client.post(manage(subscription), {"mode": "digest", "language": "ar"})
    client.post(manage(subscription, "pause/"))
    subscription.refresh_from_db()
    assert (subscription.mode, subscription.language) == ("digest", "ar")
    assert subscription.paused_at is not None
    assert "It is paused" in words(client, manage(subscription))

    client.post(manage(subscription, "resume/"))
    subscription.refresh_from_db()
    assert subscribing.is_served(subscription)


def test_one_press_of_a_mail_program_ends_it_and_reading_does_not(subscription):
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(manage(subscription, "end/")).status_code == 200
    subscription.refresh_from_db()
    assert subscription.ended_at is None

    answer = strict.post(manage(subscription, "end/"), {"List-Unsubscribe": "One-Click"})
    subscription.refresh_from_db()
    assert answer.status_code == 200  # a mail program must not be sent elsewhere: RFC 8058, 3.1
    assert "You get no more mails" in answer.content.decode()
    assert subscription.ended_at is not None
    assert strict.post(manage(subscription, "end/")).status_code == 303


def test_a_forged_link_opens_nothing(client, subscription):
    for path in ("confirm/unknown/", "post/unknown/", f"subscription/{subscription.pk}-{'0' * 24}/",
                 "subscription/unknown/end/"):  # fmt: skip
        assert client.get(f"/en/reflector/link/{path}").status_code == 404
        assert client.post(f"/en/reflector/link/{path}").status_code == 404


WORDS = {"name": "Bo", "email": "bo@example.org", "text": "Our words.", "subject": "A matter"}


def test_discussion_from_the_page_waits_for_its_author_then_for_a_moderator(client, space):
    answer = client.post(f"{SPACE}new/", WORDS | {"kind": "discussion"})
    assert "We have mailed you a button" in answer.content.decode()

    link = f"/en/reflector/link/post/{secret('post')}/"
    assert "Our words." in words(client, link)
    assert client.post(link).status_code == 303
    post = Post.objects.get()
    assert (post.state, post.subject, post.author_email) == ("held", "A matter", "bo@example.org")


def test_a_response_from_the_page_gets_number_receipt_and_thread(client, space):
    answer = client.post(f"{SPACE}new/", WORDS | {"kind": "response"})

    assert answer.status_code == 303
    assert "/mine/" in answer["Location"]
    response = Response.objects.get()
    assert (response.channel, response.terms != "") == ("reflector", True)
    assert response.versions.get().answers.get().text == "Our words."
    assert Post.objects.get().response == response


def test_a_response_sent_twice_is_one(client, space):
    for _ in range(2):
        client.post(f"{SPACE}new/", WORDS | {"kind": "response"})

    assert (Response.objects.count(), Post.objects.count()) == (1, 1)


def test_after_the_close_only_discussion_is_taken(client, space, consultation):
    consultation.opens_at, consultation.closes_at = NOW - timedelta(days=9), NOW - timedelta(days=1)
    consultation.save()

    assert 'value="response"' not in words(client, f"{SPACE}new/")
    client.post(f"{SPACE}new/", WORDS | {"kind": "response"})
    assert (Response.objects.count(), Post.objects.count()) == (0, 1)


def test_an_answer_from_the_page_stays_beneath_and_of_a_known_account_is_shown_at_once(
    client, write, officer
):
    root = write(sender=Sender("officer@example.org", "Officer", authenticated=True))
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")

    path = f"/en/reflector/sample-group-list/posts/{root.pk}/reply/"
    assert "Your answer is discussion" in words(client, path)
    answer = client.post(path, {"name": "Officer", "email": officer.email, "text": "An answer."})

    post = Post.objects.latest("pk")
    assert answer["Location"] == f"/en/reflector/sample-group-list/posts/{post.pk}/"
    assert (post.root, post.state) == (root, Post.State.SHOWN)


def test_nothing_typed_is_lost_by_a_mistake(client, space):
    answer = client.post(
        f"{SPACE}new/", WORDS | {"kind": "discussion", "name": "bo@example.org", "subject": ""}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Our words." in page
    assert "Give a name, not an e-mail address" in page
    assert "Give the thread a subject" in page
    assert Post.objects.count() == 0


def test_an_address_is_mailed_so_often_an_hour_and_no_more(client, space):
    codes = [client.post(f"{SPACE}subscribe/", {"email": "bo@example.org", "mode": "each"}).status_code
             for _ in range(7)]  # fmt: skip

    assert 429 in codes


def test_the_space_of_an_open_call_is_in_the_body_s_own_list(client, consultation):
    lists.keep(timezone.now())

    assert client.get("/en/reflector/sample-body-list/11/").status_code == 200


def test_a_response_of_any_channel_is_discussed_beneath_it_and_not_mailed(
    client, space, submission, officer
):
    given = journey.submission_arrives(submission("We agree."))
    response = Response.objects.get(number=given.number)
    path = f"{SPACE}discuss/{response.number}/"
    assert client.get(path).status_code == 404  # not published

    journey.accept_and_publish(response, by=officer)
    assert path in words(client, f"/en/responses/{response.number}/")
    assert "Your answer is discussion" in words(client, path)
    assert Post.objects.count() == 0
    client.post(path, WORDS)

    root, answer = Post.objects.order_by("pk")
    assert (root.response, answer.root, answer.text) == (response, root, "Our words.")
    posting.show(answer, now=NOW, by="rules")
    assert "1 post beneath this response" in words(client, f"/en/responses/{response.number}/")
    assert distribution.responses_shown(NOW) == 0


def test_a_response_is_discussed_in_its_own_consultation_alone(client, space):
    assert client.get(f"{SPACE}discuss/12-000014/").status_code == 404
    assert client.get(f"{SPACE}discuss/nonsense/").status_code == 404


def test_an_answer_to_what_is_not_shown_stands_beneath_a_line_without_words(client, write):
    root = write("A quokka word.", subject="Quokka matter", shown=False)
    answer = write("A calm word.", parent=root)
    assert root.state == Post.State.HELD

    for path in (SPACE, f"/en/reflector/sample-group-list/threads/{root.pk}/",
                 f"/en/reflector/sample-group-list/posts/{answer.pk}/"):  # fmt: skip
        assert "uokka" not in words(client, path)
    assert "A calm word." in words(client, f"/en/reflector/sample-group-list/threads/{root.pk}/")
