"""Adding a missing language to what was announced: the topic, or one question."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.accounts.models import User
from consulta.consultations import options, queries, texts
from consulta.consultations.models import Consultation, ConsultationText, TextStatus
from consulta.core.multilingual import missing as lacking
from consulta.web.desk.forms import TRANSLATIONS, words
from consulta.web.desk.plan import offered
from consulta.web.ui.templatetags.ui import language_name

TOPIC = 0
#: Added to a question's number where its options are meant.
OPTIONS = 10_000
Gap = tuple[int, str]  # number of the question (TOPIC: the topic; + OPTIONS) and language


class Missing(forms.Form):
    """A text in a language in which it is missing, with what it is worth."""

    what = forms.ChoiceField(label=gettext_lazy("Missing text"))
    status = forms.ChoiceField(label=gettext_lazy("What it is worth"), choices=TRANSLATIONS)
    text = words(gettext_lazy("Text"), rows=5)

    def __init__(self, *args: Any, offered: Sequence[Gap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(f"{number}-{code}", _named(number, code)) for number, code in offered]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]


def missing(consultation: Consultation) -> list[Gap]:
    """Every text that is not written yet in a language of the consultation."""
    languages = consultation.languages
    found = [(TOPIC, code) for code in lacking(queries.topics(consultation), languages)]
    for question in queries.questions(consultation):
        gaps = lacking(queries.question_texts(question), languages)
        found += [(question.position, code) for code in gaps]
        if named := options.offered(question):
            gaps = lacking(options.by_language(named[0]), languages)
            found += [(OPTIONS + question.position, code) for code in gaps]
    return found


def add(consultation: Consultation, form: Missing, *, by: User) -> None:
    """Add what a valid *form* says. Raises WrittenAlreadyError, ValidationError."""
    number, _dash, language = form.cleaned_data["what"].partition("-")
    text, status = form.cleaned_data["text"], TextStatus(form.cleaned_data["status"])
    if int(number) == TOPIC:
        topic = ConsultationText(language=language, topic=text.strip(), status=status)
        texts.add_topic_language(consultation, topic, by=by)
        return
    place = int(number) % OPTIONS
    question = next(q for q in queries.questions(consultation) if q.position == place)
    if int(number) > OPTIONS:
        lines = offered.lines({language: text}).get(language, [])
        options.add_language(question, language, lines, status=status, by=by)
        return
    texts.add_question_language(question, language, text, status=status, by=by)


def _named(number: int, code: str) -> str:
    words = {"number": number, "language": language_name(code)}
    if number == TOPIC:
        return _("Topic, %(language)s") % words
    if number > OPTIONS:
        words["number"] = number - OPTIONS
        return _("Options of question %(number)s, one a line, %(language)s") % words
    return _("Question %(number)s, %(language)s") % words
