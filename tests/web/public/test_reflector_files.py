"""Files put to a post on the page or by mail: refused with a sentence, kept while the form is mended."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consulta.flow import tasks
from consulta.mailroom import spool
from consulta.reflector import files
from consulta.reflector.models import Post, PostFile
from consulta.responses.models import Attachment
from tests.adapters.files import made
from tests.web.public.test_reflector import SPACE, space, words, write  # noqa: F401

pytestmark = pytest.mark.django_db
LIST = "/en/reflector/sample-group-list/"
TYPED = {"subject": "Files", "text": "See the files.", "name": "Ana Sample",
         "email": "ana@example.org", "kind": "discussion"}  # fmt: skip


def upload(data=b"Good day.", name="day.txt"):
    return SimpleUploadedFile(name, data)


def seals(page):
    return re.findall(r'name="kept" value="([^"]+)"', page)


def test_a_post_with_files_is_kept_examined_and_shown(client, space):  # noqa: F811
    sent = client.post(f"{SPACE}new/", TYPED | {"files": [upload(), upload(b"", "none.txt")]})
    assert sent.status_code == 422
    page = sent.content.decode()
    assert "“none.txt” was not added: it is empty." in page
    (seal,) = seals(page)

    client.post(f"{SPACE}new/", TYPED | {"kept": [seal]})
    post = Post.objects.get()
    assert [f.name for f in post.files.all()] == ["day.txt"]
    tasks.examine_files()
    Post.objects.update(state="shown", shown_at=post.arrived_at)

    shown = words(client, f"{LIST}posts/{post.pk}/")
    assert f"/en/reflector/sample-group-list/posts/{post.pk}/files/1/" in shown
    answer = client.get(f"{LIST}posts/{post.pk}/files/1/")
    assert answer.getvalue() == b"Good day."
    assert answer["Content-Disposition"] == 'attachment; filename="day.txt"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    feed = words(client, "/feeds/lists/sample-group-list.atom")
    assert f"/posts/{post.pk}/files/1/" in feed


def test_a_withheld_file_is_said_and_has_no_address(client, write):  # noqa: F811
    kept = spool.keep([made.many_entries()], folder=files.FOLDER)
    post = write()
    PostFile.objects.create(
        post=post, position=1, name="plans.docx", path=kept.path, sha256=kept.sha256, size=kept.size
    )
    tasks.examine_files()

    page = words(client, f"{LIST}threads/{post.pk}/")

    assert "plans.docx" in page
    assert "It could harm a computer" in page
    assert "/files/1/" not in page
    assert client.get(f"{LIST}posts/{post.pk}/files/1/").status_code == 404


@pytest.mark.parametrize("state", ["held", "unconfirmed", "declined", "removed"])
def test_a_file_of_a_post_that_is_not_shown_is_not_there(client, write, state):  # noqa: F811
    post = write()
    kept = spool.keep([b"Hello."], folder=files.FOLDER)
    PostFile.objects.create(
        post=post, position=1, name="a.txt", path=kept.path, sha256=kept.sha256, size=kept.size
    )
    tasks.examine_files()
    assert client.get(f"{LIST}posts/{post.pk}/files/1/").getvalue() == b"Hello."

    Post.objects.filter(pk=post.pk).update(state=state, reason="So.")

    assert client.get(f"{LIST}posts/{post.pk}/files/1/").status_code == 404


@pytest.mark.parametrize(
    ("uploads", "said"),
    [
        ([upload(b"x", f"{n}.txt") for n in range(6)], "a post may carry 5 files"),
        ([upload(b"x" * (files.MAX_TOTAL + 1))], "all files of a post together may have 10.0"),
        ([upload(b"MZ" + b"\0" * 99)], "its content is no PDF"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(client, space, uploads, said):  # noqa: F811
    for each in uploads:
        each.seek(0)
    page = client.post(f"{SPACE}new/", TYPED | {"files": uploads}).content.decode()

    assert said in page
    assert Post.objects.count() == 0


def test_a_seal_of_somebody_else_s_file_leads_nowhere(client, space, write):  # noqa: F811
    page = client.post(f"{SPACE}new/", TYPED | {"text": "", "files": [upload()]}).content.decode()
    (seal,) = seals(page)
    client.post(f"{SPACE}new/", TYPED | {"kept": [seal]})

    client.post(f"{SPACE}new/", TYPED | {"kept": [seal, "broken"], "text": "Once more."})

    assert PostFile.objects.count() == 1


def test_files_with_a_response_from_the_page_belong_to_the_response(client, space):  # noqa: F811
    client.post(f"{SPACE}new/", TYPED | {"kind": "response", "files": [upload()]})

    assert Attachment.objects.get().name == "day.txt"
    assert PostFile.objects.count() == 0
