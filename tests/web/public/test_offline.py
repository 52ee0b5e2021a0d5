"""Answering in a word processor: the questionnaire is taken, filled in, and read into the draft."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from consulta.responses.models import Draft
from tests.adapters.questionnaires.test_round_trip import SAID, filled


@pytest.fixture
def taken(consultation) -> bytes:
    answer = Client().get(f"/en/consultations/{consultation.slug}/questionnaire.docx")
    assert answer.status_code == 200
    assert f"questionnaire-{consultation.slug}-en.docx" in answer["Content-Disposition"]
    return answer.content


@pytest.fixture
def bring(consultation, tmp_path):
    def _bring(data: bytes, path: str = "", **typed: str):
        file = SimpleUploadedFile("form.docx", data)
        where = path or f"/en/consultations/{consultation.slug}/respond/"
        return Client().post(
            where, {"act": "read", "questionnaire": file, "language": "en"} | typed
        )

    return _bring


def back(data: bytes, tmp_path) -> bytes:
    said = SAID | {"stakeholder_group": "civil society"}
    return filled(data, said, tmp_path / "filled.docx").read_bytes()


def words(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return "\n".join(p.text for p in document.paragraphs)


def test_the_questionnaire_asks_every_question_in_the_language_of_the_page(consultation, taken):
    assert "1. Question 1?\n\n2. Question 2?" in words(taken)
    arabic = Client().get(f"/ar/consultations/{consultation.slug}/questionnaire.docx").content
    assert "موضوع تجريبي" in words(arabic)


def test_what_was_written_into_it_stands_in_the_draft_for_its_author_to_check(
    bring, taken, tmp_path
):
    answer = bring(back(taken, tmp_path))
    draft = Draft.objects.get()
    assert draft.content["answers"] == {
        "1": "Price.\nAnd distance.",
        "2": "",
        "0": "في المجمل، جيد",
    }
    assert draft.content["organisation"] == "Sample Union"
    assert draft.content["stakeholder_group"] == "civil-society"
    assert draft.sent_at is None
    page = Client().get(answer["Location"]).content.decode()
    assert "Please check every answer: nothing is sent yet." in page
    assert "And distance." in page


def test_what_was_typed_before_stays_and_other_words_stand_beneath(bring, taken, tmp_path):
    bring(back(taken, tmp_path), **{"answer-1": "Typed before.", "organisation": "My own name"})
    content = Draft.objects.get().content
    assert content["answers"]["1"] == "Typed before.\n\nPrice.\nAnd distance."
    assert content["organisation"] == "My own name"


def test_another_file_is_refused_with_the_mend_and_the_draft_is_kept(bring, consultation):
    answer = bring(b"PK\x03\x04 nothing", **{"answer-1": "Typed before."})
    assert answer.status_code == 422
    assert "it is no filled-in questionnaire of this consultation" in answer.content.decode()
    assert Draft.objects.get().content["answers"]["1"] == "Typed before."


def test_the_questionnaire_of_another_consultation_is_not_taken(
    bring, taken, tmp_path, consultation
):
    consultation.slug = "another"
    consultation.save()
    answer = bring(back(taken, tmp_path), path=reverse("public:respond", args=["another"]))
    assert answer.status_code == 422


def test_no_file_is_said(bring, consultation):
    where = f"/en/consultations/{consultation.slug}/respond/"
    answer = Client().post(where, {"act": "read", "answer-1": "Typed."})
    assert "No file was chosen" in answer.content.decode()
