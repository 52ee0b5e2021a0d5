"""Options through the channels: web form, desk, API, questionnaire; shown before the text on every page."""

import io
import json
import uuid
from hashlib import sha256

import docx
import pytest
import rfc8785
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consulta.accounts import keys
from consulta.core.submission import Sender, SubmittedAnswer
from consulta.flow import journey
from consulta.responses import publication, questionnaires, terms
from consulta.responses.models import Draft, Response
from consulta.web.desk import entering
from tests.offers import offer

FORM = "/en/consultations/sample-topic/respond/"
GIVEN = {
    "answer-1": "",
    "language": "en",
    "kind": "organisation",
    "organisation": "Sample Organisation",
    "stakeholder_group": "civil-society",
    "act": "save",
}


@pytest.fixture
def offering(consultation):
    offer(consultation, 1)
    offer(consultation, 2, several=True)
    return consultation


@pytest.fixture
def published(offering, submission, officer):
    answers = (SubmittedAnswer(1, "", ("oppose",)), SubmittedAnswer(2, "Both.", ("support",)))
    sender = Sender("known@example.org", authenticated=True)
    given = journey.submission_arrives(submission(answers=answers, sender=sender))
    response = Response.objects.get(number=given.number)
    publication.publish(response, by=officer)
    return response


def test_a_choice_alone_is_saved_checked_and_sent_by_the_form(offering):
    visitor = Client()
    here = visitor.post(FORM, GIVEN | {"choice-1": "oppose", "choice-2": ["support", "oppose"]})
    draft = Draft.objects.get()
    assert draft.content["choices"] == {"1": ["oppose"], "2": ["support", "oppose"]}

    page = visitor.get(here["Location"]).content.decode()
    assert page.count("checked") >= 3

    seen = {"seen": draft.saved_at.isoformat(), "act": "check"}
    at_check = visitor.post(
        here["Location"].split("?")[0],
        GIVEN | seen | {"choice-1": "oppose", "choice-2": ["support", "oppose"]},
    )
    assert at_check.status_code == 303
    check = visitor.get(at_check["Location"]).content.decode()
    assert "Options chosen:" in check
    visitor.post(at_check["Location"], {"terms": terms.version()})

    answers = Response.objects.get().versions.get().answers.order_by("question")
    assert [a.choices for a in answers] == [["oppose"], ["support", "oppose"]]


def test_a_choice_is_taken_back_by_choosing_none(offering):
    visitor = Client()
    here = visitor.post(FORM, GIVEN | {"choice-1": "oppose"})["Location"].split("?")[0]
    seen = Draft.objects.get().saved_at.isoformat()

    visitor.post(here, GIVEN | {"choice-1": "", "seen": seen})

    assert Draft.objects.get().content["choices"] == {"1": [], "2": []}


def test_an_option_that_is_not_offered_is_said_beside_its_question_and_loses_nothing(offering):
    visitor = Client()
    typed = GIVEN | {"choice-1": "maybe", "answer-1": "We hesitate.", "act": "check"}
    page = visitor.get(visitor.post(FORM, typed)["Location"]).content.decode()

    assert "This option is not offered here." in page
    assert "We hesitate." in page


def test_the_arabic_form_offers_the_options_in_arabic_with_their_direction(offering):
    page = Client().get("/ar/consultations/sample-topic/respond/").content.decode()

    assert '<bdi lang="ar" dir="rtl">أعارض</bdi>' in page
    assert 'type="radio"' in page
    assert 'type="checkbox"' in page


def test_a_published_choice_stands_on_the_pages_and_in_the_api(published):
    visitor = Client()
    page = visitor.get(f"/ar/responses/{published.number}/").content.decode()
    assert "أعارض" in page

    listed = visitor.get("/en/consultations/sample-topic/responses/?question=1").content.decode()
    assert "Oppose" in listed

    told = visitor.get(f"/api/v1/responses/{published.number}").json()
    assert told["answers"] == [
        {"question": 1, "text": "", "choices": ["oppose"]},
        {"question": 2, "text": "Both.", "choices": ["support"]},
    ]
    names = ("answers", "attachments", "consultation", "language", "respondent")
    salt = bytes.fromhex(told["fingerprint"]["salt"])
    covered = rfc8785.dumps({name: told[name] for name in names})
    assert sha256(salt + covered).hexdigest() == told["fingerprint"]["public"]
    asked = visitor.get("/api/v1/consultations/sample-topic").json()["questions"][0]
    assert asked["several"] is False
    assert asked["options"][2] == {"slug": "oppose", "text": {"ar": "أعارض", "en": "Oppose"}}


