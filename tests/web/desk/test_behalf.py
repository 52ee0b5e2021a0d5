"""The desk sees on whose behalf a response speaks: documents, focal points, signatories."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consulta.core.submission import RespondentClaim, RespondentKind
from consulta.mailroom.models import OutgoingMail
from consulta.responses import signatories_shown
from consulta.responses.models import MandateDocument, MandateRequest, Signatory
from consulta.stakeholders.models import Organisation
from tests import joint

MINISTRY = RespondentClaim(
    kind=RespondentKind.ORGANISATION, organisation="Sample Ministry",
    stakeholder_group="governments", country="KE",
)  # fmt: skip


@pytest.fixture
def response(published):
    return published("We agree.", respondent=MINISTRY)


def at(name, response, *more):
    return reverse(f"desk:{name}", args=[response.number, *more])


def words_of(client, response):
    return client.get(at("response", response)).content.decode()


def test_an_officer_attaches_the_letter_that_came_on_paper(desk, response, people):
    letter = SimpleUploadedFile("letter.txt", b"Signed, the minister.")
    desk.post(at("mandate", response), {"document": letter})

    document = MandateDocument.objects.get()
    assert document.added_by == people["officer"]
    assert "letter.txt" in words_of(desk, response)
    file = desk.get(at("mandate_file", response, document.pk))
    assert b"".join(file.streaming_content) == b"Signed, the minister."
    assert file["Content-Disposition"] == 'attachment; filename="letter.txt"'


def test_a_document_that_cannot_be_taken_is_refused_in_words(desk, response):
    page = desk.post(at("mandate", response), {}, follow=True).content.decode()

    assert "The document was not added." in page
    assert not MandateDocument.objects.exists()


def test_the_desk_asks_the_focal_point(desk, response, groups):
    assert "No focal point is known" in desk.post(
        at("mandate", response), {"what": "ask"}, follow=True
    ).content.decode().replace("\n", " ")
    Organisation.objects.create(
        name="Sample Ministry", stakeholder_group=groups["governments"], focal_point="f@example.org"
    )

    desk.post(at("mandate", response), {"what": "ask"})

    assert OutgoingMail.objects.filter(recipient="f@example.org").count() == 1
    assert "There is no answer yet." in words_of(desk, response)


def test_what_the_focal_point_said_stands_on_the_page(desk, response):
    joint.of(response)
    said = MandateRequest.objects.get()
    said.answer, said.answered_at = "denied", said.asked_at
    said.save()

    assert "does not speak for the organisation" in words_of(desk, response)


def test_a_signatory_is_taken_off_with_a_reason(desk, response):
    signed = joint.of(response).signatory
    desk.post(at("signatory", response, signed.pk), {"what": "strike", "evidence": " "})
    assert Signatory.objects.get().state == "confirmed"

    desk.post(at("signatory", response, signed.pk), {"what": "strike", "evidence": "A forgery."})

    row = Signatory.objects.get()
    assert (row.state, row.reason) == ("taken_off", "A forgery.")
    assert signatories_shown.of(response) == signatories_shown.NOBODY


def test_a_signatorys_mandate_is_confirmed_on_evidence(desk, response, groups, people):
    signed = joint.of(response).signatory
    Signatory.objects.update(kind="organisation", stakeholder_group=groups["governments"])
    assert signatories_shown.of(response).by == ()

    desk.post(at("signatory", response, signed.pk), {"what": "mandate", "evidence": "Note 7"})

    assert signatories_shown.of(response).by == (signed,)
    assert Signatory.objects.get().mandate_confirmed_by == people["officer"]


def test_another_responses_rows_are_not_reached_by_its_address(desk, response, published):
    other, signed = published("Another."), joint.of(response)

    assert desk.get(at("mandate_file", other, signed.document.pk)).status_code == 404
    assert desk.post(at("signatory", other, signed.signatory.pk)).status_code == 404
