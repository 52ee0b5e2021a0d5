"""Options of a question on pages: what is offered, and what was chosen, in words of the reader."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from consulta.consultations import options
from consulta.consultations.models import Question
from consulta.core.multilingual import Text
from consulta.web.ui import languages
from consulta.web.ui.templatetags.ui import phrase

Choices = list[tuple[str, str]]


def offered(question: Question | None) -> list[Text]:
    """What *question* offers, in its order; nothing where it offers nothing."""
    reader = languages.current()
    rows = options.offered(question) if question else []
    return [options.text(option, reader) for option in rows]


def choices(question: Question) -> Choices:
    """What *question* offers, for a field of a form: slugs, and words marked with their language."""
    reader = languages.current()
    texts = [(each.slug, options.text(each, reader)) for each in options.offered(question)]
    return [(slug, phrase(text.text, text.language)) for slug, text in texts]


def chosen(question: Question | None, slugs: Iterable[str] | None) -> list[Text]:
    """The words of the options under *slugs*, in their order; a slug that is gone stands for itself."""
    return options.chosen(question, slugs, languages.current())


def how_many(question: Question) -> str:
    """Say how many of the options may be chosen."""
    if question.several:
        return _("You may choose several, and write as much as you like below.")
    return _("You may choose one, and write as much as you like below.")
