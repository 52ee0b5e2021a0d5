"""Choosing: what the questions offer beside the free text, and whether what was chosen is on offer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consulta.consultations import options as offering
from consulta.consultations.models import Consultation, Question
from consulta.core import options
from consulta.core.options import OneOptionError, UnknownOptionError
from consulta.core.submission import SubmittedAnswer
from consulta.responses.models import Version

__all__ = ["Offered", "OneOptionError", "UnknownOptionError", "checked", "offers", "read"]


@dataclass(frozen=True, slots=True)
class Offered:
    """What one question offers: the *slugs* in their order, every folded *names* of them to the slug,
    and whether *several* may be chosen."""

    slugs: tuple[str, ...]
    names: Mapping[str, str]
    several: bool


def offers(consultation: Consultation) -> dict[int | None, Offered]:
    """What the questions of *consultation* offer, by their numbers; those with options alone."""
    return of(_asked(consultation))


def of(questions: Iterable[Question]) -> dict[int | None, Offered]:
    """What *questions*, loaded with their options, offer, by their numbers."""
    return {
        question.position: Offered(
            tuple(offering.slugs(question)), offering.names(question), question.several
        )
        for question in questions
        if offering.offered(question)
    }


def told(version: Version) -> list[dict[str, object]]:
    """The answers of *version* with the options chosen in words, for a letter to its respondent."""
    response = version.response
    asked = {q.position: q for q in _asked(response.consultation)}
    language = response.respondent.language
    return [
        {
            "question": answer.question,
            "text": answer.text,
            "chosen": [
                option.text
                for option in offering.chosen(
                    asked.get(answer.question or 0), answer.choices, language
                )
            ],
        }
        for answer in version.answers.all()
    ]


def checked(given: SubmittedAnswer, offers: Mapping[int | None, Offered]) -> list[str] | None:
    """The choices of an answer as they are kept; None where its question offers none.

    Raises UnknownOptionError, OneOptionError.
    """
    offered = offers.get(given.question)
    if offered is None:
        if given.choices:
            raise UnknownOptionError(given.choices[0])
        return None
    return list(options.chosen(given.choices, offered.slugs, several=offered.several))


def read(given: SubmittedAnswer, offers: Mapping[int | None, Offered]) -> SubmittedAnswer:
    """*given* from a letter, with the options that stand word for word on its first lines chosen.

    The words stay as they came. Choices made elsewhere in the letter, e.g. in a form, stand.
    """
    offered = offers.get(given.question)
    if offered is None or given.choices:
        return given
    found = options.first_lines(given.text, offered.names, several=offered.several)
    return SubmittedAnswer(given.question, given.text, found)


def _asked(consultation: Consultation) -> Iterable[Question]:
    return consultation.questions.prefetch_related("options__texts")
