"""A questionnaire that comes back by mail is read into answers."""

import pytest

from consulta.flow import letters
from consulta.responses import questionnaires
from consulta.responses.models import Response
from tests.adapters.questionnaires.test_round_trip import SAID, filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("groups")]


@pytest.fixture
def enclosed(post_letter, consultation, tmp_path):
    def _enclosed(text="", said=SAID, language="en"):
        data = questionnaires.document(consultation, language)
        form = filled(data, said, tmp_path / "form.docx").read_bytes()
        post_letter(text, files=[("form.docx", form)])
        letters.letters_arrive()
        return Response.objects.latest("pk")

    return _enclosed


def said(response):
    found = response.versions.get().answers.values_list("question", "text")
    return dict(found)


def test_its_answers_and_particulars_are_those_of_the_response(enclosed):
    response = enclosed(said=SAID | {"stakeholder_group": "civil society", "country": "Kenya"})
    assert said(response) == {1: "Price.\nAnd distance.", None: "في المجمل، جيد"}
    respondent = response.respondent
    assert (respondent.organisation_name, respondent.country) == ("Sample Union", "KE")
    assert respondent.stakeholder_group.slug == "civil-society"
    assert response.versions.get().hold_reasons == []
    assert not respondent.confirmed


def test_what_the_letter_itself_says_stands_above(enclosed):
    response = enclosed("Please find our answers enclosed.")
    assert said(response)[None] == "Please find our answers enclosed.\n\nفي المجمل، جيد"


def test_a_form_in_arabic_is_read_by_its_own_language(enclosed):
    response = enclosed(said={"1": "السعر والمسافة"}, language="ar")
    assert said(response) == {1: "السعر والمسافة"}
    assert response.versions.get().language == "ar"


def test_a_form_that_nobody_filled_in_is_only_a_file(enclosed):
    response = enclosed("We agree.", said={})
    assert said(response) == {None: "We agree."}


def test_it_is_not_kept_as_a_file_because_it_names_an_address_that_is_not_published(enclosed):
    response = enclosed(said=SAID | {"email": "private@example.org"})
    assert response.versions.get().attachments.count() == 0


def test_a_country_or_a_group_that_is_not_on_the_list_is_looked_at_by_a_person(enclosed):
    response = enclosed(said=SAID | {"country": "Atlantis", "stakeholder_group": "Friends"})
    assert response.versions.get().hold_reasons == ["unlisted"]
    assert response.respondent.organisation_name == "Sample Union"


def test_one_that_answers_the_receipt_is_read_and_not_kept_as_a_file_either(
    post_letter, answer_address, consultation, tmp_path
):
    post_letter("We agree.")
    letters.letters_arrive()
    post_letter("Yes.", to=[answer_address()])
    letters.letters_arrive()
    data = questionnaires.document(consultation, "en")
    form = filled(data, {"1": "Price.", "email": "private@example.org"}, tmp_path / "form.docx")

    post_letter("", to=[answer_address()], files=[("form.docx", form.read_bytes())])
    letters.letters_arrive()

    version = Response.objects.get().versions.latest("ordinal")
    assert dict(version.answers.values_list("question", "text")) == {
        None: "We agree.",
        1: "Price.",
    }
    assert version.attachments.count() == 0
