"""A questionnaire that comes back by mail is read into answers."""

from email import message_from_bytes

import pytest
from django.utils import timezone

from consulta.core.lifecycle import State
from consulta.flow import accounting, letters, tasks
from consulta.mailroom.models import OutgoingMail
from consulta.responses import asking, asking_answers, questionnaires
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


def asked():
    """Mails that ask for the answers."""
    return OutgoingMail.objects.filter(subject__contains="came without answers")


def look():
    """Examine and screen; without clamd."""
    tasks.examine_files()
    tasks.look()


def test_a_form_that_nobody_filled_in_is_held_and_its_sender_asked_for_the_answers(enclosed):
    response = enclosed("Please find our answers enclosed.", said={"email": "private@example.org"})
    look()
    asking_answers.ask_due(timezone.now())

    response.refresh_from_db()
    assert said(response) == {None: "Please find our answers enclosed."}
    assert (response.state, response.hold_reasons) == (State.HELD, ["blank_form"])
    assert [file.name for file in response.versions.get().attachments.all()] == ["form.docx"]
    assert [mail.recipient for mail in asked()] == [response.respondent.email]


def test_answering_that_mail_with_the_form_gives_the_answers_and_drops_the_blank_one(
    enclosed, post_letter, consultation, tmp_path
):
    response = enclosed("", said={})
    look()
    to = message_from_bytes(bytes(asked().get().raw))["Reply-To"]
    data = questionnaires.document(consultation, "en")
    form = filled(data, {"1": "Price."}, tmp_path / "again.docx").read_bytes()

    post_letter("", to=[to], files=[("again.docx", form)])
    letters.letters_arrive()
    look()

    response.refresh_from_db()
    version = response.versions.latest("ordinal")
    assert dict(version.answers.values_list("question", "text")) == {1: "Price."}
    assert version.attachments.count() == 0
    assert (response.state, response.hold_reasons) == (State.ACCEPTED, [])


def test_the_same_blank_form_again_is_held_and_not_asked_about_twice(
    enclosed, post_letter, tmp_path
):
    response = enclosed("", said={})
    look()
    to = message_from_bytes(bytes(asked().get().raw))["Reply-To"]

    post_letter("", to=[to], files=[("form.docx", (tmp_path / "form.docx").read_bytes())])
    letters.letters_arrive()
    look()
    asking_answers.ask_due(timezone.now())

    version = response.versions.latest("ordinal")
    assert (version.ordinal, version.hold_reasons) == (2, ["blank_form"])
    assert asked().count() == 1


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


FILLED = {
    "1": "السعر والمسافة",
    "0": "في المجمل، جيد",
    "organisation": "Sample Union",
    "name": "Sample Secretary",
    "country": "Kenya",
    "stakeholder_group": "civil society",
}


def answered(post_letter, consultation, tmp_path, said, text="", language="ar"):
    """Send the filled-in form in answer to our latest mail."""
    to = message_from_bytes(bytes(OutgoingMail.objects.latest("pk").raw))["Reply-To"]
    data = questionnaires.document(consultation, language)
    form = filled(data, said, tmp_path / "again.docx").read_bytes()
    post_letter(text, to=[to], files=[("again.docx", form)])
    letters.letters_arrive()
    look()
    return Response.objects.get().versions.latest("ordinal")


def test_the_form_asked_for_says_all_that_it_would_have_said_at_first(
    enclosed, post_letter, consultation, tmp_path
):
    enclosed("Our first words.", said={})

    version = answered(post_letter, consultation, tmp_path, FILLED, "Now with our answers.")

    respondent = Response.objects.get().respondent
    assert (respondent.kind, respondent.name) == ("organisation", "Sample Secretary")
    assert (respondent.organisation_name, respondent.country) == ("Sample Union", "KE")
    assert respondent.stakeholder_group.slug == "civil-society"
    assert (respondent.language, version.language) == ("ar", "ar")
    assert dict(version.answers.values_list("question", "text")) == {
        None: "Our first words.\n\nNow with our answers.\n\nفي المجمل، جيد",
        1: "السعر والمسافة",
    }
    assert version.hold_reasons == []
    assert list(accounting.faults(accounting.Account())) == []


def test_the_form_asked_for_names_a_country_that_is_not_on_the_list(
    enclosed, post_letter, consultation, tmp_path
):
    enclosed("", said={})

    version = answered(post_letter, consultation, tmp_path, FILLED | {"country": "Atlantis"})

    assert version.hold_reasons == ["unlisted"]


def test_a_form_that_was_not_asked_for_changes_no_name_and_a_few_words_beside_it_are_a_note(
    post_letter, answer_address, consultation, tmp_path
):
    post_letter("We agree.")
    letters.letters_arrive()
    post_letter("Yes.", to=[answer_address()])
    letters.letters_arrive()
    only = {"1": "Price.", "organisation": "Other Union"}

    version = answered(post_letter, consultation, tmp_path, only, "Thanks.", "en")

    assert version.response.respondent.organisation_name == ""
    assert dict(version.answers.values_list("question", "text")) == {None: "We agree.", 1: "Price."}


def test_a_stranger_is_asked_for_the_answers_and_to_confirm_in_one_mail(enclosed):
    enclosed("", said={})
    look()

    mail = OutgoingMail.objects.get()
    assert "came without answers" in mail.subject
    assert "/confirm/" in bytes(mail.raw).decode()


def test_what_had_to_wait_is_asked_when_its_hour_comes(enclosed, post_letter, monkeypatch):
    post_letter("Another one.")
    letters.letters_arrive()
    enclosed("", said={})
    look()
    assert asked().count() == 0

    monkeypatch.setattr(asking.sparing, "may_mail", lambda _address: True)
    asking_answers.ask_due(timezone.now())
    assert asked().count() == 1


def test_a_letter_is_looked_into_once(enclosed, monkeypatch):
    opened, before = [], questionnaires.opened
    monkeypatch.setattr(questionnaires, "opened", lambda *a: opened.append(a) or before(*a))

    enclosed("See our form.")
    assert len(opened) == 1
