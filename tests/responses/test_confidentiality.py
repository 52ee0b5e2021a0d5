"""Where the rule has a confidential twin, the respondent keeps words and files from readers."""

import pytest

from consulta.adapters.files.findings import PDF, Verdict
from consulta.core.submission import Channel, Sender, SubmittedFile
from consulta.flow import journey
from consulta.responses import attachments, content
from consulta.responses.attachments import Outcome, ReleaseNotAllowedError
from consulta.responses.models import Attachment, Response

pytestmark = pytest.mark.django_db
TEXT = "We agree. [confidential]It costs us 3 million, ask a@example.org.[/confidential] Thanks."


@pytest.fixture
def under(consultation):
    def change(slug):
        consultation.procedure = slug
        consultation.save()
        return consultation

    return change


@pytest.fixture
def arrives(submission):
    def take(text, **more):
        made = submission(text, **more)
        proved = Sender(made.sender.address, authenticated=True)
        given = journey.submission_arrives(submission(text, **({"sender": proved} | more)))
        return Response.objects.get(number=given.number)

    return take


def read_by_all(response):
    version = response.versions.latest("ordinal")
    return content.public(version)["answers"][0]["text"]


@pytest.mark.parametrize("channel", list(Channel))
def test_by_every_channel_the_public_twin_leaves_the_passage_out(under, arrives, channel):
    under("berec")
    response = arrives(TEXT, channel=channel)
    assert read_by_all(response) == "We agree. […] Thanks."
    answer = response.versions.get().answers.get()
    assert answer.text == TEXT
    assert [(mark.kind, mark.state) for mark in answer.redactions.all()] == [
        ("confidential", "applied")
    ]


def test_where_the_rule_has_none_the_marks_are_words_like_others(under, arrives):
    under("icann-public-comment")
    assert "It costs us 3 million" in read_by_all(arrives(TEXT))


def test_a_confidential_file_is_checked_and_kept_from_readers_and_never_released(
    under, arrives, officer, monkeypatch
):
    under("berec")
    monkeypatch.setattr(
        attachments, "judge", lambda *_a, **_k: Outcome(PDF, Verdict.CLEAN, (), "words")
    )
    files = [
        SubmittedFile(n, f"spool/{n}", "0" * 64, 9) for n in ("Confidential.pdf", "public.pdf")
    ]
    response = arrives("We agree.", attachments=tuple(files))
    version = response.versions.get()
    for file in version.attachments.all():
        attachments.examine(file)
    states = list(version.attachments.values_list("safety", flat=True))
    assert states == [Attachment.Safety.CONFIDENTIAL, Attachment.Safety.CLEAN]
    version.attachments.update(clean_path="files/clean/x", clean_sha256="1" * 64, clean_size=9)
    assert [f["name"] for f in content.public(version)["attachments"]] == ["public.pdf"]
    assert [bool(attachments.public_file(f)) for f in version.attachments.all()] == [False, True]
    first = version.attachments.first()
    Attachment.objects.filter(pk=first.pk).update(safety=Attachment.Safety.UNREADABLE)
    with pytest.raises(ReleaseNotAllowedError):
        attachments.release(first, by=officer, reason="I looked.")
