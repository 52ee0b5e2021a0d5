"""An officer posts what follows a document, and lays down how numbers are written."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consulta.meetings import documents
from consulta.meetings.models import Document, NumberSeries


@pytest.fixture
def posted(next_meeting):
    made = Document(meeting=next_meeting, titles={"en": "A paper"}, source="Secretariat")
    made.audience = Document.Audience.PUBLIC
    return documents.post(made, language="en", by=None)


@pytest.fixture
def address(posted):
    return reverse("desk:meeting_document", args=[posted.meeting.slug, posted.pk])


def note(name="note.txt", data=b"What is new.\n"):
    return SimpleUploadedFile(name, data, content_type="text/plain")


def test_a_revision_is_posted_with_a_clean_copy_of_its_file(desk, posted, address):
    sent = {"act": "follow", "kind": "revision", "language": "en", "file": note()}
    assert desk.post(address, sent).status_code == 302
    revision = Document.objects.get(of=posted)
    assert revision.number.endswith("/1(Rev.1)-E")
    assert revision.titles == {"en": "A paper"}
    assert [file["name"] for file in revision.files] == ["note.txt"]
    assert revision.number in desk.get(address).content.decode()


def test_a_file_that_is_none_is_refused_with_what_is_wrong(desk, posted, address):
    sent = {"act": "follow", "kind": "revision", "language": "en"}
    answer = desk.post(address, sent | {"file": note("a.exe", b"MZ\0\0\0\1\0\0")})
    assert "“a.exe” was not taken" in answer.content.decode()
    assert not Document.objects.filter(of=posted).exists()


def test_a_revision_of_a_withdrawn_document_is_refused(desk, posted, address):
    assert desk.post(address, {"act": "withdraw", "reason": "Sent in error."}).status_code == 302
    sent = {"act": "follow", "kind": "revision", "language": "en", "file": note()}
    desk.post(address, sent)
    assert not Document.objects.filter(of=posted).exists()
    assert "Sent in error." in desk.get(address).content.decode()


def test_the_pattern_of_numbers_is_laid_down_or_refused_with_the_mend(desk, posted):
    page = reverse("desk:number_series", args=[posted.meeting.group.slug])
    sent = {"pattern": "{body}{meeting}{seq}", "symbol": "C", "meeting_by": "number"}
    answer = desk.post(page, sent)
    assert "run together" in answer.content.decode()
    assert not NumberSeries.objects.exists()
    right = {"pattern": "{body}{meeting}/{seq}[(Rev.{r})]-{lang}", "letters": "en=E ar=A"}
    assert desk.post(page, sent | right).status_code == 302
    assert "C12/7(Rev.1)-E" in desk.get(page).content.decode()


def test_a_sort_is_given_a_series_of_its_own(desk, posted):
    group = posted.meeting.group
    usual = reverse("desk:number_series", args=[group.slug])
    own = reverse("desk:number_series_of_sort", args=[group.slug, "information"])
    assert "counted apart" not in desk.get(usual).content.decode()
    sent = {"pattern": "{body}{meeting}/{seq}-{lang}", "symbol": "", "meeting_by": "number"}
    assert desk.post(usual, sent | {"symbol": "C"}).status_code == 302
    assert "would write the same numbers" in desk.post(own, sent | {"symbol": "C"}).content.decode()
    right = sent | {"pattern": "{body}{meeting}/INF/{seq}-{lang}", "symbol": "C"}
    assert desk.post(own, right)["Location"] == own
    assert "counted apart" in desk.get(usual).content.decode()
    assert "C12/INF/7-E" in desk.get(own).content.decode()
    assert desk.get(own.replace("information", "nothing")).status_code == 404


def test_who_can_see_a_revision_is_said_before_it_is_posted(desk, posted, address):
    Document.objects.filter(pk=posted.pk).update(audience="members")
    assert "for everyone else it does not exist" in desk.get(address).content.decode()
