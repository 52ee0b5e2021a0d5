"""An answer stands under what was asked: on its page, in its copies and in the digest."""

from datetime import timedelta
from email import message_from_bytes

import pytest

from consulta.core.lifecycle import State
from consulta.core.submission import Channel, SubmittedAnswer
from consulta.flow import reflecting
from consulta.reflector import copies, queries
from consulta.reflector.headed import Headed
from consulta.reflector.models import Digest, Post
from consulta.responses import publication
from consulta.responses.models import Redaction, Response
from tests.reflector.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(space, submission):
    """A published response with two answers, the second with an address, a telephone and an override."""

    def _answered(*said):
        answers = tuple(SubmittedAnswer(number, text) for number, text in said)
        given = reflecting.responds(submission(channel=Channel.REFLECTOR, answers=answers), space)
        response = Response.objects.get(number=given.number)
        Response.objects.filter(pk=response.pk).update(state=State.ACCEPTED)
        response.versions.update(screening="accepted")
        response.refresh_from_db()
        publication.publish(response, by=None)
        Post.objects.filter(response=response).update(shown_at=NOW)
        return queries.whole(Post.objects.get(response=response).pk)

    return _answered


def body(frame):
    raw = b"".join(name + b": " + value + b"\r\n" for name, value in frame.headers)
    message = message_from_bytes(raw + b"\r\n" + frame.body)
    return message.get_payload(decode=True).decode().replace("\r\n", "\n")


def test_each_answer_of_a_copy_stands_under_its_question(answered):
    post = answered((None, "In general."), (1, "We agree."))
    asked = queries.questions(post.space.consultation)[0]

    said = body(copies.of_post(post, "en"))

    text = asked.texts.get(language="en").text
    assert f"To the whole consultation\nIn general.\n\nQuestion 1: {text}\nWe agree." in said
    digest = Digest(
        pk=1, list=post.list, space=post.space, since=NOW, until=NOW + timedelta(days=1)
    )
    assert f"Question 1: {text}\nWe agree." in body(copies.of_digest(digest, [post], "en"))


def test_what_answers_the_whole_alone_has_no_head(answered):
    post = answered((None, "In general."))

    assert [part.label for part in Headed("en").parts(post)] == [""]


def test_the_page_and_the_feed_say_what_was_asked(answered, client):
    post = answered((1, "We agree."))

    page = client.get(f"/en/reflector/{post.list.slug}/posts/{post.pk}/").content.decode()
    feed = client.get(f"/feeds/lists/{post.list.slug}.atom").content.decode()

    assert '<h2 class="answer-question"><span class="answer-label">Question 1</span>' in page
    assert "Question 1: " in feed


def test_addresses_numbers_and_overrides_are_not_shown_by_any_way(answered, client):
    post = answered((1, "Agreed \u202eyes.\nTel. 022 730 51 11, ana@example.org"))
    number = post.response.number
    pages = [
        body(copies.of_post(post, "en")),
        client.get(f"/en/reflector/{post.list.slug}/posts/{post.pk}/").content.decode(),
        client.get(f"/en/responses/{number}/").content.decode(),
        client.get(f"/api/v1/responses/{number}").content.decode(),
    ]

    assert all("Agreed" in page for page in pages)
    assert not any("ana@example.org" in page or "730 51" in page for page in pages)
    assert all("[U+202E]" in page for page in pages[:3])
    Redaction.objects.filter(kind="email").update(state=Redaction.State.DISMISSED)
    assert "ana@example.org" in body(copies.of_post(queries.whole(post.pk), "en"))


def test_the_number_of_a_response_is_not_shown_backwards_in_arabic(answered, client):
    post = answered((1, "We agree."))

    page = client.get(f"/ar/reflector/{post.list.slug}/posts/{post.pk}/").content.decode()

    assert page.count(f'<bdi dir="ltr">{post.response.number}</bdi>') == 2  # heading and crumbs
    assert f"\u2066{post.response.number}\u2069" in page.partition("</title>")[0]
