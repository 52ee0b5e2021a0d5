"""What the law takes away is in no letter on the disk, in no row of the mailroom, and in no post."""

import pytest
from django.apps import apps
from django.db import models

from consulta.flow import letters
from consulta.flow.letters import erasing
from consulta.mailroom import spool
from consulta.mailroom.models import IncomingMail
from consulta.reflector import erasing as posts
from consulta.reflector.models import Post, PostFile
from consulta.responses.models import Response
from tests.flow.letters.conftest import THEM
from tests.reflector.conftest import group, space  # noqa: F401

pytestmark = pytest.mark.django_db
HOLDING = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def holding(model):
    return {field.name for field in model._meta.concrete_fields if isinstance(field, HOLDING)}


def test_every_column_that_could_hold_words_is_on_a_list():
    assert holding(IncomingMail) == set(erasing.INCOMING) | erasing.KEPT
    listed = {model: set(kept) for model, kept in posts.KEPT.items()}
    listed[Post] |= set(posts.POST) - {"erased_at"}
    listed[PostFile] |= set(posts.POST_FILE)
    assert {
        model: holding(model) for model in apps.get_app_config("reflector").get_models()
    } == listed


def test_letters_versions_confirmations_and_repeats_lose_words_and_files(
    post_letter, answer_address, django_capture_on_commit_callbacks
):
    post_letter("Sample words that go.", Message_ID="<one@example.org>")
    post_letter("Sample words that go.", Message_ID="<one@example.org>")
    letters.letters_arrive()
    post_letter("Yes.", to=[answer_address()], files=[("new.pdf", b"%PDF-1.7 x")])
    letters.letters_arrive()
    post_letter("Another matter.", sender="other@example.org")
    letters.letters_arrive()
    response = Response.objects.earliest("pk")

    with django_capture_on_commit_callbacks(execute=True):
        assert erasing.forget(response) == 3

    gone = IncomingMail.objects.exclude(sender="other@example.org")
    assert {(mail.sender, mail.subject, mail.envelope_sender) for mail in gone} == {("", "", "")}
    assert [spool.locate(mail.path).exists() for mail in gone] == [False] * 3
    other = IncomingMail.objects.get(sender="other@example.org")
    assert spool.locate(other.path).exists()


def test_the_post_of_a_response_names_nobody_afterwards(post_letter, space):  # noqa: F811
    post_letter("Sample words.", to=["sample-group-list-11@localhost"])
    letters.letters_arrive()
    post = Post.objects.get()
    assert post.author_email == THEM

    posts.forget(post.response)

    post.refresh_from_db()
    assert (post.author_email, post.author_name, post.source_key) == ("", "", "")
    assert post.state == Post.State.RESPONSE
