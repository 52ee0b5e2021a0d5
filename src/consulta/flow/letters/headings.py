"""How the questions of a consultation are headed, in every language in which they may come back."""

from django.utils import translation
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core.languages import LANGUAGES, django_code
from consulta.mailroom.answersheet import Heading


def of(consultation: Consultation) -> dict[int, Heading]:
    """By number: "Question 1" as pages, letters and documents write it, and what is asked."""
    return {
        question.position: Heading(
            labels=_labels(question.position),
            texts=tuple(consultations.question_texts(question).values()),
        )
        for question in consultations.questions(consultation)
    }


def _labels(number: int) -> tuple[str, ...]:
    found = []
    for language in LANGUAGES:
        with translation.override(django_code(language)):
            found.append(_("Question %(number)s") % {"number": number})
            found.append(_("Question %(question)s") % {"question": number})
    return tuple(dict.fromkeys(found))
