"""Choosing: what is chosen is kept with the answer, in its fingerprint, and read from letters."""

from dataclasses import replace
from hashlib import sha256

import pytest
import rfc8785

from consulta.core.options import OneOptionError, UnknownOptionError
from consulta.core.submission import Sender, SubmittedAnswer
from consulta.flow import journey
from consulta.mailroom.models import OutgoingMail
from consulta.responses import balance, choosing, content, drafts, publication, revision
from consulta.responses.models import Response
from tests.offers import offer


@pytest.fixture
def arrive(submission):
    def _arrive(*answers: SubmittedAnswer) -> Response:
        given = journey.submission_arrives(submission(answers=answers))
        return Response.objects.get(number=given.number)

    return _arrive


def said(response: Response) -> list[tuple[int | None, str, list[str] | None]]:
    rows = response.versions.latest("ordinal").answers.order_by("question")
    return [(a.question, a.text, a.choices) for a in rows]


def test_what_was_chosen_is_kept_beside_the_text_in_the_order_of_the_options(consultation, arrive):
    offer(consultation, 1, several=True)

    response = arrive(
        SubmittedAnswer(1, "Both.", ("oppose", "support")), SubmittedAnswer(2, "Plain.")
    )

    assert said(response) == [(1, "Both.", ["support", "oppose"]), (2, "Plain.", None)]


def test_an_answer_may_be_a_choice_alone(consultation, arrive):
    offer(consultation)

    response = arrive(SubmittedAnswer(1, "", ("oppose",)), SubmittedAnswer(2, " "))

    assert said(response) == [(1, "", ["oppose"])]
    assert response.state == "received"


def test_words_alone_to_a_question_with_options_choose_none(consultation, arrive):
    offer(consultation)

    assert said(arrive(SubmittedAnswer(1, "We oppose this."))) == [(1, "We oppose this.", [])]


@pytest.mark.parametrize(
    ("choices", "error"),
    [(("maybe",), UnknownOptionError), (("support", "oppose"), OneOptionError)],
)
def test_what_is_not_offered_is_never_registered(consultation, arrive, choices, error):
    offer(consultation)

    with pytest.raises(error):
        arrive(SubmittedAnswer(1, "Yes.", choices))

    assert balance.of(consultation).received == 0


def test_a_question_without_options_takes_no_choice(consultation, arrive):
    with pytest.raises(UnknownOptionError):
        arrive(SubmittedAnswer(1, "Yes.", ("support",)))


def test_the_fingerprint_names_choices_only_where_a_question_offers_options(consultation, arrive):
    offer(consultation)
    response = arrive(SubmittedAnswer(1, "Yes.", ("support",)), SubmittedAnswer(2, "Plain."))
    version = response.versions.get()

    told = content.private(version)

    assert told["answers"] == [
        {"question": 1, "text": "Yes.", "choices": ["support"]},
        {"question": 2, "text": "Plain."},
    ]
    salt = bytes.fromhex(version.private_salt)
    assert version.private_fingerprint == sha256(salt + rfc8785.dumps(told)).hexdigest()


def test_a_new_version_carries_its_own_choices_and_the_draft_those_of_the_last(
    consultation, submission, arrive
):
    offer(consultation)
    response = arrive(SubmittedAnswer(1, "Yes.", ("support",)))
    made = submission(answers=(SubmittedAnswer(1, "No.", ("oppose",)),))

    revision.revise(response, made)

    versions = [v.answers.get().choices for v in response.versions.order_by("ordinal")]
    assert versions == [["support"], ["oppose"]]
    opened = drafts.reopen(response, now=made.arrived_at)
    assert opened.draft.content["choices"] == {"1": ["oppose"]}


def test_redaction_leaves_the_choice(consultation, arrive, officer):
    offer(consultation)
    response = arrive(SubmittedAnswer(1, "", ("support",)))
    response.state = "accepted"
    response.save()
    response.versions.update(screening="accepted")

    publication.publish(response, by=officer)

    version = Response.objects.get(pk=response.pk).published_version
    assert content.public(version)["answers"] == [
        {"question": 1, "text": "", "choices": ["support"]}
    ]


def test_the_first_line_of_an_answer_by_letter_chooses_and_stays_in_the_text(consultation):
    offer(consultation)
    offers = choosing.offers(consultation)
    letter = SubmittedAnswer(1, "أعارض\nلأن التكلفة عالية.")

    assert choosing.read(letter, offers) == replace(letter, choices=("oppose",))
    assert choosing.read(SubmittedAnswer(2, "Oppose"), offers).choices == ()


def test_the_mailed_copy_names_what_was_chosen_in_the_words_of_its_reader(consultation, submission):
    offer(consultation, several=True)
    sender = Sender("someone@example.org", authenticated=True)
    chosen = (SubmittedAnswer(1, "لا.", ("oppose", "support")),)

    journey.submission_arrives(submission(answers=chosen, sender=sender, language="ar"))

    written = OutgoingMail.objects.latest("pk").masked_text
    assert ": أؤيد · أعارض\n" in written
    assert "Text(" not in written
