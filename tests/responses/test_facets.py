"""What is counted as it is shown: questions that were answered."""

import pytest

from consulta.core.submission import Sender, SubmittedAnswer
from consulta.flow import journey
from consulta.responses import facets, publication, queries, reading, withdrawal
from consulta.responses.models import Response


@pytest.fixture
def publish(submission, officer):
    def _publish(*answers: SubmittedAnswer) -> Response:
        sender = Sender("known@example.org", authenticated=True)
        given = journey.submission_arrives(submission(answers=answers, sender=sender))
        response = Response.objects.get(number=given.number)
        publication.publish(response, by=officer)
        return response

    return _publish


def answered(consultation) -> set[int | None]:
    return {question for question in (None, 1, 2) if facets.is_answered(consultation, question)}


def test_a_question_is_answered_while_a_published_response_answers_it(publish, consultation):
    assert answered(consultation) == set()
    response = publish(SubmittedAnswer(1, "Yes."), SubmittedAnswer(None, "In all."))
    assert answered(consultation) == {1, None}
    assert reading.has_general_answers(consultation)
    withdrawal.withdraw(response)
    assert answered(consultation) == set()


def test_a_new_version_that_answers_another_question_is_counted_there(
    publish, submission, consultation, officer
):
    response = publish(SubmittedAnswer(1, "Yes."))
    changed = submission(answers=(SubmittedAnswer(2, "No."),))
    version = journey.version_arrives(response, changed)
    version.refresh_from_db()
    publication.publish_version(version, by=officer)
    assert answered(consultation) == {2}
    assert [a.text for a in queries.answers_to(consultation, 2).items] == ["No."]


def test_filters_know_nothing_of_questions(publish, consultation):
    publish(SubmittedAnswer(1, "Yes."))
    assert set(facets.of(consultation)) == {"group", "country", "language"}