def test_an_answer_in_the_api_has_no_choices_where_its_question_offers_nothing(
    consultation, submission, officer
):
    sender = Sender("known@example.org", authenticated=True)
    given = journey.submission_arrives(submission("We agree.", sender=sender))
    publication.publish(Response.objects.get(number=given.number), by=officer)

    told = Client().get(f"/api/v1/responses/{given.number}").json()

    assert told["answers"] == [{"question": 1, "text": "We agree."}]


@pytest.fixture
def send(offering, second_officer):
    secret = keys.give(second_officer, name="Sample system", terms=terms.version())[1]

    def _send(*answers):
        body = {
            "language": "en",
            "terms": terms.version(),
            "respondent": {"kind": "organisation", "organisation": "Sample Organisation"},
            "answers": list(answers),
        }
        return Client().post(
            "/api/v1/consultations/sample-topic/responses",
            json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": uuid.uuid4().hex},
        )

    return _send


def test_another_system_sends_a_choice_alone(send):
    assert send({"question": 1, "choices": ["support"]}).status_code == 201
    assert Response.objects.get().versions.get().answers.get().choices == ["support"]


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        ({"question": 1, "choices": ["maybe"]}, "unknown_value", "oppose, support, with-changes"),
        ({"question": 1, "choices": ["support", "oppose"]}, "one_option", "Question 1"),
        (
            {"question": None, "text": "x", "choices": ["support"]},
            "unknown_value",
            "answers.choices",
        ),
    ],
)
def test_the_api_refuses_what_is_not_offered_with_the_mend(send, answer, error, said):
    answered = send(answer)

    assert answered.status_code == 422
    assert answered.json()["error"] == error
    assert said in answered.json()["message"]
    assert not Response.objects.exists()


def test_the_desk_enters_what_a_letter_chose(offering):
    form = entering.Entry(
        entering.blank(offering)
        | {
            "kind": "individual",
            "way": "paper",
            "choice_1": "support",
            "choice_2": ["oppose", "no-position"],
        },
        consultation=offering,
    )

    assert form.is_valid(), form.errors
    assert entering.given(form) == (
        SubmittedAnswer(1, "", ("support",)),
        SubmittedAnswer(2, "", ("oppose", "no-position")),
    )


def marked(data: bytes, marks: dict[str, str]) -> bytes:
    """The questionnaire with words put where the bookmarks name a cell."""
    document = docx.Document(io.BytesIO(data))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for mark in document.element.body.iter(f"{space}bookmarkStart"):
        if words := marks.get(mark.get(f"{space}name")):
            paragraph = docx.text.paragraph.Paragraph(mark.getparent(), document)
            paragraph.add_run(words)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def without_bookmarks(data: bytes) -> bytes:
    document = docx.Document(io.BytesIO(data))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for mark in list(document.element.body.iter(f"{space}bookmarkStart")):
        mark.getparent().remove(mark)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kept", [True, False])
def test_an_x_on_the_questionnaire_is_a_choice_with_and_without_bookmarks(
    offering, tmp_path, language, kept
):
    marks = {"consulta_choice_1_3": "X", "consulta_choice_2_1": "x", "consulta_choice_2_4": "✓"}
    data = marked(questionnaires.document(offering, language), marks)
    path = tmp_path / "form.docx"
    path.write_bytes(data if kept else without_bookmarks(data))

    found = questionnaires.read(path, offering)

    assert found is not None
    assert found.answers == {}
    assert found.choices == {1: ("oppose",), 2: ("support", "no-position")}


def test_two_marks_where_one_may_be_chosen_stand_in_words_above_the_answer(offering, tmp_path):
    marks = {"consulta_choice_1_1": "X", "consulta_choice_1_3": "X", "consulta_1": "Both."}
    path = tmp_path / "form.docx"
    path.write_bytes(marked(questionnaires.document(offering, "en"), marks))

    found = questionnaires.read(path, offering)

    assert found is not None
    assert found.choices == {}
    assert found.answers == {1: "Support\nOppose\n\nBoth."}


def test_a_questionnaire_is_read_into_a_draft_with_its_choices(offering):
    data = marked(questionnaires.document(offering, "en"), {"consulta_choice_1_2": "X"})
    file = SimpleUploadedFile("form.docx", data)

    Client().post(FORM, {"act": "read", "questionnaire": file, "language": "en"})

    assert Draft.objects.get().content["choices"]["1"] == ["with-changes"]
